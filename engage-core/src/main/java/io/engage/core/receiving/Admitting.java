package io.engage.core.receiving;

import io.engage.core.consenting.Hearing.Speech;
import io.engage.core.ruling.Ruled;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail.Cause;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether an inbox takes a message, or which other one does: what rules and the wish for
 * known contacts alone make of it. Mail and texts fare alike.
 */
public final class Admitting {
  private Admitting() {}

  /**
   * What speaks for a message.
   *
   * @param belongs whether it belongs to a conversation there
   * @param joins whether it would go into that one and open no other
   * @param report whether it reports on a message of ours
   * @param known whether the directory knows its sender
   */
  public record Credentials(
      boolean belongs, boolean joins, boolean report, boolean known, Speech speech) {}

  /**
   * @param ruled what the rules of the inbox say
   * @param all inboxes to which rules may send it
   */
  public static Destination decide(Inbox inbox, Ruled ruled, Credentials with, List<Inbox> all) {
    boolean isHeard = with.speech() != Speech.ANYTHING_ELSE;
    boolean stays = with.joins() && !ruled.startsConversation();
    if (ruled.ignored() && !isHeard && !stays) {
      return Destination.held(
          inbox, ruled, Cause.RULE, "rule '%s' ignores it".formatted(ruled.deciding()));
    }
    Ruled heard =
        ruled.ignored()
            ? ruled.takenIn(
                stays
                    ? "it stays with its conversation"
                    : "it is about consent to text messages, so it is heard")
            : ruled;
    InboxId wanted = heard.inbox();
    Optional<Inbox> target =
        wanted == null
            ? Optional.of(inbox)
            : all.stream().filter(each -> each.id().equals(wanted)).findFirst();
    if (target.isEmpty()) {
      heard = heard.takenIn("the inbox that it names is not there any more, so it stays");
    } else if (wanted != null && !target.get().settings().enabled()) {
      heard = heard.takenIn("the inbox that it names is switched off, so it stays");
      target = Optional.of(inbox);
    } else if (with.belongs() && !heard.startsConversation() && wanted != null) {
      heard = heard.takenIn("it stays with its conversation");
      target = Optional.of(inbox);
    }
    return admitted(inbox, target.orElse(inbox), heard, with);
  }

  private static Destination admitted(Inbox sentTo, Inbox to, Ruled ruled, Credentials with) {
    boolean mayBeStrange =
        with.belongs() || with.report() || with.known() || with.speech() != Speech.ANYTHING_ELSE;
    return !mayBeStrange && isClosed(sentTo, to)
        ? Destination.held(
            to, ruled, Cause.UNKNOWN_SENDER, "the directory does not know its sender")
        : Destination.taken(to, sentTo.id(), ruled);
  }

  private static boolean isClosed(Inbox sentTo, Inbox goesTo) {
    return sentTo.settings().knownContactsOnly() || goesTo.settings().knownContactsOnly();
  }
}
