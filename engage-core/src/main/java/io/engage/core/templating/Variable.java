package io.engage.core.templating;

/** What every template may name, beside what a list of recipients brings along. */
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

  /** As it stands between <code>${</code> and {@code }}. */
  public String field() {
    return field;
  }

  /** For whoever writes a template. */
  public String meaning() {
    return meaning;
  }
}
