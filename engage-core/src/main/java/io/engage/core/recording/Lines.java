package io.engage.core.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditForm;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Attachment;
import io.engage.model.message.Message;
import io.engage.model.queue.Service;
import io.engage.model.writing.Note;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes recordings as lines of JSON, one object on each: {@link #head}, then each conversation
 * followed by its messages, notes and entries, then {@link #end}. docs/recordings.md says what they
 * hold. What is not known is left out; times are UTC.
 */
public final class Lines {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Lines() {}

  public static String head() {
    return line(NODES.objectNode().put("format", "engage-recordings").put("version", 1));
  }

  public static String conversation(Conversation conversation) {
    ObjectNode node = NODES.objectNode();
    Conversation.State state = conversation.state();
    node.put("id", conversation.id().value());
    node.put("number", conversation.number().value());
    node.put("inbox", conversation.inbox().value());
    node.put("channel", conversation.channel().code());
    node.put("subject", conversation.subject());
    node.set("participants", texts(addresses(conversation.participants())));
    put(node, "openedAt", conversation.openedAt());
    put(node, "lastMessageAt", conversation.lastMessageAt());
    put(node, "completedAt", state.completedAt());
    put(node, "assignee", state.assignee());
    put(node, "customer", state.customer());
    node.put("priority", state.priority());
    node.set("tags", texts(state.tags()));
    node.put("state", conversation.queueState().code());
    node.set("service", service(state.service()));
    return named("conversation", node);
  }

  private static ObjectNode service(Service service) {
    ObjectNode node = NODES.objectNode();
    put(node, "arrivedAt", service.arrivedAt());
    put(node, "waitingSince", service.waitingSince());
    put(node, "takenAt", service.takenAt());
    put(node, "answeredAt", service.answeredAt());
    node.set("handlers", texts(service.handlers().stream().map(Object::toString).toList()));
    return node;
  }

  /**
   * @param text what there is to read; null when its bytes are gone
   */
  public static String message(Message message, @Nullable String text) {
    ObjectNode node = NODES.objectNode();
    node.put("id", message.id().value());
    node.put("conversation", message.conversation().value());
    node.put("channel", message.channel().code());
    node.put("direction", message.direction().code());
    node.put("kind", message.kind().code());
    put(node, "at", message.at());
    node.put("trust", message.trust().code());
    node.put("delivery", message.state().delivery().code());
    node.set("unreached", texts(addresses(message.state().unreached())));
    put(node, "phone", message.phone());
    node.set("from", people(message.headers().from()));
    node.set("to", people(message.headers().to()));
    node.set("cc", people(message.headers().cc()));
    node.set("bcc", people(message.headers().bcc()));
    node.set("replyTo", people(message.headers().replyTo()));
    node.put("subject", message.headers().subject());
    put(node, "date", message.headers().date());
    put(node, "messageId", message.headers().messageId());
    put(node, "text", text);
    node.set("attachments", attachments(message.attachments()));
    node.put("sha256", message.source().digest().value());
    node.put("size", message.source().size());
    return named("message", node);
  }

  private static ArrayNode attachments(List<Attachment> attachments) {
    ArrayNode all = NODES.arrayNode();
    for (Attachment each : attachments) {
      ObjectNode node = all.addObject();
      node.put("part", each.part().value());
      node.put("name", each.name().value());
      node.put("contentType", each.contentType());
      node.put("size", each.size());
      node.put("sha256", each.sha256().value());
      node.put("inline", each.inline());
    }
    return all;
  }

  public static String note(Note note) {
    ObjectNode node = NODES.objectNode();
    node.put("id", note.id().value());
    node.put("conversation", note.conversation().value());
    put(node, "at", note.at());
    node.put("author", note.author().id().value());
    node.put("authorName", note.author().name());
    node.put("text", note.text());
    return named("note", node);
  }

  /** In the form in which the audit trail is exported. */
  public static String entry(AuditEntry entry) {
    return named("entry", JSON.valueToTree(AuditForm.of(entry)));
  }

  /** How many there were: what lacks this line was cut short. */
  public static String end(long conversations, long messages) {
    return named(
        "end", NODES.objectNode().put("conversations", conversations).put("messages", messages));
  }

  private static String named(String name, JsonNode node) {
    return line(NODES.objectNode().set(name, node));
  }

  private static String line(JsonNode node) {
    return node + "\n";
  }

  /** Ids, addresses and moments all say of themselves how they are written. */
  private static void put(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode all = NODES.arrayNode();
    texts.forEach(all::add);
    return all;
  }

  private static List<String> addresses(Collection<? extends Address> addresses) {
    return addresses.stream().map(Address::value).toList();
  }

  private static ArrayNode people(List<NamedAddress> people) {
    ArrayNode all = NODES.arrayNode();
    for (NamedAddress each : people) {
      all.addObject().put("name", each.name()).put("address", each.address().value());
    }
    return all;
  }
}
