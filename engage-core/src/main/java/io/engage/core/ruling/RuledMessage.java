package io.engage.core.ruling;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Channel;
import io.engage.model.message.HeaderField;
import java.util.List;

/**
 * What rules may ask of a message.
 *
 * @param senders address and name of whoever wrote it, or their phone number
 * @param recipients addresses and names in To and Cc
 * @param body what the person wrote, without quotes
 * @param fields of its header
 * @param files names of its files, without images that stand in its text
 * @param size in bytes
 * @param knownContact whether the directory knows its sender, and nothing says they are forged
 * @param withinSchedule whether it came while the inbox was open
 */
public record RuledMessage(
    List<String> senders,
    List<String> recipients,
    String subject,
    String body,
    List<HeaderField> fields,
    List<String> files,
    long size,
    boolean knownContact,
    boolean withinSchedule,
    Channel channel) {
  private static final int LONGEST_BODY = 200_000;

  public RuledMessage {
    senders = List.copyOf(senders);
    recipients = List.copyOf(recipients);
    requireNonNull(subject, "subject");
    body = body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY);
    fields = List.copyOf(fields);
    files = List.copyOf(files);
    requireNonNull(channel, "channel");
  }

  @Override
  public String toString() {
    return "RuledMessage[%s, %d bytes]".formatted(channel.code(), size);
  }
}
