package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a mail says (RFC 5322 section 3.6), understood as far as it can be: an address
 * that is none, a date that is none, are left out here and still stand in the source.
 *
 * @param from usually one; none when the header is missing or broken, several when it claims
 *     several
 * @param deliveredTo the mailboxes that servers say they delivered to or took it for (Delivered-To,
 *     X-Original-To, Envelope-To, Received), outermost first
 * @param subject decoded, on one line; empty when there is none
 * @param date as the sender wrote it: a claim; null when missing or broken
 * @param messageId null when missing or broken
 * @param inReplyTo the mails this one answers
 * @param references the mails of its thread, oldest first
 */
public record MailHeaders(
    List<NamedAddress> from,
    List<NamedAddress> to,
    List<NamedAddress> cc,
    List<NamedAddress> bcc,
    List<NamedAddress> replyTo,
    List<EmailAddress> deliveredTo,
    String subject,
    @Nullable OffsetDateTime date,
    @Nullable RfcMessageId messageId,
    List<RfcMessageId> inReplyTo,
    List<RfcMessageId> references) {
  /** A header that says nothing. */
  public static final MailHeaders EMPTY =
      new MailHeaders(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), "", null, null,
          List.of(), List.of());

  public MailHeaders {
    from = List.copyOf(from);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    replyTo = List.copyOf(replyTo);
    deliveredTo = List.copyOf(deliveredTo);
    requireNonNull(subject, "subject");
    inReplyTo = List.copyOf(inReplyTo);
    references = List.copyOf(references);
  }

  /** Everybody this mail was sent or delivered to, in that order. */
  public Set<EmailAddress> recipients() {
    Set<EmailAddress> all = new LinkedHashSet<>();
    addAll(to, all);
    addAll(cc, all);
    addAll(bcc, all);
    all.addAll(deliveredTo);
    return all;
  }

  private static void addAll(List<NamedAddress> people, Set<EmailAddress> all) {
    for (NamedAddress each : people) {
      all.add(each.address());
    }
  }

  /** The mails that this one says it follows, nearest first, each once. */
  public Set<RfcMessageId> ancestors() {
    Set<RfcMessageId> all = new LinkedHashSet<>(inReplyTo);
    for (int i = references.size() - 1; i >= 0; i--) {
      all.add(references.get(i));
    }
    return all;
  }
}
