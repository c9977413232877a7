package io.engage.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.AuditEntry;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientState;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.message.Attachment;
import io.engage.model.message.Blob;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.Rating;
import io.engage.model.queue.AgentMessage;
import io.engage.model.sms.SmsConsent;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.model.writing.Note;
import io.engage.model.writing.SentDraft;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes all that is held on a person, straight from the store to the stream: first what is said
 * about it, in JSON, then the mails themselves.
 */
final class PersonExport {
  private static final int AT_ONCE = 100;
  private static final JsonFactory JSON = new JsonFactory();

  private final Parts parts;
  private final Suppressions suppressions;
  private final Person person;
  private final String pseudonym;
  private final ZipOutputStream zip;
  private final Set<String> names = new HashSet<>();
  private int conversations;
  private int messages;

  PersonExport(
      Parts parts, Suppressions suppressions, Person person, String pseudonym, OutputStream to) {
    this.parts = parts;
    this.suppressions = suppressions;
    this.person = person;
    this.pseudonym = pseudonym;
    this.zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
  }

  /** How many have been written so far. */
  int messages() {
    return messages;
  }

  PersonFile write(Traces traces) throws IOException {
    zip.putNextEntry(new ZipEntry("person.json"));
    writeJson(traces);
    zip.closeEntry();
    eachConversation(this::writeSources);
    eachDraft(this::writeFiles);
    for (HeldMail each : traces.held()) {
      writeSource("held/" + each.source().digest().value() + ".eml", each.source());
    }
    for (LedgerEntry each : traces.quarantined()) {
      Blob source = each.source();
      if (source != null) {
        writeSource(fileOf(each), source);
      }
    }
    zip.finish();
    return new PersonFile(pseudonym, conversations, messages);
  }

  @FunctionalInterface
  private interface Writer<T> {
    void write(T item) throws IOException;
  }

  private void eachConversation(Writer<Conversation> writer) throws IOException {
    @Nullable ConversationId after = null;
    List<Conversation> some;
    do {
      some = parts.storage().persons().conversations(person, after, AT_ONCE);
      for (Conversation each : some) {
        if (isTold(each)) {
          writer.write(each);
        }
        after = each.id();
      }
    } while (some.size() == AT_ONCE);
  }

  /** What is led beside their conversation is not theirs, only what names them there. */
  private boolean isTold(Conversation conversation) {
    return !conversation.isSideThread() || namesThem(conversation);
  }

  private boolean namesThem(Conversation conversation) {
    for (Message each : new MessageWalk(parts.storage().persons(), conversation.id())) {
      if (person.concerns(each)) {
        return true;
      }
    }
    return false;
  }

  /** All messages of a conversation with them; of those with others, the ones that name them. */
  private void eachMessage(Conversation conversation, Writer<Message> writer) throws IOException {
    CustomerId customer = conversation.historyOf();
    boolean theirs = customer != null && person.customers().contains(customer);
    for (Message each : new MessageWalk(parts.storage().persons(), conversation.id())) {
      if (theirs || person.concerns(each)) {
        writer.write(each);
      }
    }
  }

  private void writeSources(Conversation conversation) throws IOException {
    eachMessage(
        conversation,
        message -> {
          writeSource(fileOf(message), message.source());
          for (SentDraft sent : sentDraftOf(message)) {
            writeFiles(sent.draft());
          }
        });
  }

  /** Bytes that are gone are left out. */
  private void writeSource(String name, Blob blob) throws IOException {
    if (parts.blobs().find(blob.digest()).isPresent() && names.add(name)) {
      zip.putNextEntry(new ZipEntry(name));
      try (InputStream source = parts.blobs().open(blob.digest())) {
        source.transferTo(zip);
      }
      zip.closeEntry();
    }
  }

  private boolean hasSource(Message message) {
    return parts.blobs().find(message.source().digest()).isPresent();
  }

  /** Ids are made by the host's source of ids; what could leave a folder is replaced. */
  private static String fileOf(Message message) {
    String name = message.id().value().replaceAll("[^A-Za-z0-9._-]|^\\.", "_");
    return "messages/" + name + (message.isPlainText() ? ".txt" : ".eml");
  }

  private static String fileOf(LedgerEntry quarantined) {
    Blob source = quarantined.source();
    return source == null ? "" : "quarantine/" + source.digest().value() + ".eml";
  }

  private void writeFiles(Draft draft) throws IOException {
    for (Composition.File each : draft.content().files()) {
      writeSource(fileOf(each), each.content());
    }
  }

  private static String fileOf(Composition.File file) {
    return "files/" + file.content().digest().value();
  }

  private void writeJson(Traces traces) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(zip)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("format", "engage-person/1");
      json.writeStringField("exportedAt", parts.clock().instant().toString());
      writeTexts(json, "customers", person.customers().stream().map(CustomerId::value).sorted());
      writeTexts(json, "addresses", person.addresses().stream().map(Address::value).sorted());
      json.writeArrayFieldStart("conversations");
      eachConversation(conversation -> writeConversation(json, conversation));
      json.writeEndArray();
      writeConsents(json);
      writeMailings(json);
      writeDrafts(json);
      writeTold(json);
      writeHeld(json, traces.held());
      writeQuarantined(json, traces.quarantined());
      json.writeEndObject();
    }
  }

  private void writeConversation(JsonGenerator json, Conversation conversation) throws IOException {
    conversations++;
    json.writeStartObject();
    json.writeStringField("id", conversation.id().value());
    json.writeStringField("inbox", conversation.inbox().value());
    json.writeStringField("channel", conversation.channel().code());
    json.writeStringField("subject", conversation.subject());
    json.writeStringField("openedAt", conversation.openedAt().toString());
    writeText(json, "completedAt", conversation.state().completedAt());
    writeText(json, "customer", conversation.state().customer());
    writeTexts(json, "tags", conversation.state().tags().stream());
    writeTexts(json, "participants", conversation.participants().stream().map(Address::value));
    Set<String> written = new HashSet<>();
    json.writeArrayFieldStart("messages");
    eachMessage(
        conversation,
        message -> {
          written.add(message.id().value());
          writeMessage(json, message);
        });
    json.writeEndArray();
    if (person.concerns(conversation)) {
      writeNotes(json, conversation);
    }
    writeAudit(json, conversation, written);
    json.writeEndObject();
  }

  private void writeMessage(JsonGenerator json, Message message) throws IOException {
    messages++;
    json.writeStartObject();
    json.writeStringField("id", message.id().value());
    json.writeStringField("channel", message.channel().code());
    json.writeStringField("direction", message.direction().code());
    json.writeStringField("kind", message.kind().code());
    json.writeStringField("at", message.at().toString());
    json.writeStringField("delivery", message.state().delivery().code());
    json.writeStringField("removal", message.state().removal().code());
    writeText(json, "customer", message.state().customer());
    writeText(json, "phone", message.phone());
    writePeople(json, "from", message.headers().from());
    writePeople(json, "to", message.headers().to());
    writePeople(json, "cc", message.headers().cc());
    writePeople(json, "bcc", message.headers().bcc());
    json.writeStringField("subject", message.headers().subject());
    json.writeStringField("preview", message.preview());
    writeTexts(json, "attachments", message.attachments().stream().map(PersonExport::nameOf));
    writeText(json, "source", hasSource(message) ? fileOf(message) : null);
    writeRating(json, message);
    for (SentDraft sent : sentDraftOf(message)) {
      json.writeFieldName("draft");
      writeDraft(json, sent.draft());
    }
    json.writeEndObject();
  }

  /** What an agent gets back when they take it back: none, or one. */
  private List<SentDraft> sentDraftOf(Message message) {
    return message.state().delivery() == Delivery.QUEUED
        ? Recalling.sentDraft(parts, message.id()).stream().toList()
        : List.of();
  }

  private static String nameOf(Attachment attachment) {
    return attachment.name().value();
  }

  private void writeRating(JsonGenerator json, Message message) throws IOException {
    for (Document each : parts.storage().documents().find(List.of(Rating.keyOf(message.id())))) {
      if (each instanceof Rating rating) {
        json.writeNumberField("rating", rating.stars());
      }
    }
  }

  private void writeNotes(JsonGenerator json, Conversation conversation) throws IOException {
    json.writeArrayFieldStart("notes");
    String after = "";
    List<Document> some;
    do {
      some =
          parts
              .storage()
              .documents()
              .ofOwner(DocumentKey.Kind.NOTE, conversation.id().value(), after, AT_ONCE);
      for (Document each : some) {
        after = each.key().id();
        Note note = (Note) each;
        json.writeStartObject();
        json.writeStringField("at", note.at().toString());
        json.writeStringField("author", note.author().name());
        json.writeStringField("text", note.text());
        json.writeEndObject();
      }
    } while (some.size() == AT_ONCE);
    json.writeEndArray();
  }

  /** What happened to the conversation as a whole and to the messages that were written here. */
  private void writeAudit(JsonGenerator json, Conversation conversation, Set<String> written)
      throws IOException {
    json.writeArrayFieldStart("audit");
    Iterator<AuditEntry> trail =
        Portions.trail(parts.storage().audit(), conversation.id()).iterator();
    while (trail.hasNext()) {
      AuditEntry each = trail.next();
      var about = each.subject().message();
      if (about == null || written.contains(about.value())) {
        json.writeStartObject();
        json.writeStringField("at", each.at().toString());
        json.writeStringField("actor", each.actor().name());
        json.writeStringField("what", each.fact().code());
        writeText(json, "message", about);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void writeConsents(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("consents");
    for (SmsConsent consent : suppressions.consentsOf(person)) {
      json.writeStartObject();
      json.writeStringField("number", consent.theirs().value());
      json.writeStringField("to", consent.ours().value());
      json.writeStringField("state", consent.state().code());
      json.writeArrayFieldStart("evidence");
      for (SmsConsent.Evidence each : consent.evidence()) {
        json.writeStartObject();
        json.writeStringField("at", each.at().toString());
        json.writeStringField("state", each.state().code());
        json.writeStringField("by", each.by());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeMailings(JsonGenerator json) throws IOException {
    Mailings mailings = new Mailings(parts);
    json.writeArrayFieldStart("mailings");
    mailings.each(
        person,
        some -> {
          Map<ListId, Campaign> campaigns =
              mailings.campaignsOf(some.stream().map(each -> each.id().list()).toList());
          for (Recipient each : some) {
            Campaign campaign = campaigns.get(each.id().list());
            writeMailing(json, each, campaign == null ? null : campaign.name());
          }
        });
    json.writeEndArray();
  }

  private static void writeMailing(
      JsonGenerator json, Recipient recipient, @Nullable String campaign) throws IOException {
    RecipientState state = recipient.state();
    RecipientOutcome outcome = state.outcome();
    json.writeStartObject();
    writeText(json, "campaign", campaign);
    json.writeStringField("list", recipient.id().list().value());
    json.writeNumberField("row", recipient.id().row());
    json.writeStringField("address", recipient.address());
    json.writeStringField("message", recipient.row().message());
    json.writeObjectFieldStart("variables");
    for (Map.Entry<String, String> each : recipient.row().variables().entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
    json.writeStringField("outcome", state.status().code());
    writeText(json, "reason", outcome == null ? null : outcome.why().code());
    writeText(json, "at", state.at());
    writeText(json, "seen", state.traces().seen());
    writeText(json, "rejected", state.traces().rejected());
    writeText(json, "spam", state.traces().spam());
    writeText(json, "unsubscribed", state.traces().unsubscribed());
    writeText(json, "answered", state.traces().answered());
    json.writeEndObject();
  }

  private void writeDrafts(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("drafts");
    eachDraft(draft -> writeDraft(json, draft));
    json.writeEndArray();
  }

  private void writeTold(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("told");
    for (AgentMessage each : new ToldTraces(parts).of(person)) {
      json.writeStartObject();
      json.writeStringField("at", each.at().toString());
      json.writeStringField("author", each.from().name());
      json.writeStringField("text", each.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void eachDraft(Writer<Draft> writer) throws IOException {
    @Nullable DraftId after = null;
    List<Draft> some;
    do {
      some = parts.storage().persons().drafts(person, after, AT_ONCE);
      for (Draft each : some) {
        after = each.id();
        writer.write(each);
      }
    } while (some.size() == AT_ONCE);
  }

  private static void writeDraft(JsonGenerator json, Draft draft) throws IOException {
    Composition content = draft.content();
    json.writeStartObject();
    json.writeStringField("kind", draft.kind().code());
    json.writeStringField("changedAt", draft.changedAt().toString());
    writePeople(json, "to", content.to());
    writePeople(json, "cc", content.cc());
    writePeople(json, "bcc", content.bcc());
    json.writeStringField("subject", content.subject());
    json.writeStringField("text", content.text());
    writeText(json, "html", content.html());
    json.writeArrayFieldStart("files");
    for (Composition.File each : content.files()) {
      json.writeStartObject();
      json.writeStringField("name", each.name().value());
      json.writeStringField("contentType", each.contentType());
      json.writeStringField("source", fileOf(each));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** What nobody could read. */
  private static void writeQuarantined(JsonGenerator json, List<LedgerEntry> entries)
      throws IOException {
    json.writeArrayFieldStart("quarantined");
    for (LedgerEntry each : entries) {
      json.writeStartObject();
      json.writeStringField("account", each.uid().folder().account().value());
      json.writeStringField("at", each.at().toString());
      json.writeStringField("source", fileOf(each));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** What no inbox took. */
  private static void writeHeld(JsonGenerator json, List<HeldMail> held) throws IOException {
    json.writeArrayFieldStart("held");
    for (HeldMail each : held) {
      json.writeStartObject();
      json.writeStringField("inbox", each.inbox().value());
      json.writeStringField("receivedAt", each.receivedAt().toString());
      json.writeStringField("sender", each.sender());
      json.writeStringField("subject", each.subject());
      json.writeStringField("source", "held/" + each.source().digest().value() + ".eml");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writePeople(JsonGenerator json, String field, Collection<NamedAddress> people)
      throws IOException {
    writeTexts(json, field, people.stream().map(NamedAddress::toString));
  }

  private static void writeTexts(JsonGenerator json, String field, Stream<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String each : texts.toList()) {
      json.writeString(each);
    }
    json.writeEndArray();
  }

  private static void writeText(JsonGenerator json, String field, @Nullable Object value)
      throws IOException {
    json.writeStringField(field, value == null ? null : value.toString());
  }
}
