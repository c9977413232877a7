package io.engage.spi;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps bytes under their SHA-256. The same bytes are kept once.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines over one store.
 *
 * <p><b>Commitment.</b> {@link #put} makes bytes readable at once in this process. They are durable
 * when {@link #makeDurable} has returned, which callers do once for many, before the commit that
 * refers to them. So after a crash every blob that a committed record names is there; others may
 * be.
 *
 * <p><b>Failure.</b> A store that is full or cannot be reached throws {@link PortFailure}; what was
 * durable before stays so.
 *
 * <p>{@code BlobStoreContract} in engage-testkit has a test for each promise on this page.
 */
public interface BlobStore {

  /**
   * Reads {@code content} to its end and keeps it, or knows from then on that what it keeps already
   * was put now. Memory does not grow with its length. The stream is not closed.
   *
   * @throws IOException when reading {@code content} fails; nothing is kept then
   */
  Blob put(InputStream content) throws IOException;

  /** Makes everything that was put before, by this caller, durable. */
  void makeDurable();

  /**
   * A new stream over the bytes; the caller closes it. It may be read while others write or delete.
   *
   * @throws NotFound when there are no such bytes
   */
  InputStream open(ContentDigest digest);

  /** What is kept under this digest; empty when nothing is. */
  Optional<Blob> find(ContentDigest digest);

  /**
   * Forgets bytes; what is unknown is passed over. They are gone for good when this returns.
   *
   * <p>Whoever has put bytes commits a moment later what refers to them, and cannot tell whether
   * the store had them before. So what was put, for the first time or again, less than {@code
   * unlessPutWithin} ago stays; so may what was put up to a minute longer ago. The store tells by
   * its own clock; to a store that only one process uses, what was put before that process began is
   * old. Putting and deleting the same bytes at the same moment ends in one of two ways: they stay,
   * or they are gone and kept anew.
   *
   * @return what stays because it was put so lately; it can be deleted later
   */
  Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin);
}
