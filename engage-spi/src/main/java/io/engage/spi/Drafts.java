package io.engage.spi;

import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what agents have begun to write. A draft is not business yet, so saving it leaves no trace
 * in the audit trail; sending it is a change, whose commit removes the draft too.
 *
 * <p><b>Callers.</b> Agents' threads, many at once, often: an editor saves by itself.
 *
 * <p>{@code DraftsContract} in engage-testkit has a test for each promise on this page.
 */
public interface Drafts {

  /**
   * Saves a draft. It carries the version that it was read with: 0 when it is new.
   *
   * @return the draft with its next version; durable
   * @throws StaleVersion when the stored version is another, or the inbox that it is for has gone
   *     to an heir; nothing was saved
   */
  Draft save(Draft draft);

  Optional<Draft> find(DraftId id);

  /** All drafts in a conversation, newest first, then by id, descending. */
  List<Draft> inConversation(ConversationId conversation);

  /** The drafts of an agent, newest first, then by id, descending, at most {@code limit}. */
  List<Draft> ofAgent(AgentId agent, int limit);

  /** Forgets a draft; one that is unknown is passed over. */
  void discard(DraftId id);
}
