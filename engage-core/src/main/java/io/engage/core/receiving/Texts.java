package io.engage.core.receiving;

import io.engage.model.conversation.Conversation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which conversation a text message belongs to: it names none, so it is the open one with
 * its number, else the last one that was completed.
 */
public final class Texts {
  private Texts() {}

  /**
   * @param sms conversations with the number, newest first
   * @param eligible those of the inbox or number that it was sent to
   */
  public static Optional<Conversation> decide(
      List<Conversation> sms, Predicate<Conversation> eligible) {
    return sms.stream()
        .filter(each -> eligible.test(each) && !each.isSideThread())
        .min(Comparator.comparing(Conversation::isCompleted));
  }
}
