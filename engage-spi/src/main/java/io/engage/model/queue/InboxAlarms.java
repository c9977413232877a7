package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which thresholds of an inbox are crossed just now, and since when (UTC): what was told of is not
 * told again while it lasts.
 */
public record InboxAlarms(InboxId inbox, Map<Threshold, Instant> crossed, long version)
    implements Document {
  public InboxAlarms {
    requireNonNull(inbox, "inbox");
    Map<Threshold, Instant> sorted = new EnumMap<>(Threshold.class);
    sorted.putAll(crossed);
    crossed = Collections.unmodifiableMap(sorted);
  }

  public static InboxAlarms none(InboxId inbox) {
    return new InboxAlarms(inbox, Map.of(), 0);
  }

  public static DocumentKey keyOf(InboxId inbox) {
    return new DocumentKey(DocumentKey.Kind.INBOX_ALARMS, inbox.value());
  }

  @Override
  public DocumentKey key() {
    return keyOf(inbox);
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public InboxAlarms withVersion(long newVersion) {
    return new InboxAlarms(inbox, crossed, newVersion);
  }
}
