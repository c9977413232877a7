package io.engage.core.picturing;

import io.engage.model.conversation.ConversationId;
import java.time.Instant;
import java.util.Comparator;

/** Since when something is so of a conversation. */
record Since(Instant moment, ConversationId conversation) {
  /** The oldest first. */
  static final Comparator<Since> OLDEST_FIRST =
      Comparator.comparing(Since::moment).thenComparing(each -> each.conversation().value());
}
