package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.template.TemplateId;
import java.time.Instant;

/**
 * What is answered by itself to a mail that opens a conversation: one that came and was written
 * within a day, by a sender whom our own mail server verified or whom the directory knows.
 *
 * @param withDisplayName whether From shows the inbox's display name, or its address alone
 * @param since mail that the server received before is never confirmed: the first import of an old
 *     mailbox answers nobody
 */
public record Confirmation(TemplateId template, boolean withDisplayName, Instant since) {
  public Confirmation {
    requireNonNull(template, "template");
    requireNonNull(since, "since");
  }
}
