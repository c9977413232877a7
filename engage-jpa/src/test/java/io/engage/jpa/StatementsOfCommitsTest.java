package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import io.engage.spi.InboxStore;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleMail;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a commit costs in round trips, whatever is in it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("G-8")
class StatementsOfCommitsTest {
  private static final FolderCursor START =
      FolderCursor.start(Sample.SHOP_FOLDER, Sample.UID_VALIDITY);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void two_hundred_mails_are_stored_with_as_many_statements_as_one(Dialect dialect) {
    CountingDatabase database = new CountingDatabase(Databases.of(dialect));
    InboxStore store = JpaStorage.over(database.connections()).build().inboxes();
    store.commit(mails(0, 1).cursor(new CursorMove(null, START.at(0))).build());

    List<String> one =
        database.during(
            () -> store.commit(mails(1, 1).cursor(new CursorMove(START, START.at(1))).build()));
    List<String> many =
        database.during(
            () ->
                store.commit(
                    mails(2, 200).cursor(new CursorMove(START.at(1), START.at(201))).build()));

    assertThat(many).isEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void two_hundred_mails_are_changed_with_as_many_statements_as_one(Dialect dialect) {
    CountingDatabase database = new CountingDatabase(Databases.of(dialect));
    InboxStore store = JpaStorage.over(database.connections()).build().inboxes();
    store.commit(mails(0, 201).build());

    List<String> one = database.during(() -> store.commit(opened(store, 0, 1)));
    List<String> many = database.during(() -> store.commit(opened(store, 1, 200)));

    assertThat(many).isEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whatever_is_looked_for_takes_one_statement(Dialect dialect) {
    CountingDatabase database = new CountingDatabase(Databases.of(dialect));
    Storage storage = JpaStorage.over(database.connections()).build();
    InboxStore store = storage.inboxes();
    store.commit(mails(0, 200).build());
    List<Message> mails = store.messages(all(200, i -> MessageId.of("m" + i)));

    assertThat(database.during(() -> store.conversations(conversations(mails)))).hasSize(1);
    assertThat(database.during(() -> store.messages(each(mails, Message::id)))).hasSize(1);
    assertThat(database.during(() -> store.withSource(each(mails, it -> it.source().digest()))))
        .hasSize(1);
    assertThat(
            database.during(() -> store.withMessageId(each(mails, it -> it.headers().messageId()))))
        .hasSize(1);
    assertThat(database.during(store::inboxes)).hasSize(1);
    assertThat(
            database.during(() -> storage.search().messagesIn(each(mails, Message::conversation))))
        .hasSize(1);
    assertThat(
            database.during(
                () -> storage.search().naming(each(mails, it -> it.headers().messageId()))))
        .hasSize(1);
    assertThat(database.during(() -> storage.queues().loads(all(200, i -> AgentId.of("a" + i)))))
        .hasSize(1);
    assertThat(database.during(() -> storage.queues().at(0, all(200, i -> InboxId.of("i" + i)))))
        .hasSize(1);
    assertThat(
            database.during(() -> storage.queues().standings(all(200, i -> InboxId.of("i" + i)))))
        .hasSize(1);
    assertThat(database.during(() -> storage.ledger().entries(all(200, i -> Sample.uid(i + 1)))))
        .hasSize(1);
    assertThat(database.during(() -> storage.documents().find(all(200, i -> note(i).key()))))
        .hasSize(1);
  }

  /** New mails of new conversations, with all that a sync and its rules may add. */
  private static InboxChange.Builder mails(int from, int count) {
    List<Integer> numbers = IntStream.range(from, from + count).boxed().toList();
    return InboxChange.builder()
        .conversations(each(numbers, i -> Sample.conversation("c" + i)))
        .messages(each(numbers, StatementsOfCommitsTest::mail))
        .ledger(each(numbers, StatementsOfCommitsTest::imported))
        .outbox(each(numbers, StatementsOfCommitsTest::seen))
        .documents(each(numbers, StatementsOfCommitsTest::note))
        .audit(each(numbers, StatementsOfCommitsTest::entry));
  }

  private static InboxChange opened(InboxStore store, int from, int count) {
    List<Message> mails = store.messages(all(count, i -> MessageId.of("m" + (from + i))));
    List<Conversation> conversations = store.conversations(conversations(mails));
    return InboxChange.builder()
        .messages(each(mails, it -> it.withState(it.state().withRead(true))))
        .conversations(each(conversations, it -> it.withCounts(it.messages(), 0)))
        .audit(List.of(entry(1000 + from)))
        .build();
  }

  private static List<ConversationId> conversations(List<Message> mails) {
    return each(mails, Message::conversation);
  }

  private static Message mail(int i) {
    return SampleMail.of("m" + i).in("c" + i).following("before" + i + "@shop.example").make();
  }

  private static LedgerEntry imported(int i) {
    return Sample.imported(i + 1, "m" + i);
  }

  private static OutboxEntry seen(int i) {
    return Sample.markSeen("seen" + i, Sample.MONDAY);
  }

  private static Document note(int i) {
    return new Note(
        NoteId.of("n" + i),
        ConversationId.of("c" + i),
        Sample.clara(),
        "Call her back",
        Sample.MONDAY,
        0);
  }

  private static AuditEntry entry(int i) {
    return Sample.entry(
        "entry" + i,
        AuditSubject.of(Sample.workshop().id(), ConversationId.of("c" + i)),
        new AuditFact.Completed());
  }

  private static <T, R> List<R> each(List<T> some, Function<T, R> one) {
    return some.stream().map(one).toList();
  }

  private static <T> List<T> all(int count, IntFunction<T> one) {
    return IntStream.range(0, count).mapToObj(one).toList();
  }
}
