package io.engage.core.configuring;

import io.engage.model.template.QuickReplies;
import io.engage.model.template.QuickReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what the list of quick replies is after one was added, changed, moved or removed. */
public final class QuickReplyOrder {
  private QuickReplyOrder() {}

  /** At the end. */
  public static QuickReplies with(QuickReplies now, QuickReply added) {
    List<QuickReply> more = new ArrayList<>(now.replies());
    more.add(added);
    return new QuickReplies(more, now.version());
  }

  /** At its place; empty when there is none with its id. */
  public static Optional<QuickReplies> updated(QuickReplies now, QuickReply changed) {
    return placeOf(now, changed.id())
        .map(
            place -> {
              List<QuickReply> replies = new ArrayList<>(now.replies());
              replies.set(place, changed);
              return new QuickReplies(replies, now.version());
            });
  }

  /**
   * At another place; empty when there is none with this id.
   *
   * @param to counted from 0; what lies outside of the list means its nearer end
   */
  public static Optional<QuickReplies> moved(QuickReplies now, String id, int to) {
    return placeOf(now, id)
        .map(
            place -> {
              List<QuickReply> replies = new ArrayList<>(now.replies());
              QuickReply moved = replies.remove((int) place);
              replies.add(Math.max(0, Math.min(to, replies.size())), moved);
              return new QuickReplies(replies, now.version());
            });
  }

  /** Without it; empty when there is none with this id. */
  public static Optional<QuickReplies> without(QuickReplies now, String id) {
    return placeOf(now, id)
        .map(
            place -> {
              List<QuickReply> fewer = new ArrayList<>(now.replies());
              fewer.remove((int) place);
              return new QuickReplies(fewer, now.version());
            });
  }

  private static Optional<Integer> placeOf(QuickReplies now, String id) {
    int place = now.replies().stream().map(QuickReply::id).toList().indexOf(id);
    return place < 0 ? Optional.empty() : Optional.of(place);
  }
}
