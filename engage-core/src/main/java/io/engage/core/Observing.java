package io.engage.core;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.writing.Draft;
import io.engage.spi.PortFailure;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation as a supervisor follows it. What happened is looked up when it is asked for, so
 * that a slow reader costs nothing: they see how it is then, and not all that was in between.
 */
final class Observing implements PulledSubscription.Source<Observation> {
  private static final Logger LOG = LoggerFactory.getLogger(Observing.class);
  private static final int MESSAGES_AT_ONCE = 50;

  private final Parts parts;
  private final Permitting permitting;
  private final Opening opening;
  private final ConversationId id;
  private final boolean withDrafts;
  private final Stirs stirs;
  private final Queue<Observation> ready = new ArrayDeque<>();
  private Shown shown = new Shown();
  private Page.@Nullable Mark mark;
  private boolean more;
  private boolean over;
  private boolean failing;

  Observing(
      Parts parts, Permitting permitting, ConversationId id, boolean withDrafts, Stirs stirs) {
    this.parts = parts;
    this.permitting = permitting;
    this.opening =
        new Opening(parts, permitting, new BulkActions(permitting.agent(), parts, permitting));
    this.id = id;
    this.withDrafts = withDrafts;
    this.stirs = stirs;
  }

  /** How it is, as it was read in one go. */
  private record Look(
      Conversation conversation, List<Message> named, Page<Message> page, List<Draft> drafts) {}

  /** Contents are read one at a time, when their turn comes. */
  @Override
  public Optional<Observation> next() {
    if (ready.isEmpty() && !over) {
      refill();
    }
    return Optional.ofNullable(ready.poll())
        .map(each -> each instanceof Observation.Said said ? withContent(said) : each);
  }

  @Override
  public boolean isOver() {
    return over && ready.isEmpty() || stirs.hasEnded();
  }

  @Override
  public void close() {
    stirs.close();
  }

  /** What cannot be read now is read at the next look. */
  private void refill() {
    Stirs.Stir stir = stirs.take();
    try {
      look(stir);
      failing = false;
    } catch (PortFailure unreachable) {
      stirs.putBack(stir);
      complain(unreachable);
    }
  }

  private void look(Stirs.Stir stir) {
    boolean worth = stir.anew() || stir.conversation() || more;
    List<Draft> drafts = withDrafts && (worth || stir.looked()) ? drafts() : List.of();
    if (!worth && shown.knows(drafts)) {
      return;
    }
    Optional<Conversation> found = find();
    Optional<String> refusal = found.isEmpty() ? Optional.empty() : refusal(found.get());
    if (found.isEmpty() || refusal.isPresent()) {
      over = true;
      ready.add(new Observation.Ended(refusal.orElse("The conversation is gone.")));
      return;
    }
    show(stir, new Look(found.get(), messages(stir.messages()), page(stir.anew()), drafts));
  }

  private void show(Stirs.Stir stir, Look look) {
    if (stir.anew()) {
      mark = null;
      shown = shown.anew();
    }
    ready.addAll(shown.conversation(look.conversation()));
    look.named().stream()
        .filter(this::isBehind)
        .forEach(each -> ready.addAll(shown.message(id, each)));
    look.page().items().forEach(each -> ready.addAll(shown.message(id, each)));
    ready.addAll(shown.drafts(look.drafts()));
    turn(look.page());
  }

  /** Those that the pages have come to are named anew; the others come with their page. */
  private boolean isBehind(Message message) {
    return mark != null
        && (message.at().isBefore(mark.at())
            || message.at().equals(mark.at()) && message.id().value().compareTo(mark.id()) <= 0);
  }

  private void turn(Page<Message> page) {
    more = page.next() != null;
    if (!page.items().isEmpty()) {
      Message last = page.items().get(page.items().size() - 1);
      mark = new Page.Mark(last.at(), last.id().value());
    }
  }

  private Optional<Conversation> find() {
    return parts.storage().inboxes().conversations(List.of(id)).stream().findFirst();
  }

  /** They may have lost the right meanwhile, or the conversation may be elsewhere. */
  private Optional<String> refusal(Conversation conversation) {
    return permitting.refusals(AgentAction.SPY, List.of(conversation.inbox())).values().stream()
        .findFirst();
  }

  private List<Message> messages(Set<MessageId> named) {
    return named.isEmpty() ? List.of() : parts.storage().inboxes().messages(named);
  }

  private Page<Message> page(boolean anew) {
    return parts
        .storage()
        .inboxes()
        .messagesOf(id, new Page.Request(anew ? null : mark, MESSAGES_AT_ONCE));
  }

  private List<Draft> drafts() {
    return parts.storage().drafts().inConversation(id);
  }

  private Observation withContent(Observation.Said said) {
    try {
      return new Observation.Said(said.message(), opening.read(said.message()));
    } catch (RuntimeException unreadable) {
      LOG.warn(
          "Message '{}' could not be read for a supervisor",
          said.message().id(),
          LoggedFailure.of(unreadable));
      return said;
    }
  }

  private void complain(PortFailure unreachable) {
    if (!failing) {
      LOG.warn(
          "Conversation '{}' could not be read for a supervisor who follows it; it is tried again"
              + " soon",
          id,
          LoggedFailure.of(unreachable));
    }
    failing = true;
  }
}
