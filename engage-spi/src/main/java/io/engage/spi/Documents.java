package io.engage.spi;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.util.Collection;
import java.util.List;

/**
 * Finds small things that are kept whole: templates, notes, accounts, consents. They are written by
 * {@link InboxStore#commit}.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines.
 *
 * <p><b>Batches.</b> Each method is one statement, however many keys it is given.
 *
 * <p><b>Failure.</b> A store that cannot be reached throws {@link PortFailure}; reading changes
 * nothing and may be repeated.
 *
 * <p>{@code DocumentsContract} in engage-testkit has a test for each promise on this page.
 */
public interface Documents {

  /** Those of these documents that exist, in any order. */
  List<Document> find(Collection<DocumentKey> keys);

  /**
   * The documents of one kind and owner with ids above {@code afterId} (the empty text for the
   * first ones), in ascending order of their ids (compared by their UTF-16 code units), at most
   * {@code limit}.
   *
   * @return empty when there are no more
   */
  List<Document> ofOwner(DocumentKey.Kind kind, String owner, String afterId, int limit);

  /**
   * The same, whoever owns them: what is done to all that is kept of one kind. A page costs what it
   * holds.
   *
   * @return empty when there are no more
   */
  List<Document> ofKind(DocumentKey.Kind kind, String afterId, int limit);

  /** How many documents of one kind an owner has; none of them is read for it. */
  long count(DocumentKey.Kind kind, String owner);
}
