package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.writing.Draft;
import io.engage.spi.PortFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process dies at each step that changes something; another one goes on. */
class CrashTest {
  private static final int MAILS = 1_300;

  @ParameterizedTest
  @Tag("G-8")
  @Tag("G-10")
  @CsvSource({"1,false", "1,true", "2,false", "2,true", "3,false", "3,true"})
  void an_import_that_dies_at_any_commit_loses_nothing_and_doubles_nothing(
      int deadlyStep, boolean afterwards) {
    try (Street street = new Street()) {
      IntStream.range(0, MAILS)
          .forEach(i -> street.arrives(fromAna(i + "@customer.example", "No. " + i)));
      CrashingStorage dying = new CrashingStorage(street.storage, deadlyStep, afterwards);
      try (Engage doomed = street.engageOn(dying, street.mail)) {
        assertThatThrownBy(() -> doomed.mail().sync(Shop.ACCOUNT))
            .isInstanceOf(CrashingStorage.Killed.class);
      }
      street.clock.advance(Duration.ofMinutes(11));

      street.sync();

      assertThat(dying.hasDied()).isTrue();
      assertThat(street.open()).hasSize(1000);
      List<LedgerEntry> ledger =
          street
              .storage
              .ledger()
              .entriesAfter(Shop.INBOX_FOLDER, uidValidity(street), 0, MAILS + 1);
      assertThat(ledger)
          .hasSize(MAILS)
          .allSatisfy(each -> assertThat(each.state()).isEqualTo(LedgerEntry.State.IMPORTED));
      assertThat(ledger.stream().flatMap(each -> each.messages().stream()))
          .hasSize(MAILS)
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @Tag("G-8")
  @ValueSource(longs = {1, 2, 3, 4})
  void two_readers_that_are_killed_at_random_import_each_of_1000_mails_once(long seed)
      throws Exception {
    Random random = new Random(seed);
    int deaths = 0;
    try (Street street = new Street()) {
      IntStream.range(0, 1_000)
          .forEach(i -> street.arrives(fromAna(i + "@customer.example", "No. " + i)));

      while (deaths < 8) {
        deaths += twoReaders(street, random);
        street.clock.advance(MailDesk.LEASE.plusSeconds(1));
        street.arrives(fromAna(street.mailsOnServer() + "@customer.example", "And one more"));
      }
      twoReaders(street, null);

      int mails = street.mailsOnServer();
      List<LedgerEntry> ledger =
          street
              .storage
              .ledger()
              .entriesAfter(Shop.INBOX_FOLDER, uidValidity(street), 0, mails + 1);
      assertThat(ledger)
          .hasSize(mails)
          .allSatisfy(each -> assertThat(each.state()).isEqualTo(LedgerEntry.State.IMPORTED));
      assertThat(ledger.stream().flatMap(each -> each.messages().stream()))
          .hasSize(mails)
          .doesNotHaveDuplicates();
      assertThat(received(street)).isEqualTo(mails);
    }
  }

  /**
   * Two nodes begin at the same moment, both past the lease of the other, so that they do read at
   * once, and each is killed at one of its next steps.
   *
   * @param random null when nobody is killed any more
   * @return how many were
   */
  private static int twoReaders(Street street, @Nullable Random random) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    List<CrashingStorage> nodes = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int deadlyStep = random == null ? Integer.MAX_VALUE : 1 + random.nextInt(4);
      CrashingStorage node = new CrashingStorage(street.storage, deadlyStep, deadlyStep % 2 == 0);
      nodes.add(node);
      threads.add(new Thread(() -> read(street, node, barrier)));
    }
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }
    return (int) nodes.stream().filter(CrashingStorage::hasDied).count();
  }

  private static void read(Street street, CrashingStorage node, CyclicBarrier barrier) {
    try (Engage engage = street.engageOn(node, street.mail)) {
      barrier.await();
      for (int round = 0; round < 3; round++) {
        street.clock.advance(MailDesk.LEASE.plusSeconds(1));
        engage.mail().sync(Shop.ACCOUNT);
      }
    } catch (CrashingStorage.Killed killed) {
      assertThat(node.hasDied()).isTrue();
    } catch (PortFailure theOtherReadsNow) {
      assertThat(theOtherReadsNow).hasMessageContaining("is read by somebody else now");
    } catch (InterruptedException | BrokenBarrierException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static long received(Street street) {
    return street.storage.audit().newest(10_000).stream()
        .filter(entry -> entry.fact() instanceof AuditFact.Received)
        .count();
  }

  @ParameterizedTest
  @Tag("G-30")
  @CsvSource({
    "1,false,SENT",
    "1,true,SENT",
    "2,false,SENT",
    "2,true,IN_DOUBT",
    "3,false,IN_DOUBT",
    "3,true,SENT"
  })
  void a_sender_that_dies_at_any_step_never_sends_twice_and_says_what_is_in_doubt(
      int deadlyStep, boolean afterwards, Delivery expected) {
    try (Street street = new Street()) {
      street.arrives(fromAna("1@customer.example", "Is it ready?"));
      street.sync();
      Conversation bike = street.onlyConversation();
      Message answer =
          street
              .clara
              .reply(street.lastMessage(bike).id(), Reply.of("On Friday."))
              .findValue()
              .orElseThrow();
      CrashingStorage dying = new CrashingStorage(street.storage, deadlyStep, afterwards);
      Executor oneAfterTheOther = Runnable::run;
      try (Engage doomed = street.engageOn(dying, street.mail, oneAfterTheOther)) {
        assertThatThrownBy(() -> doomed.outbox().workOff())
            .isInstanceOf(CrashingStorage.Killed.class);
      }

      for (int i = 0; i < 3; i++) {
        street.clock.advance(Duration.ofMinutes(21));
        street.engage.outbox().workOff();
      }

      assertThat(dying.hasDied()).isTrue();
      assertThat(street.mail.sent()).hasSizeLessThanOrEqualTo(1);
      Message after = street.storage.inboxes().messages(List.of(answer.id())).get(0);
      assertThat(after.state().delivery()).isEqualTo(expected);
      assertThat(street.storage.outbox().unsettled(10)).isEmpty();
    }
  }

  /**
   * Steps of the agent's process: the draft is begun (1), saved (2), sent (3), put back (4) and
   * withdrawn (5).
   */
  @ParameterizedTest
  @Tag("G-30")
  @Tag("WK-9")
  @CsvSource({
    "1,false", "1,true", "2,false", "2,true", "3,false", "3,true", "4,false", "4,true", "5,false",
    "5,true"
  })
  void an_agent_whose_process_dies_at_any_step_loses_no_words_and_sends_nothing_twice(
      int deadlyStep, boolean afterwards) {
    try (Street street = new Street()) {
      street.arrives(fromAna("1@customer.example", "Is it ready?"));
      street.sync();
      Message question = street.lastMessage(street.onlyConversation());
      CrashingStorage dying = new CrashingStorage(street.storage, deadlyStep, afterwards);
      try (Engage doomed = street.engageOn(dying, street.mail)) {
        WritingDesk desk = doomed.deskOf(Shop.CLARA).writing();
        assertThatThrownBy(() -> writeAndTakeBack(desk, question))
            .isInstanceOf(CrashingStorage.Killed.class);
      }

      finish(street, question);
      street.clock.advance(Duration.ofMinutes(1));
      street.engage.outbox().workOff();

      assertThat(dying.hasDied()).isTrue();
      assertThat(street.mail.sent()).hasSize(1);
      assertThat(street.messages(street.onlyConversation())).hasSize(2);
      assertThat(street.onlyConversation().messages()).isEqualTo(2);
      assertThat(street.clara.writing().drafts(10)).isEmpty();
      assertThat(street.storage.outbox().unsettled(10)).isEmpty();
    }
  }

  /** The same steps for what opens a conversation: it is begun (1) … and withdrawn (5). */
  @ParameterizedTest
  @Tag("G-30")
  @Tag("WK-9")
  @CsvSource({
    "begin,1,false", "begin,1,true", "begin,2,false", "begin,2,true", "begin,3,false",
    "begin,3,true", "begin,4,false", "begin,4,true", "begin,5,false", "begin,5,true",
    "forward,1,false", "forward,1,true", "forward,2,false", "forward,2,true", "forward,3,false",
    "forward,3,true", "forward,4,false", "forward,4,true", "forward,5,false", "forward,5,true"
  })
  void what_opens_a_conversation_is_sent_once_at_whichever_step_its_process_dies(
      String what, int deadlyStep, boolean afterwards) {
    try (Street street = new Street()) {
      street.arrives(fromAna("1@customer.example", "Is it ready?"));
      street.sync();
      Message question = street.lastMessage(street.onlyConversation());
      CrashingStorage dying = new CrashingStorage(street.storage, deadlyStep, afterwards);
      try (Engage doomed = street.engageOn(dying, street.mail)) {
        WritingDesk desk = doomed.deskOf(Shop.CLARA).writing();
        assertThatThrownBy(() -> openAndTakeBack(desk, what, question))
            .isInstanceOf(CrashingStorage.Killed.class);
      }

      finish(street, what, question);
      street.clock.advance(Duration.ofMinutes(1));
      street.engage.outbox().workOff();

      assertThat(dying.hasDied()).isTrue();
      assertThat(street.mail.sent()).hasSize(1);
      assertThat(street.clara.writing().drafts(10)).isEmpty();
      assertThat(street.storage.outbox().unsettled(10)).isEmpty();
    }
  }

  private static void openAndTakeBack(WritingDesk desk, String what, Message question) {
    Message sent = desk.send(opening(desk, what, question)).findValue().orElseThrow();
    desk.undo(sent.id());
  }

  private static Draft opening(WritingDesk desk, String what, Message question) {
    Outcome<Draft> begun =
        what.equals("begin") ? desk.begin(question.inbox()) : desk.forward(question.id());
    Draft draft = begun.findValue().orElseThrow();
    return desk.save(draft.withContent(draft.content().to(Shop.BEN), draft.changedAt()))
        .findValue()
        .orElseThrow();
  }

  private static void finish(Street street, String what, Message question) {
    WritingDesk desk = street.clara.writing();
    for (Draft left : desk.drafts(10)) {
      if (!desk.send(left).isDone()) {
        desk.discard(left.id());
      }
    }
    if (street.storage.outbox().unsettled(10).isEmpty()) {
      desk.send(opening(desk, what, question));
    }
  }

  @ParameterizedTest
  @Tag("G-30")
  @Tag("WK-9")
  @ValueSource(strings = {"begin", "forward"})
  void a_draft_put_back_by_a_process_that_died_goes_when_its_mail_goes(String what) {
    try (Street street = new Street()) {
      street.arrives(fromAna("1@customer.example", "Is it ready?"));
      street.sync();
      Message question = street.lastMessage(street.onlyConversation());
      try (Engage doomed =
          street.engageOn(new CrashingStorage(street.storage, 5, false), street.mail)) {
        WritingDesk desk = doomed.deskOf(Shop.CLARA).writing();
        assertThatThrownBy(() -> openAndTakeBack(desk, what, question))
            .isInstanceOf(CrashingStorage.Killed.class);
      }
      assertThat(street.clara.writing().drafts(10)).hasSize(1);

      street.clock.advance(Duration.ofMinutes(1));
      street.engage.outbox().workOff();

      assertThat(street.mail.sent()).hasSize(1);
      assertThat(street.clara.writing().drafts(10)).isEmpty();
    }
  }

  private static void writeAndTakeBack(WritingDesk desk, Message question) {
    Draft draft = desk.reply(question.id()).findValue().orElseThrow();
    Draft saved =
        desk.save(draft.withContent(draft.content().withText("On Friday."), draft.changedAt()))
            .findValue()
            .orElseThrow();
    Message sent = desk.send(saved).findValue().orElseThrow();
    desk.undo(sent.id());
  }

  /** What the agent does when they are back: send the draft that is there, unless it was sent. */
  private static void finish(Street street, Message question) {
    WritingDesk desk = street.clara.writing();
    for (Draft left : desk.drafts(10)) {
      if (desk.send(left) instanceof Outcome.Unconfirmed) {
        desk.discard(left.id());
      }
    }
    if (street.onlyConversation().messages() == 1) {
      desk.send(desk.reply(question.id()).findValue().orElseThrow());
    }
  }

  private static long uidValidity(Street street) {
    return street.storage.ledger().cursor(Shop.INBOX_FOLDER).orElseThrow().uidValidity();
  }
}
