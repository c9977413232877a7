package io.engage.examples.posdemo;

/** A mail of ours, as the customer's server has it: header fields as they stand there. */
record ArrivedMail(String from, String to, String cc, String subject, Thread thread, String text) {

  /** The header fields by which mail programs keep a thread together (RFC 5322 section 3.6.4). */
  record Thread(String messageId, String inReplyTo, String references) {}
}
