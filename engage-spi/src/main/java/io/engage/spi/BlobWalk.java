package io.engage.spi;

import io.engage.model.message.ContentDigest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A skill that a {@link BlobStore} may have besides: it tells what it keeps, so that bytes are
 * found that were put by somebody who died before committing what refers to them. Implement both.
 *
 * <p><b>Callers.</b> One thread, seldom, while others put and delete.
 *
 * <p><b>Failure.</b> A store that cannot be reached throws {@link PortFailure}; reading changes
 * nothing and may be repeated.
 *
 * <p>{@code BlobWalkContract} in engage-testkit has a test for each promise on this page.
 */
public interface BlobWalk {

  /**
   * What was put longer than {@code ago} ago, by the store's own clock, and not again since, from
   * behind {@code after} on (null for the first) in the ascending order of digests, at most {@code
   * limit}. What stays during a walk from page to page is on exactly one of them.
   *
   * @return empty when there is no more
   */
  List<ContentDigest> putBefore(Duration ago, @Nullable ContentDigest after, int limit);
}
