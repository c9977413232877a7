package io.engage.oauth;

import io.engage.model.inbox.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a token server meant. Its own words are not kept: nobody knows what stands in them. */
sealed interface Answer {

  /**
   * @param refreshToken the one to use from now on; null when the old one stays good
   */
  record Issued(Secret accessToken, @Nullable Secret refreshToken, Duration life)
      implements Answer {}

  /** The refresh token is worth nothing any more. */
  record Withdrawn(String reason) implements Answer {}

  /** It does not know us as we are registered, or not for this. */
  record Misregistered(String reason) implements Answer {}

  /**
   * It cannot say now.
   *
   * @param atLeast how long it asks to be left alone
   */
  record Later(String reason, Duration atLeast) implements Answer {}
}
