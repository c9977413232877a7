package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.DocumentKey;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done all day goes by an index, however much there is behind it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
class PlansOfWorkTest {
  private static final Instant NOON = Sample.MONDAY;
  private static final ConversationId STRAP = ConversationId.of("strap");
  private static final Draft DRAFT =
      new Draft(
          DraftId.of("d0"),
          Draft.Kind.REPLY,
          Sample.workshop().id(),
          STRAP,
          null,
          Sample.clara().id(),
          Composition.empty(),
          NOON,
          0);

  /** Of what may be walked there is one here, or next to nothing. */
  private static final Pattern WALK =
      Pattern.compile("Seq Scan on engage_(?!inbox|message|audit_head|audit_unsealed)");

  private static final DataSource DATABASE = Databases.postgresql();

  @BeforeAll
  static void open_a_shop_that_has_been_open_for_long() {
    Storage storage = JpaStorage.over(DATABASE).build();
    storage
        .inboxes()
        .commit(
            change("e0")
                .conversations(List.of(Sample.conversation("strap")))
                .messages(List.of(Sample.mail("m0", "strap")))
                .ledger(List.of(Sample.imported(1, "m0"), Sample.quarantined(Sample.uid(2))))
                .cursor(
                    new CursorMove(
                        null, FolderCursor.start(Sample.SHOP_FOLDER, Sample.UID_VALIDITY)))
                .outbox(List.of(Sample.markSeen("o0", NOON), Sample.markSeen("o1", NOON)))
                .document(note("n0"))
                .build());
    storage.drafts().save(DRAFT);
    storage.attendance().attend(STRAP, new Attendee(Sample.clara(), true, NOON));
    storage.heartbeats().beat(Sample.clara().id(), NOON);
    storage.paces().swap("campaign/0", null, new byte[] {1});
    storage.audit().findLast();
    Stream.of(MANY_MORE.split(";")).forEach(sql -> Rows.execute(DATABASE, sql));
  }

  private static final String MANY_MORE =
      """
      insert into engage_ledger
      select account, folder, uid_validity, uid + g, state, waiting, form, body
      from engage_ledger, generate_series(2, 40000) g where uid = 1;
      insert into engage_ledger_place
      select 'm' || g, account, folder, uid_validity, uid + g
      from engage_ledger_place, generate_series(2, 40000) g;
      insert into engage_cursor
      select account, folder || g, uid_validity, last_uid, compared_mod_seq, compared_messages
      from engage_cursor, generate_series(1, 20000) g;
      insert into engage_outbox (id, account, message, not_before, token, held, attempting, leased,
        lease_until, form, body)
      select id || '-' || g, account || g, 'm' || g, not_before + 1 + 1000000::bigint * g, 7, g % 2 = 0,
        false, g % 2 = 0, case when g % 2 = 0 then 9000000000000000000 else lease_until end,
        form, body
      from engage_outbox, generate_series(1, 20000) g;
      insert into engage_document
      select kind, id || g, owner || (g % 100), version, form, body
      from engage_document, generate_series(1, 20000) g;
      insert into engage_draft
      select id || g, version, inbox || (g % 100), conversation || g, author || (g % 500),
        changed_at, form, body
      from engage_draft, generate_series(1, 20000) g;
      insert into engage_blob_use
      select sha256(('b' || g)::bytea), 'draft', 'draft/' || g from generate_series(1, 20000) g;
      insert into engage_attendance
      select conversation || g, agent, ends_at, form, body
      from engage_attendance, generate_series(1, 20000) g;
      insert into engage_heartbeat
      select agent || g, ends_at + g from engage_heartbeat, generate_series(1, 20000) g;
      insert into engage_pace select name || g, state from engage_pace, generate_series(1, 20000) g;
      insert into engage_audit (id, conversation, message, form, body)
      select id || g, 'c' || (g % 2000), 'm' || g, form, body
      from engage_audit, generate_series(1, 40000) g;
      insert into engage_audit_seal
      select number, number, seal from engage_audit_head, engage_audit where number > place;
      update engage_audit_head set place = (select max(place) from engage_audit_seal);
      insert into engage_event select number from engage_audit where number > 1;
      analyze\
      """;

  static Stream<Arguments> work() {
    return Stream.of(
        does("claims", s -> s.outbox().claim(10, NOON, NOON.plusSeconds(60))),
        does("marks and settles", PlansOfWorkTest::markAndSettle),
        does("gives back", s -> s.outbox().release(s.outbox().claim(1, NOON, NOON), NOON)),
        does("asks who is held", s -> s.outbox().held(List.of(OutboxId.of("o0")))),
        does("lists what is owed", s -> s.outbox().unsettled(10)),
        does("lists an account", s -> s.outbox().unsettledOf(Sample.SHOP, null, 10)),
        does("finds entries", s -> s.ledger().entries(List.of(Sample.uid(1), Sample.uid(2)))),
        does(
            "walks a folder",
            s -> s.ledger().entriesAfter(Sample.SHOP_FOLDER, Sample.UID_VALIDITY, 39_000, 10)),
        does("finds places", s -> s.ledger().placesOf(List.of(MessageId.of("m0")))),
        does(
            "looks for old numbers",
            s -> s.ledger().outdated(Sample.SHOP_FOLDER, Sample.UID_VALIDITY, 10)),
        does("lists quarantine", s -> s.ledger().quarantined(Sample.SHOP_FOLDER, null, 10)),
        does("finds a cursor", s -> s.ledger().cursor(Sample.SHOP_FOLDER)),
        does("commits", PlansOfWorkTest::commitOnce),
        does("reads a trail", s -> s.audit().ofConversation(STRAP)),
        does("reads a mail's trail", s -> s.audit().ofMessage(MessageId.of("m0"))),
        does("reads a trail on", s -> s.audit().ofConversation(STRAP, AuditEntryId.of("e0"), 10)),
        does(
            "reads a mail's trail on",
            s -> s.audit().ofMessage(MessageId.of("m0"), AuditEntryId.of("e0"), 10)),
        does("reads the newest", s -> s.audit().newest(10)),
        does("walks the chain", s -> s.audit().chainAfter(20_000, 10)),
        does("ends the chain", s -> s.audit().findLast()),
        does("tells events", s -> s.events().undelivered(10)),
        does("confirms events", s -> s.events().delivered(List.of(AuditEntryId.of("e0")))),
        does("finds documents", s -> s.documents().find(List.of(note("n0").key()))),
        does("lists an owner", s -> s.documents().ofOwner(DocumentKey.Kind.NOTE, "strap7", "", 10)),
        does("counts an owner", s -> s.documents().count(DocumentKey.Kind.NOTE, "strap7")),
        does("finds a draft", s -> s.drafts().find(DRAFT.id())),
        does("lists drafts there", s -> s.drafts().inConversation(STRAP)),
        does("lists an agent's drafts", s -> s.drafts().ofAgent(Sample.clara().id(), 10)),
        does("saves a draft", s -> s.drafts().save(s.drafts().find(DRAFT.id()).orElseThrow())),
        does(
            "attends", s -> s.attendance().attend(STRAP, new Attendee(Sample.dario(), true, NOON))),
        does("looks who is there", s -> s.attendance().attending(STRAP, NOON)),
        does("leaves", s -> s.attendance().leave(STRAP, Sample.dario().id())),
        does("beats", s -> s.heartbeats().beat(Sample.clara().id(), NOON)),
        does("looks who is silent", s -> s.heartbeats().silent(NOON, 10)),
        does(
            "looks whether one is silent", s -> s.heartbeats().isSilent(Sample.dario().id(), NOON)),
        does("is gone", s -> s.heartbeats().forget(Sample.dario().id(), NOON)),
        does("keeps pace", s -> s.paces().swap("campaign/0", new byte[] {1}, new byte[] {1})),
        does("forgets paces", s -> s.paces().removeAll("campaign/x")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("work")
  void nothing_is_walked_through_to_find_something(String name, Consumer<Storage> work) {
    ExplainingDatabase explaining = new ExplainingDatabase(DATABASE);
    Storage storage =
        JpaStorage.over(explaining.connections()).schema(JpaStorage.SchemaMode.NONE).build();

    work.accept(storage);

    assertThat(explaining.plans()).isNotEmpty();
    assertThat(explaining.plans()).allMatch(plan -> !WALK.matcher(plan).find());
  }

  private static Arguments does(String name, Consumer<Storage> work) {
    return arguments(name, work);
  }

  private static void markAndSettle(Storage storage) {
    List<OutboxClaim> claims = storage.outbox().claim(1, NOON.plusSeconds(120), NOON);
    storage.outbox().markAttempting(claims);
    storage
        .inboxes()
        .commit(
            change("settling")
                .settlements(claims.stream().map(PlansOfWorkTest::again).toList())
                .build());
  }

  private static OutboxSettlement again(OutboxClaim claim) {
    return new OutboxSettlement(claim, claim.entry());
  }

  private static void commitOnce(Storage storage) {
    LedgerEntry quarantined = Sample.quarantined(Sample.uid(2));
    storage
        .inboxes()
        .commit(
            change("once")
                .document(note("n0").withVersion(1))
                .dropDocuments(List.of(note("unknown").key()))
                .dropDrafts(List.of(DraftId.of("unknown")))
                .ledgerMoves(List.of(new LedgerMove(quarantined.state(), quarantined)))
                .withdraw(List.of())
                .build());
  }

  private static InboxChange.Builder change(String entry) {
    return InboxChange.builder()
        .audit(
            List.of(
                Sample.entry(
                    entry,
                    AuditSubject.of(Sample.workshop().id(), STRAP),
                    new AuditFact.Completed())));
  }

  private static Note note(String id) {
    return new Note(NoteId.of(id), STRAP, Sample.clara(), "Ready", NOON, 0);
  }
}
