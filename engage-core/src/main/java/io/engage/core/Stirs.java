package io.engage.core;

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
    links.stream()
        .map(AuditLink::entry)
        .filter(entry -> !isAboutAgents(entry.fact()))
        .forEach(entry -> note(entry.subject()));
  }

  /** That agents come and go changes no conversation. */
  private static boolean isAboutAgents(AuditFact fact) {
    return fact instanceof AuditFact.SignedIn
        || fact instanceof AuditFact.SignedOut
        || fact instanceof AuditFact.BreakBegun
        || fact instanceof AuditFact.BreakEnded
        || fact instanceof AuditFact.AgentLookedAt
        || fact instanceof AuditFact.AgentMessaged
        || fact instanceof AuditFact.AgentMessageSeen
        || fact instanceof AuditFact.ScreenMonitored;
  }

  /** What happens to an inbox, or to everything, may happen to each conversation. */
  private synchronized void note(AuditSubject subject) {
    if (subject.conversation() == null) {
      conversation = true;
    } else if (subject.conversation().equals(id)) {
      conversation = true;
      add(subject.message() == null ? Set.of() : Set.of(subject.message()));
    }
  }

  private void add(Set<MessageId> more) {
    messages.addAll(more);
    if (messages.size() > MOST_MESSAGES) {
      messages.clear();
      anew = true;
    }
  }

  @Override
  public synchronized void lost() {
    anew = true;
    conversation = true;
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
