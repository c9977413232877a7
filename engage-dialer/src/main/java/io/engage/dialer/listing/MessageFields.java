package io.engage.dialer.listing;

import io.engage.core.templating.Compilation;
import io.engage.core.templating.Templating;
import java.util.Set;

/** What a message that stands in a row has to be filled with. */
sealed interface MessageFields {
  /** More would take memory, and stand in no mail to a customer. */
  int MOST = 10_000;

  /** It needs values for these names. */
  record Named(Set<String> names) implements MessageFields {}

  /** It cannot be filled. */
  record Unreadable(String reason) implements MessageFields {}

  static MessageFields decide(String message) {
    int count = count(message);
    if (count == 0) {
      return new Named(Set.of());
    }
    if (count > MOST) {
      return new Unreadable("The message has more than %d fields".formatted(MOST));
    }
    Compilation compilation = new Templating().decide(message);
    return compilation instanceof Compilation.Refused refused
        ? new Unreadable("The message cannot be used: " + refused.reason())
        : new Named(((Compilation.Ready) compilation).form().fields());
  }

  private static int count(String message) {
    int count = 0;
    int field = message.indexOf("${");
    while (field >= 0 && count <= MOST) {
      count++;
      field = message.indexOf("${", field + 2);
    }
    return count;
  }
}
