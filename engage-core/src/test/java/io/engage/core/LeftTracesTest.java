package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.Person;
import io.engage.model.inbox.AgentAction;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.FileName;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.writing.Draft;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is held on somebody in places where nobody looks at first. */
@Tag("PO-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeftTracesTest {
  private static final CustomerId ANA = CustomerId.of("ana");
  private static final Person ANA_HERSELF = Person.of(ANA);
  private static final Person ZOE = Person.at(EmailAddress.of("zoe@new.example"));
  private static final NamedAddress SUPPLIER = NamedAddress.of("supplier@bells.example");

  private final Street street = new Street();
  private final PrivacyDesk desk = street.engage.privacyOf(Shop.CLARA);

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void answers_leave_the_folder_for_sent_mail_too() {
    street.arrives(Street.fromAna("1@customer.example", "My blue bell"));
    street.sync();
    street.clara.reply(street.onlyConversation().id(), Reply.of("Your blue bell is ready"));
    street.engage.outbox().workOff();
    street.engage.outbox().workOff();
    assertThat(street.mail.mails(Shop.ACCOUNT, "Sent")).hasSize(1);

    desk.erase(ANA_HERSELF);

    street.engage.outbox().workOff();
    assertThat(street.mail.mails(Shop.ACCOUNT, "Sent")).isEmpty();
  }

  @Test
  @Tag("G-23")
  void what_was_forwarded_of_a_conversation_with_others_goes_and_what_is_beside_that() {
    Conversation shared = sharedWithBen();
    Message anas =
        street.messages(shared).stream()
            .filter(each -> each.preview().contains("blue bell"))
            .findFirst()
            .orElseThrow();
    Message asked = forward(anas, "Look at this");
    forward(asked, "And at this");
    Message bens = street.messages(shared).get(0);
    forward(bens, "A saddle");

    desk.erase(ANA_HERSELF);

    street.workOffLater();
    assertThat(MemoryGrep.find("blue bell", street.storage, street.blobs)).isEmpty();
    assertThat(street.list(ConversationFilter.all()))
        .extracting(Conversation::messages)
        .contains(1);
    assertThat(MemoryGrep.find("A saddle", street.storage)).isNotEmpty();
  }

  @Test
  void a_conversation_that_somebody_opened_is_not_called_what_they_called_it() {
    street.arrives(
        Street.fromAna("1@customer.example", "Hello")
            .replace("Subject: My bike", "Cc: Ben <ben@customer.example>\nSubject: My blue bell"));
    street.arrives(
        Street.mailFrom("ben@customer.example", "2@ben.example", "I help her")
            .replace(
                "Subject: My bike",
                "In-Reply-To: <1@customer.example>\nSubject: Re: My blue bell"));
    street.sync();
    Conversation shared = street.onlyConversation();
    unlink(shared);

    desk.erase(Person.at(Shop.ANA.address()));

    Conversation left = street.onlyConversation();
    assertThat(left.messages()).isEqualTo(1);
    assertThat(left.subject()).isEmpty();
  }

  @Test
  @Tag("G-9")
  void what_nobody_could_read_is_exported_and_erased_by_the_addresses_in_its_header()
      throws IOException {
    ServerUid uid = inQuarantine("zoe@new.example", "My green bell");
    inQuarantine("another-zoe@new.example", "Another bell");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    desk.export(ZOE, bytes);
    Erasure erasure = eraseWithoutReading(ZOE);

    street.workOffLater();
    assertThat(unzipped(bytes).values())
        .anySatisfy(mail -> assertThat(mail).contains("My green bell"))
        .noneSatisfy(mail -> assertThat(mail).contains("Another bell"));
    assertThat(erasure.messages()).isEqualTo(1);
    assertThat(MemoryGrep.find("green bell", street.storage, street.blobs)).isEmpty();
    assertThat(MemoryGrep.find("Another bell", street.blobs)).isNotEmpty();
    assertThat(street.storage.ledger().entries(List.of(uid)))
        .extracting(LedgerEntry::state)
        .containsExactly(LedgerEntry.State.TOMBSTONE);
    assertThat(street.engage.mail().retryQuarantined(Shop.ACCOUNT)).isEqualTo(1);
  }

  @Test
  @Tag("IN-12")
  void what_is_held_or_in_quarantine_for_too_long_goes_and_what_is_younger_stays() {
    AnasTraces.onlyKnownContacts(street);
    inQuarantine("yves@new.example", "An old green bell");
    street.arrives(Street.mailFrom("zoe@new.example", "1@new.example", "My old bell"));
    street.sync();
    street.clock.advance(Duration.ofDays(300));
    street.arrives(Street.mailFrom("zoe@new.example", "2@new.example", "My young bell"));
    street.sync();
    street.clock.advance(Duration.ofDays(100));

    Erasure ofShop = desk.retain(Shop.shop().id(), Duration.ofDays(365)).findValue().orElseThrow();
    Erasure ofWorkshop =
        desk.retain(Shop.workshop().id(), Duration.ofDays(365)).findValue().orElseThrow();

    street.workOffLater();
    assertThat(ofShop.messages() + ofWorkshop.messages()).isEqualTo(2);
    assertThat(MemoryGrep.find("old bell", street.storage, street.blobs)).isEmpty();
    assertThat(MemoryGrep.find("green bell", street.storage, street.blobs)).isEmpty();
    assertThat(MemoryGrep.find("young bell", street.blobs)).isNotEmpty();
    assertThat(street.mailsOnServer()).isEqualTo(1);
  }

  @Test
  @Tag("WK-10")
  void the_trail_keeps_customers_under_pseudonyms_and_the_desk_names_those_who_are_still_there() {
    street.arrives(Street.fromAna("1@customer.example", "My blue bell"));
    street.sync();
    Conversation bike = street.onlyConversation();

    AuditFact.LinkedToCustomer stored = linked(street.storage.audit().ofConversation(bike.id()));
    AuditFact.LinkedToCustomer shown = linked(street.clara.auditTrail(bike.id()));

    assertThat(shown.customer()).isEqualTo(ANA);
    assertThat(stored.customer().value()).startsWith("p-").doesNotContain("ana");
    assertThat(desk.erase(ANA_HERSELF).findValue().orElseThrow().pseudonym())
        .isEqualTo(stored.customer().value());
    assertThat(linked(street.clara.auditTrail(bike.id()))).isEqualTo(stored);
  }

  @Test
  @Tag("TH-6")
  void whoever_may_not_erase_in_an_inbox_erases_no_draft_there_and_reads_no_held_mail() {
    AnasTraces.onlyKnownContacts(street);
    Draft draft = street.clara.writing().begin(Shop.workshop().id()).findValue().orElseThrow();
    street
        .clara
        .writing()
        .save(
            draft.withContent(
                draft.content().to(NamedAddress.of("zoe@new.example")), draft.changedAt()));
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.ERASE_PERSON, Shop.workshop().id(), "Ask Dirk");

    assertThat(desk.erase(ZOE)).isEqualTo(new Outcome.Refused<Erasure>("Ask Dirk"));

    assertThat(street.storage.drafts().find(draft.id())).isPresent();
  }

  @Test
  void an_export_has_what_stands_in_drafts_and_their_files() throws IOException {
    street.arrives(Street.fromAna("1@customer.example", "My blue bell"));
    street.sync();
    Message mail = street.lastMessage(street.onlyConversation());
    Draft draft = street.clara.writing().reply(mail.id()).findValue().orElseThrow();
    draft = attach(draft, "the drawing");
    street
        .clara
        .writing()
        .save(
            draft.withContent(
                draft.content().withHtml("<p>It is <b>blue</b></p>"), draft.changedAt()));
    street.clara.writing().send(attach(replyTo(mail), "the sketch"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    desk.export(ANA_HERSELF, bytes);

    Map<String, String> entries = unzipped(bytes);
    assertThat(entries.get("person.json")).contains("<b>blue</b>", "bell.txt");
    assertThat(entries.values()).contains("the drawing", "the sketch");
  }

  @Test
  void whoever_was_merged_into_somebody_who_was_merged_is_the_same_person() {
    merge("ana-silva", "ana-before");
    merge("ana", "ana-silva");
    street.customers.with("ana-before", "Ana", EmailAddress.of("before@customer.example"));
    street.arrives(Street.mailFrom("before@customer.example", "1@before.example", "My green bell"));
    street.sync();

    for (String name : List.of("ana-before", "ana-silva", "ana")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      assertThat(exported(Person.of(CustomerId.of(name)), bytes)).as(name).isEqualTo(1);
    }
    desk.erase(Person.of(CustomerId.of("ana-silva")));

    street.workOffLater();
    assertThat(MemoryGrep.find("green bell", street.storage, street.blobs)).isEmpty();
    assertThat(MemoryGrep.find("ana-before", street.storage)).isEmpty();
  }

  /** With a reader that cannot read what is in quarantine, as it could not before. */
  private Erasure eraseWithoutReading(Person person) {
    try (Engage fragile =
        street.engageOn(street.storage, new MailInTest.FragileMail(street.mail))) {
      return fragile.privacyOf(Shop.CLARA).erase(person).findValue().orElseThrow();
    }
  }

  private int exported(Person person, ByteArrayOutputStream to) {
    try {
      return desk.export(person, to).findValue().orElseThrow().messages();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void merge(String kept, String merged) {
    AnasTraces.commit(
        street,
        InboxChange.builder()
            .document(
                CustomerMerge.begin(
                        CustomerId.of(kept), CustomerId.of(merged), street.clock.instant())
                    .in(CustomerMerge.Stage.DONE)));
    street.clock.advance(Duration.ofSeconds(1));
  }

  private Draft replyTo(Message mail) {
    return street.clara.writing().reply(mail.id()).findValue().orElseThrow();
  }

  private Draft attach(Draft draft, String content) {
    try {
      return street
          .clara
          .writing()
          .attach(
              draft.id(),
              FileName.of("bell.txt"),
              "text/plain",
              new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
          .findValue()
          .orElseThrow();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Conversation sharedWithBen() {
    street.arrives(Street.mailFrom("Ben <ben@customer.example>", "7@ben.example", "My saddle"));
    street.arrives(
        Street.mailFrom("Ben <ben@customer.example>", "8@ben.example", "Ana has a blue bell")
            .replace(
                "Subject:",
                "Cc: Ana Silva <ana@customer.example>\nIn-Reply-To: <7@ben.example>\nSubject:"));
    street.sync();
    return street.onlyConversation();
  }

  private Message forward(Message message, String text) {
    WritingDesk writing = street.clara.writing();
    Draft draft = writing.forward(message.id()).findValue().orElseThrow();
    Message sent =
        writing
            .send(draft.withContent(draft.content().to(SUPPLIER).withText(text), draft.changedAt()))
            .findValue()
            .orElseThrow();
    street.clock.advance(Duration.ofMinutes(1));
    street.engage.outbox().workOff();
    return sent;
  }

  private void unlink(Conversation conversation) {
    street.clara.customers().unlink(List.of(conversation.id()));
  }

  private ServerUid inQuarantine(String sender, String text) {
    ServerUid uid = street.arrives(Street.mailFrom(sender, sender + "-1", text + " POISON"));
    try (Engage fragile =
        street.engageOn(street.storage, new MailInTest.FragileMail(street.mail))) {
      assertThat(fragile.mail().sync(Shop.ACCOUNT).quarantined()).isEqualTo(1);
    }
    return uid;
  }

  private static AuditFact.LinkedToCustomer linked(List<AuditEntry> entries) {
    return entries.stream()
        .map(AuditEntry::fact)
        .filter(AuditFact.LinkedToCustomer.class::isInstance)
        .map(AuditFact.LinkedToCustomer.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> unzipped(ByteArrayOutputStream bytes) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        entries.put(each.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
