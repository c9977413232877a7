package io.engage.core;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.MessageId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what may have changed about one conversation until somebody looks: no more than which
 * messages, however long that takes.
 */
final class Stirs implements ChainFollower.Follower, AutoCloseable {
  private static final int MOST_MESSAGES = 1000;

  private final ConversationId id;
  private final Set<MessageId> messages = new HashSet<>();
  private boolean anew = true;
  private boolean conversation = true;
  private boolean looked = true;
  private boolean ended;
  private boolean closed;
  private volatile Runnable wake = () -> {};
  private ChainFollower.@Nullable Following following;

  Stirs(ConversationId id) {
    this.id = id;
  }

  /**
   * What may have changed since it was taken last.
   *
   * @param anew whether nothing of what was shown before counts
   * @param conversation whether the conversation itself, or what is in it
   * @param looked whether it is time to look at what leaves no trace
   */
  record Stir(boolean anew, boolean conversation, boolean looked, Set<MessageId> messages) {}

  /**
   * @param wakeUp is run whenever it is worth a look
   */
  void follow(ChainFollower chain, Runnable wakeUp) {
    wake = wakeUp;
    ChainFollower.Following begun = chain.follow(this);
    synchronized (this) {
      following = begun;
      if (!closed) {
        return;
      }
    }
    begun.close();
  }

  synchronized Stir take() {
    Stir stir = new Stir(anew, conversation, looked, Set.copyOf(messages));
    anew = false;
    conversation = false;
    looked = false;
    messages.clear();
    return stir;
  }

  /** It could not be looked at. */
  synchronized void putBack(Stir stir) {
    anew |= stir.anew();
    conversation |= stir.conversation();
    looked |= stir.looked();
    add(stir.messages());
  }

  /** Whether it is worth a look at the conversation. */
  synchronized boolean hasStirred() {
    return anew || conversation;
  }

  /** A message is to be looked at again. */
  synchronized void name(MessageId message) {
    add(Set.of(message));
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  @Override
  public void on(List<AuditLink> links) {
    links.stream().map(AuditLink::entry).forEach(this::note);
    if (hasStirred()) {
      wake.run();
    }
  }

  private synchronized void note(AuditEntry entry) {
    AuditSubject subject = entry.subject();
    if (id.equals(subject.conversation())) {
      conversation = true;
      add(subject.message() == null ? Set.of() : Set.of(subject.message()));
    } else if (subject.conversation() == null && mayConcernEach(entry.fact())) {
      conversation = true;
    }
  }

  /** What happens to an inbox and may change what is in it, or who may see that. */
  private static boolean mayConcernEach(AuditFact fact) {
    return fact instanceof AuditFact.InboxDeleted
        || fact instanceof AuditFact.InboxConfigured
        || fact instanceof AuditFact.MembersChanged;
  }

  private void add(Set<MessageId> more) {
    messages.addAll(more);
    if (messages.size() > MOST_MESSAGES) {
      messages.clear();
      anew = true;
    }
  }

  @Override
  public void lost() {
    synchronized (this) {
      anew = true;
      conversation = true;
    }
    wake.run();
  }

  @Override
  public void looked() {
    synchronized (this) {
      looked = true;
    }
    wake.run();
  }

  @Override
  public void ended() {
    synchronized (this) {
      ended = true;
    }
    wake.run();
  }

  @Override
  public void close() {
    ChainFollower.Following begun;
    synchronized (this) {
      closed = true;
      begun = following;
    }
    if (begun != null) {
      begun.close();
    }
  }
}
