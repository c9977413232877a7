package io.engage.model.template;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.util.List;

/** The quick replies of the host, in the order in which they are offered. */
public record QuickReplies(List<QuickReply> replies, long version) implements Document {
  /** Under which the one list is kept. */
  public static final DocumentKey KEY =
      new DocumentKey(DocumentKey.Kind.QUICK_REPLIES, "quick-replies");

  public QuickReplies {
    replies = List.copyOf(replies);
    if (replies.stream().map(QuickReply::id).distinct().count() < replies.size()) {
      throw new IllegalArgumentException("Two quick replies have the same id");
    }
  }

  /** Before the first one. */
  public static QuickReplies none() {
    return new QuickReplies(List.of(), 0);
  }

  @Override
  public DocumentKey key() {
    return KEY;
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public QuickReplies withVersion(long newVersion) {
    return new QuickReplies(replies, newVersion);
  }
}
