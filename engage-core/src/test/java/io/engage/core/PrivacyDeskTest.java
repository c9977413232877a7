package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.spi.Storage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PO-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PrivacyDeskTest {
  private static final CustomerId BEN = CustomerId.of("ben");
  private static final Person ANA = Person.of(CustomerId.of("ana"));

  private final Street street = new Street();
  private final PrivacyDesk desk = street.engage.privacyOf(Shop.CLARA);

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void of_an_erased_person_nothing_is_left_in_the_store_the_blobs_the_events_and_the_log() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      AnasTraces.leaveIn(street);

      Erasure erasure = desk.erase(ANA).findValue().orElseThrow();

      street.workOffLater();
      street.sync();
      assertThat(erasure.isComplete()).isTrue();
    } finally {
      System.setErr(before);
    }
    for (String trace : AnasTraces.ALL) {
      assertThat(MemoryGrep.find(trace, street.storage, street.blobs, street.listener))
          .as(trace)
          .isEmpty();
      assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContainIgnoringCase(trace);
    }
  }

  @Test
  void before_the_erasure_every_trace_is_found() {
    AnasTraces.leaveIn(street);

    for (String trace : AnasTraces.ALL) {
      assertThat(MemoryGrep.find(trace, street.storage, street.blobs)).as(trace).isNotEmpty();
    }
  }

  @Test
  void what_others_wrote_stays_and_names_the_erased_nowhere() {
    AnasTraces.leaveIn(street);

    desk.erase(ANA);

    assertThat(history(BEN)).hasSize(1);
    assertThat(street.list(ConversationFilter.all()))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.messages()).isEqualTo(1);
              assertThat(each.participants()).containsExactly(Shop.BEN.address());
              assertThat(each.exchange().preview()).contains("My saddle");
            });
    assertThat(street.clara.open(history(BEN).get(0).id()).findValue().orElseThrow().content())
        .satisfies(content -> assertThat(content.text()).contains("My saddle"));
  }

  @Test
  void what_another_node_takes_in_behind_the_walk_is_erased_too() {
    for (int i = 0; i < 4; i++) {
      street.arrives(fromAna(i + "@customer.example", "My blue bell " + i));
      street.sync();
    }
    AtomicInteger number = new AtomicInteger(10);
    Storage slow =
        Overtaken.after(
            street.storage,
            "inConversation",
            () -> {
              for (int i = 0; i < 20; i++) {
                street.arrives(fromAna(number.getAndIncrement() + "@customer.example", "A bell"));
                street.sync();
              }
            });

    try (Engage node = street.engageOn(slow, street.mail)) {
      Erasure erasure = node.privacyOf(Shop.CLARA).erase(ANA).findValue().orElseThrow();

      assertThat(erasure.messages()).isEqualTo(24);
    }
    assertThat(street.storage.persons().conversations(ANA, null, 100)).isEmpty();
    assertThat(street.list(ConversationFilter.all())).isEmpty();
  }

  @Test
  @Tag("G-4")
  void erased_mails_leave_the_server_and_no_import_brings_them_back() {
    byte[] mail =
        fromAna("1@customer.example", "My blue bell")
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8);
    street.mail.deliver(Shop.ACCOUNT, mail);
    street.sync();

    desk.erase(ANA);

    street.engage.outbox().workOff();
    assertThat(street.mailsOnServer()).isZero();
    street.mail.deliver(Shop.ACCOUNT, mail);
    street.mail.renumber(Shop.ACCOUNT, "INBOX");
    assertThat(street.sync().imported()).isZero();
    street.engage.outbox().workOff();
    assertThat(street.mailsOnServer()).isZero();
    assertThat(street.list(ConversationFilter.all())).isEmpty();
  }

  @Test
  @Tag("WK-10")
  void the_audit_chain_stays_valid_and_tells_who_erased_whom_by_pseudonym() {
    AnasTraces.leaveIn(street);
    List<AuditLink> before = chain();

    Erasure erasure = desk.erase(ANA).findValue().orElseThrow();

    List<AuditLink> after = chain();
    assertThat(after.subList(0, before.size())).isEqualTo(before);
    for (int i = 1; i < after.size(); i++) {
      assertThat(after.get(i)).isEqualTo(after.get(i - 1).next(after.get(i).entry()));
    }
    assertThat(erasure.pseudonym()).startsWith("p-").doesNotContain("ana");
    assertThat(after.stream().map(AuditLink::entry))
        .filteredOn(entry -> entry.actor().equals(Actor.agent(Shop.CLARA)))
        .extracting(AuditEntry::fact)
        .contains(new AuditFact.PersonErased(erasure.pseudonym(), erasure.messages()));
  }

  @Test
  void an_erasure_that_was_killed_anywhere_is_finished_by_the_next() {
    int step = 0;
    int deaths = 0;
    while (eraseKilledAt(++step, false)) {
      assertThat(eraseKilledAt(step, true)).isTrue();
      deaths += 2;
    }

    assertThat(deaths).isGreaterThan(10);
  }

  /** Whether it died before it was done. */
  private static boolean eraseKilledAt(int step, boolean afterwards) {
    try (Street other = new Street()) {
      AnasTraces.leaveIn(other);
      CrashingStorage storage = new CrashingStorage(other.storage, step, afterwards);
      try (Engage node = other.engageOn(storage, other.mail)) {
        node.privacyOf(Shop.CLARA).erase(ANA);
      } catch (CrashingStorage.Killed killed) {
        assertThat(storage.hasDied()).isTrue();
      }

      other.engage.privacyOf(Shop.CLARA).erase(ANA);

      other.workOffLater();
      for (String trace : AnasTraces.ALL) {
        assertThat(MemoryGrep.find(trace, other.storage, other.blobs))
            .as("killed at step %s: %s", step, trace)
            .isEmpty();
      }
      return storage.hasDied();
    }
  }

  @Test
  void bytes_that_a_crash_left_behind_go_with_the_next_round_of_the_outbox() {
    street.arrives(fromAna("1@customer.example", "My blue bell"));
    street.sync();
    CrashingStorage storage = new CrashingStorage(street.storage, 2, false);
    try (Engage node = street.engageOn(storage, street.mail)) {
      node.privacyOf(Shop.CLARA).erase(ANA);
    } catch (CrashingStorage.Killed killed) {
      assertThat(MemoryGrep.find("blue bell", street.blobs)).isNotEmpty();
    }

    street.workOffLater();

    assertThat(storage.hasDied()).isTrue();
    assertThat(MemoryGrep.find("blue bell", street.storage, street.blobs)).isEmpty();
  }

  @Test
  @Tag("SM-2")
  void whoever_refused_text_messages_stays_refused_under_a_pseudonym() {
    AnasTraces.leaveIn(street);

    desk.erase(ANA);

    List<Document> suppressions =
        street.storage.documents().ofOwner(DocumentKey.Kind.SUPPRESSION, "sms", "", 10);
    assertThat(suppressions).hasSize(1);
    assertThat(suppressions.toString()).doesNotContain("5550101");
  }

  @Test
  @Tag("G-30")
  void what_is_just_being_sent_is_erased_when_that_has_ended() {
    street.arrives(fromAna("1@customer.example", "My blue bell"));
    street.sync();
    street.clara.reply(street.onlyConversation().id(), Reply.of("Your blue bell is ready"));
    street
        .storage
        .outbox()
        .claim(10, street.clock.instant(), street.clock.instant().plusSeconds(60));

    Erasure first = desk.erase(ANA).findValue().orElseThrow();
    street.clock.advance(Duration.ofMinutes(30));
    street.engage.outbox().workOff();
    Erasure second = desk.erase(ANA).findValue().orElseThrow();
    street.workOffLater();

    assertThat(first.isComplete()).isFalse();
    assertThat(second.isComplete()).isTrue();
    assertThat(MemoryGrep.find("blue bell", street.storage, street.blobs)).isEmpty();
  }

  @Test
  @Tag("G-7")
  void bytes_that_another_inbox_still_needs_stay() {
    street.arrives(
        fromAna("1@customer.example", "To both")
            .replace("To: repairs@shop.example", "To: repairs@shop.example, hello@shop.example"));
    street.sync();
    street.clock.advance(Duration.ofDays(400));

    Erasure erasure =
        desk.retain(Shop.workshop().id(), Duration.ofDays(365)).findValue().orElseThrow();

    street.engage.outbox().workOff();
    Conversation stays = street.onlyConversation();
    assertThat(erasure.messages()).isEqualTo(1);
    assertThat(stays.inbox()).isEqualTo(Shop.shop().id());
    assertThat(street.clara.open(street.lastMessage(stays).id()).isDone()).isTrue();
    assertThat(street.mailsOnServer()).isEqualTo(1);
  }

  @Test
  void a_family_address_is_erased_only_when_it_is_named() {
    street.customers.with("tom", "Tom Silva", Shop.ANA.address());
    street.arrives(fromAna("1@customer.example", "From the family"));
    street.sync();
    Conversation family = street.onlyConversation();
    street.clara.customers().link(List.of(family.id()), CustomerId.of("tom"));

    assertThat(desk.erase(ANA).findValue().orElseThrow().messages()).isZero();

    assertThat(
            desk.erase(ANA.with(List.of(Shop.ANA.address()))).findValue().orElseThrow().messages())
        .isEqualTo(1);
  }

  @Test
  @Tag("TH-6")
  void nobody_exports_or_erases_where_one_inbox_forbids_it() throws IOException {
    AnasTraces.leaveIn(street);
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.ERASE_PERSON, Shop.workshop().id(), "Ask Dirk");
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.EXPORT_PERSON, Shop.workshop().id(), "Ask Dirk");
    ByteArrayOutputStream nothing = new ByteArrayOutputStream();

    assertThat(desk.erase(ANA)).isEqualTo(new Outcome.Refused<Erasure>("Ask Dirk"));
    assertThat(desk.export(ANA, nothing)).isEqualTo(new Outcome.Refused<PersonFile>("Ask Dirk"));
    assertThat(desk.retain(Shop.workshop().id(), Duration.ofDays(1)))
        .isInstanceOf(Outcome.Refused.class);

    assertThat(nothing.size()).isZero();
    assertThat(street.storage.audit().newest(3))
        .extracting(entry -> entry.fact().code())
        .containsOnly("action-refused");
  }

  @Test
  void an_export_is_a_zip_with_everything_and_the_mails_as_they_came() throws IOException {
    AnasTraces.leaveIn(street);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PersonFile file = desk.export(ANA, bytes).findValue().orElseThrow();

    Map<String, String> entries = unzipped(bytes.toByteArray());
    String json = entries.get("person.json");
    assertThat(json)
        .contains("engage-person/1", "ana@customer.example", "+14155550101")
        .contains("Ana Silva likes her blue bell", "\"rating\" : 5", "opted-out")
        .contains("Ana Silva is furious about her blue bell", "Call (415) 555-0101")
        .contains("Your blue bell", "linked-to-customer", "by-agent");
    assertThat(file.messages()).isEqualTo(8);
    int fileOfADraft = 1;
    assertThat(entries).hasSize(1 + file.messages() + fileOfADraft);
    assertThat(entries.values()).anySatisfy(mail -> assertThat(mail).contains("QmVsbA=="));
    assertThat(entries.values()).noneSatisfy(mail -> assertThat(mail).contains("My saddle"));
    assertThat(street.storage.audit().newest(1).get(0).fact())
        .isEqualTo(new AuditFact.PersonExported(file.pseudonym(), file.messages()));
  }

  @Test
  void an_export_that_broke_off_is_recorded_too() {
    AnasTraces.leaveIn(street);
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("The disk is full");
          }
        };

    assertThatThrownBy(() -> desk.export(ANA, full)).hasMessage("The disk is full");

    assertThat(street.storage.audit().newest(1).get(0).fact().code()).isEqualTo("person-exported");
  }

  @Test
  void what_is_older_than_the_time_of_keeping_goes_and_what_is_newer_stays() {
    street.arrives(fromAna("1@customer.example", "My blue bell"));
    street.sync();
    Conversation bike = street.onlyConversation();
    street.clock.advance(Duration.ofDays(300));
    street.arrives(
        fromAna("2@customer.example", "And my saddle")
            .replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));
    street.arrives(mailFrom("ben@customer.example", "3@ben.example", "Hello"));
    street.sync();
    street.clock.advance(Duration.ofDays(100));

    Erasure erasure =
        desk.retain(Shop.workshop().id(), Duration.ofDays(365)).findValue().orElseThrow();

    assertThat(erasure.messages()).isEqualTo(1);
    assertThat(MemoryGrep.find("blue bell", street.storage, street.blobs)).isEmpty();
    assertThat(street.messages(bike)).hasSize(1);
    assertThat(street.open()).hasSize(2);
    assertThat(street.clara.auditTrail(bike.id()))
        .last()
        .extracting(entry -> entry.fact().code())
        .isEqualTo("retention-applied");
    assertThat(desk.retain(Shop.workshop().id(), Duration.ofDays(365)).findValue().orElseThrow())
        .isEqualTo(new Erasure("", 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 700})
  void much_is_erased_in_steps(int mails) {
    for (int i = 0; i < mails; i++) {
      street.arrives(
          fromAna(i + "@customer.example", "Blue bell " + i)
              .replace("Subject:", "References: <0@customer.example>\nSubject:"));
    }
    street.sync();
    street.clock.advance(Duration.ofDays(400));

    Erasure erasure =
        desk.retain(Shop.workshop().id(), Duration.ofDays(365)).findValue().orElseThrow();

    assertThat(erasure.messages()).isEqualTo(mails);
    assertThat(street.list(ConversationFilter.all())).isEmpty();
    assertThat(MemoryGrep.find("blue bell", street.storage, street.blobs)).isEmpty();
  }

  @Test
  @Tag("IN-12")
  void what_no_inbox_took_is_exported_and_erased_too() throws IOException {
    street.customers.with("zoe", "Zoe Ziegler", Shop.MALLORY.address());
    AnasTraces.onlyKnownContacts(street);
    street.arrives(mailFrom("zoe@new.example", "1@new.example", "My green bell"));
    street.sync();
    Person zoe = Person.at(EmailAddress.of("ZOE@new.example"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(MemoryGrep.find("zoe@new.example", street.storage)).isNotEmpty();

    desk.export(zoe, bytes);
    Erasure erasure = desk.erase(zoe).findValue().orElseThrow();

    street.workOffLater();
    assertThat(unzipped(bytes.toByteArray()).values())
        .anySatisfy(mail -> assertThat(mail).contains("My green bell"));
    assertThat(erasure.messages()).isEqualTo(1);
    assertThat(street.mailsOnServer()).isZero();
    assertThat(MemoryGrep.find("zoe@new.example", street.storage, street.blobs)).isEmpty();
    assertThat(MemoryGrep.find("green bell", street.storage, street.blobs)).isEmpty();
  }

  @Test
  void messages_are_not_kept_for_no_time() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> desk.retain(Shop.workshop().id(), Duration.ZERO));
  }

  private List<Message> history(CustomerId customer) {
    return street.clara.history(customer, Page.Request.first(100)).items();
  }

  private List<AuditLink> chain() {
    return street.storage.audit().chainAfter(0, 10_000);
  }

  static Map<String, String> unzipped(byte[] bytes) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        entries.put(each.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
