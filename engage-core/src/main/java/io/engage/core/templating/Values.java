package io.engage.core.templating;

import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.inbox.Inbox;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what stands in the fields that every template may name. What nobody knows has no value.
 */
public final class Values {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private Values() {}

  /**
   * What is known when a template is used.
   *
   * @param customerName as the host knows them; null when nobody is linked
   * @param correspondent to whom it goes; null when that is not known yet
   * @param agentName null when the library writes by itself
   * @param conversation null while there is none
   */
  public record Facts(
      Inbox inbox,
      @Nullable String customerName,
      @Nullable NamedAddress correspondent,
      @Nullable String agentName,
      String subject,
      @Nullable ConversationId conversation,
      Instant now) {}

  public static Map<String, String> decide(Facts facts) {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, Variable.CUSTOMER_NAME, customerName(facts));
    NamedAddress correspondent = facts.correspondent();
    put(
        values,
        Variable.CUSTOMER_ADDRESS,
        correspondent == null ? null : correspondent.address().value());
    put(values, Variable.AGENT_NAME, facts.agentName());
    put(values, Variable.INBOX_NAME, facts.inbox().name());
    put(values, Variable.INBOX_ADDRESS, facts.inbox().sender().address().value());
    put(values, Variable.SUBJECT, facts.subject());
    ConversationId conversation = facts.conversation();
    put(
        values,
        Variable.NUMBER,
        conversation == null ? null : ConversationNumber.of(conversation).toString());
    ZonedDateTime local = facts.now().atZone(facts.inbox().settings().schedule().zone());
    put(values, Variable.DATE, local.toLocalDate().toString());
    put(values, Variable.TIME, TIME.format(local));
    return values;
  }

  private static @Nullable String customerName(Facts facts) {
    String known = facts.customerName();
    NamedAddress correspondent = facts.correspondent();
    if (known != null && !known.isBlank()) {
      return known;
    }
    return correspondent == null ? null : correspondent.label();
  }

  private static void put(Map<String, String> values, Variable variable, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      values.put(variable.field(), value);
    }
  }
}
