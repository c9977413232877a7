package io.engage.core.templating;

import io.engage.model.template.Template;
import java.util.EnumSet;
import java.util.Set;

/** What a template may name, beside what a list of recipients brings along. */
public enum Variable {
  CUSTOMER_NAME("customer.name", "the customer's name, else the name or address they write from"),
  CUSTOMER_ADDRESS("customer.address", "the address of the customer"),
  AGENT_NAME("agent.name", "who writes"),
  INBOX_NAME("inbox.name", "the name of the inbox"),
  INBOX_ADDRESS("inbox.address", "the address of the inbox"),
  SUBJECT("subject", "what the conversation is about"),
  NUMBER("number", "the number of the conversation"),
  DATE("date", "today, as 2026-03-02, where the inbox is"),
  TIME("time", "now, as 09:30, where the inbox is");

  private final String field;
  private final String meaning;

  Variable(String field, String meaning) {
    this.field = field;
    this.meaning = meaning;
  }

  /**
   * What has a value when a template of this purpose is used. A confirmation holds nothing that the
   * other side wrote, and nobody writes it.
   */
  public static Set<Variable> offeredIn(Template.Purpose purpose) {
    return switch (purpose) {
      case CONFIRMATION -> EnumSet.complementOf(EnumSet.of(SUBJECT, AGENT_NAME));
      case SIGNATURE, REPLY, DIALER -> EnumSet.allOf(Variable.class);
    };
  }

  /** As it stands between <code>${</code> and {@code }}. */
  public String field() {
    return field;
  }

  /** For whoever writes a template. */
  public String meaning() {
    return meaning;
  }
}
