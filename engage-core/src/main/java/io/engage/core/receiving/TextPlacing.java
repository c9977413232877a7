package io.engage.core.receiving;

import io.engage.core.receiving.Receiving.Moment;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings.CompletedAnswered;
import io.engage.model.message.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides into which conversation a text of the gateway goes: the one with its number, which it
 * reopens, or another one.
 */
public final class TextPlacing {
  /** Under this tag texts are found that opened nothing, because the inbox did not want them. */
  public static final String IGNORED = "ignored";

  private TextPlacing() {}

  /**
   * A text.
   *
   * @param ours to which number it was sent
   * @param sms the conversations with its sender, newest first
   * @param isWork whether a person should look at it
   */
  public record Asked(
      PhoneNumber ours,
      List<Conversation> sms,
      Destination destination,
      boolean isWork,
      Instant at) {
    public Asked {
      sms = List.copyOf(sms);
    }
  }

  /**
   * Where it goes.
   *
   * @param fact that says why
   */
  public record Placed(Conversation conversation, AuditFact fact, boolean isReopened) {}

  /** The conversation that texts between these two belong to, wherever it is now. */
  public static Optional<Conversation> current(
      List<Conversation> sms, PhoneNumber ours, InboxId inbox) {
    return Texts.decide(
        sms, each -> isThrough(each, ours, inbox) && !(each.isCompleted() && isIgnored(each)));
  }

  public static Placed decide(Asked asked, Moment moment) {
    Destination destination = asked.destination();
    if (destination.cause() != null) {
      return keptOut(asked, moment);
    }
    Optional<Conversation> current =
        current(asked.sms(), asked.ours(), destination.inbox().id())
            .filter(each -> each.inbox().equals(destination.inbox().id()));
    if (!asked.isWork()) {
      return current
          .map(each -> new Placed(each, new AuditFact.FiledUnder("it is a keyword"), false))
          .orElseGet(
              () ->
                  new Placed(
                      completed(asked, moment),
                      new AuditFact.FiledUnder("it is a keyword and belongs to no conversation"),
                      false));
    }
    if (destination.ruled().startsConversation()) {
      return opened(asked, "a rule starts a conversation with it", moment);
    }
    return current
        .map(each -> joined(asked, each, moment))
        .orElseGet(() -> opened(asked, "there is no conversation with this number", moment));
  }

  private static Placed joined(Asked asked, Conversation found, Moment moment) {
    boolean another =
        asked.destination().inbox().settings().completedAnswered()
            == CompletedAnswered.OPENS_ANOTHER;
    if (found.isCompleted() && another) {
      return opened(asked, "the conversation with this number is completed", moment);
    }
    return new Placed(
        found.awaited(asked.at(), moment.now()),
        new AuditFact.ConversationJoined("it comes from the number of this conversation"),
        found.isCompleted());
  }

  private static Placed opened(Asked asked, String because, Moment moment) {
    return new Placed(
        fresh(asked, Conversation.State.NEW, moment).awaited(asked.at(), moment.now()),
        new AuditFact.ConversationOpened(because),
        false);
  }

  /** It opens nothing; it is kept, and so is the reason. */
  private static Placed keptOut(Asked asked, Moment moment) {
    InboxId inbox = asked.destination().inbox().id();
    Conversation place =
        asked.sms().stream()
            .filter(each -> each.inbox().equals(inbox) && each.isCompleted())
            .filter(TextPlacing::isIgnored)
            .findFirst()
            .orElseGet(() -> ignored(completed(asked, moment)));
    return new Placed(place, new AuditFact.FiledUnder(asked.destination().reason()), false);
  }

  private static boolean isIgnored(Conversation conversation) {
    return conversation.state().tags().contains(IGNORED);
  }

  private static Conversation ignored(Conversation conversation) {
    return conversation.withState(conversation.state().withTags(Set.of(IGNORED)));
  }

  /** Nobody has to complete it. */
  private static Conversation completed(Asked asked, Moment moment) {
    return fresh(asked, Conversation.State.NEW.withCompletedAt(moment.now()), moment);
  }

  private static Conversation fresh(Asked asked, Conversation.State state, Moment moment) {
    return new Conversation(
        ConversationId.of(moment.newIds().get()),
        asked.destination().inbox().id(),
        Channel.SMS,
        "",
        Set.of(),
        0,
        0,
        asked.at(),
        asked.at(),
        Conversation.Exchange.NONE.through(asked.ours()),
        state,
        0);
  }

  /** What began before the inbox had a number goes on through the first one that is written to. */
  private static boolean isThrough(Conversation each, PhoneNumber ours, InboxId inbox) {
    PhoneNumber line = each.exchange().line();
    return line == null ? each.inbox().equals(inbox) : line.equals(ours);
  }
}
