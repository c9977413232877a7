package io.engage.core;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.writing.Draft;
import io.engage.spi.PortFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
  private static final Duration FRESH_FOR = Duration.ofSeconds(5);

  private final Parts parts;
  private final Permitting permitting;
  private final Opening opening;
  private final ConversationId id;
  private final boolean withDrafts;
  private final Stirs stirs;
  private final Deque<Sight> ready = new ArrayDeque<>();
  private Shown shown = new Shown();
  private Page.@Nullable Mark mark;
  private Instant lookedAt = Instant.MIN;
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

  /**
   * What may be shown next.
   *
   * @param when remembers that it was: what is not shown after all is as if nobody had looked
   */
  private record Sight(Observation what, Runnable when) {}

  /** Contents are read one at a time, when their turn comes. */
  @Override
  public Optional<Observation> next() {
    if (isStale()) {
      more = true;
      ready.forEach(this::putBack);
      ready.clear();
    }
    if (ready.isEmpty() && !over) {
      refill();
    }
    return Optional.ofNullable(ready.poll()).map(this::show);
  }

  /** Nobody is shown what was looked at before something happened, or long ago. */
  private boolean isStale() {
    return !ready.isEmpty()
        && !over
        && (stirs.hasStirred() || parts.clock().instant().isAfter(lookedAt.plus(FRESH_FOR)));
  }

  private void putBack(Sight sight) {
    if (sight.what() instanceof Observation.Said said) {
      stirs.name(said.message().id());
    } else if (sight.what() instanceof Observation.Unsaid unsaid) {
      stirs.name(unsaid.message());
    }
  }

  private Observation show(Sight sight) {
    sight.when().run();
    return sight.what() instanceof Observation.Said said ? withContent(said) : sight.what();
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
    if (!worth && !(withDrafts && stir.looked())) {
      return;
    }
    List<Draft> drafts = withDrafts ? drafts() : List.of();
    if (!worth && shown.drafts(drafts).isEmpty()) {
      return;
    }
    Optional<Conversation> found = find();
    Optional<String> refusal = found.isEmpty() ? Optional.empty() : refusal(found.get());
    if (found.isEmpty() || refusal.isPresent()) {
      over = true;
      ready.add(
          new Sight(new Observation.Ended(refusal.orElse("The conversation is gone.")), () -> {}));
      return;
    }
    prepare(stir, new Look(found.get(), messages(stir.messages()), page(stir.anew()), drafts));
  }

  private void prepare(Stirs.Stir stir, Look look) {
    if (stir.anew()) {
      mark = null;
      shown = shown.anew();
    }
    Shown now = shown;
    now.conversation(look.conversation())
        .ifPresent(seen -> add(seen, () -> now.have(look.conversation())));
    look.named().stream()
        .filter(this::isBehind)
        .forEach(each -> now.message(id, each).ifPresent(seen -> add(seen, () -> now.have(each))));
    look.page().items().forEach(each -> prepare(now, each));
    now.drafts(look.drafts()).forEach(seen -> add(seen, () -> now.have(seen)));
    more = look.page().next() != null;
    lookedAt = parts.clock().instant();
  }

  /** Where the next page begins is decided by what of this one was shown. */
  private void prepare(Shown now, Message message) {
    Page.Mark behind = new Page.Mark(message.at(), message.id().value());
    add(
        new Observation.Said(message, null),
        () -> {
          now.have(message);
          mark = behind;
        });
  }

  private void add(Observation what, Runnable when) {
    ready.add(new Sight(what, when));
  }

  /** Those that the pages have come to are named anew; the others come with their page. */
  private boolean isBehind(Message message) {
    return mark != null
        && (message.at().isBefore(mark.at())
            || message.at().equals(mark.at()) && message.id().value().compareTo(mark.id()) <= 0);
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
