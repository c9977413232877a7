package io.engage.core;

import io.engage.core.configuring.QuickReplyOrder;
import io.engage.core.templating.Checking;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentAction;
import io.engage.model.template.QuickReplies;
import io.engage.model.template.QuickReply;
import io.engage.model.template.Template;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The quick replies of the host, which agents are offered in this order for SMS and e-mail. They
 * are for all inboxes, so whoever changes them may manage clienteling in all of them.
 *
 * <p>Each action is done on the list as it is then: of two administrators at the same time neither
 * undoes what the other did.
 */
public final class QuickReplyDesk {
  private final Parts parts;
  private final Permitting permitting;
  private final Checking checking = new Checking();

  QuickReplyDesk(Parts parts, Permitting permitting) {
    this.parts = parts;
    this.permitting = permitting;
  }

  /**
   * All of them, in order.
   *
   * @return refused when the agent may manage clienteling in no inbox
   */
  public Outcome<QuickReplies> list() {
    return permitting.somewhere(
        AgentAction.MANAGE_CLIENTELING, managed -> new Outcome.Done<>(stored()));
  }

  private QuickReplies stored() {
    return parts.storage().documents().find(List.of(QuickReplies.KEY)).stream()
        .filter(QuickReplies.class::isInstance)
        .map(QuickReplies.class::cast)
        .findFirst()
        .orElseGet(QuickReplies::none);
  }

  /**
   * Adds one at the end.
   *
   * @param title what agents see in the list
   * @param message what is sent; may have fields {@code ${name}}
   */
  public Outcome<QuickReplies> add(String title, String message) {
    return write(
        title,
        message,
        now ->
            Optional.of(
                QuickReplyOrder.with(now, new QuickReply(parts.ids().next(), title, message))));
  }

  /** Changes title and message of one. */
  public Outcome<QuickReplies> update(String id, String title, String message) {
    return write(
        title, message, now -> QuickReplyOrder.updated(now, new QuickReply(id, title, message)));
  }

  /**
   * Moves one to another place.
   *
   * @param to counted from 0
   */
  public Outcome<QuickReplies> move(String id, int to) {
    return change(now -> QuickReplyOrder.moved(now, id, to));
  }

  /** Deletes one for good. */
  public Outcome<QuickReplies> delete(String id) {
    return change(now -> QuickReplyOrder.without(now, id));
  }

  private Outcome<QuickReplies> write(
      String title, String message, Function<QuickReplies, Optional<QuickReplies>> change) {
    return permitted(
        () ->
            refusal(title, message)
                .<Outcome<QuickReplies>>map(Outcome.Refused::new)
                .orElseGet(() -> changed(change)));
  }

  private Optional<String> refusal(String title, String message) {
    if (title.isBlank() || message.isBlank()) {
      return Optional.of("A quick reply needs a title and a message");
    }
    return checking.decide("message", message, Template.Purpose.REPLY);
  }

  private Outcome<QuickReplies> change(Function<QuickReplies, Optional<QuickReplies>> change) {
    return permitted(() -> changed(change));
  }

  private Outcome<QuickReplies> permitted(Supplier<Outcome<QuickReplies>> act) {
    return permitting.everywhere(AgentAction.MANAGE_CLIENTELING, act);
  }

  private Outcome<QuickReplies> changed(Function<QuickReplies, Optional<QuickReplies>> change) {
    return parts.committing().retrying(() -> changeOnce(change));
  }

  private Outcome<QuickReplies> changeOnce(Function<QuickReplies, Optional<QuickReplies>> change) {
    QuickReplies now = stored();
    Optional<QuickReplies> next = change.apply(now);
    if (next.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    if (next.get().equals(now)) {
      return new Outcome.AlreadySo<>();
    }
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .document(next.get())
                .audit(
                    permitting.stamp(
                        AuditSubject.NONE,
                        new AuditFact.QuickRepliesChanged(next.get().replies().size())))
                .build());
    return new Outcome.Done<>(next.get().withVersion(now.version() + 1));
  }
}
