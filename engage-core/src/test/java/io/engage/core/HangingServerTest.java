package io.engage.core;

import static io.engage.testkit.ScriptedServer.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.writing.Draft;
import io.engage.testkit.ManualClock;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One sending server that hangs beside one that does not. */
@Tag("G-30")
@Tag("WK-9")
class HangingServerTest {
  private static final AccountId REPAIRS = AccountId.of("repairs-mail");
  private static final AccountId SALES = AccountId.of("sales-mail");

  private final ManualClock clock = ManualClock.at(Shop.MORNING);
  private final InMemoryStorage storage = InMemoryStorage.create();

  @Test
  void a_server_that_is_silent_after_the_last_dot_holds_up_no_other_account() {
    Script silent = taking(script().say("354 go on").body().silence());
    try (ScriptedServer repairs = ScriptedServer.start(silent);
        ScriptedServer sales = ScriptedServer.start(taking(taken()));
        Engage engage = engage(repairs, sales, Duration.ofMillis(300))) {
      Message hanging = written(engage, "workshop");
      Message waiting = written(engage, "workshop");
      Message healthy = written(engage, "shop");

      engage.outbox().workOff();
      Delivery meanwhile = delivery(waiting);
      clock.advance(Duration.ofDays(10));
      engage.outbox().workOff();

      assertThat(delivery(healthy)).isEqualTo(Delivery.SENT);
      assertThat(delivery(hanging)).isEqualTo(Delivery.IN_DOUBT);
      assertThat(meanwhile).isEqualTo(Delivery.QUEUED);
      assertThat(repairs.bodies()).hasSize(2);
      assertThat(sales.bodies()).hasSize(1);
      assertThat(repairs.problems()).isEmpty();
    }
  }

  @Test
  void the_other_account_does_not_wait_for_the_answer() {
    CountDownLatch gate = new CountDownLatch(1);
    Script late = taking(script().say("354 go on").body().waitFor(gate).say("250 2.0.0 taken"));
    Script opening = taking(script().say("354 go on").body().open(gate).say("250 2.0.0 taken"));
    try (ScriptedServer repairs = ScriptedServer.start(late);
        ScriptedServer sales = ScriptedServer.start(opening);
        Engage engage = engage(repairs, sales, Duration.ofSeconds(30))) {
      Message first = written(engage, "workshop");
      Message second = written(engage, "shop");

      engage.outbox().workOff();

      assertThat(delivery(second)).isEqualTo(Delivery.SENT);
      assertThat(delivery(first)).isEqualTo(Delivery.SENT);
    }
  }

  private static Script taken() {
    return script().say("354 go on").body().say("250 2.0.0 taken");
  }

  private static Script taking(Script data) {
    return script()
        .say("220 mail.shop.example")
        .whenever("EHLO .*", "250-mail.shop.example", "250 SIZE 1000000")
        .whenever("MAIL .*|RCPT .*|RSET", "250 2.1.0 fine")
        .whenever("DATA", data)
        .whenever("QUIT", script().say("221 bye").drop())
        .obey();
  }

  private Engage engage(ScriptedServer repairs, ScriptedServer sales, Duration finalAnswer) {
    return Engage.builder()
        .storage(storage)
        .blobs(InMemoryBlobStore.create())
        .mail(
            ImapMail.builder(
                    InMemoryCredentials.create()
                        .with(REPAIRS, Credential.password("watch"))
                        .with(SALES, Credential.password("watch")))
                .finalAnswerTimeout(finalAnswer)
                .build())
        .customers(InMemoryCustomerDirectory.create())
        .signingKeys(Shop.KEY)
        .account(account(REPAIRS, repairs))
        .account(account(SALES, sales))
        .inbox(Inbox.of("workshop", "Workshop", "repairs@shop.example", REPAIRS))
        .inbox(Inbox.of("shop", "Bike shop", "hello@shop.example", SALES))
        .clock(clock)
        .build();
  }

  private static MailAccount account(AccountId id, ScriptedServer server) {
    return MailAccount.of(id.value(), "shop", null, ServerEndpoint.loopback(server.port()));
  }

  private Message written(Engage engage, String inbox) {
    WritingDesk writing = engage.deskOf(Shop.CLARA).writing();
    Draft draft = writing.begin(InboxId.of(inbox)).findValue().orElseThrow();
    Message sent =
        writing
            .send(
                draft.withContent(
                    draft.content().to(Shop.ANA).withSubject("Your bike").withText("It is ready."),
                    draft.changedAt()))
            .findValue()
            .orElseThrow();
    clock.advance(Duration.ofMinutes(1));
    return sent;
  }

  private Delivery delivery(Message message) {
    return storage.inboxes().messages(List.of(message.id())).get(0).state().delivery();
  }
}
