package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a mail account granted us by OAuth 2.0, and how it stands now.
 *
 * @param refreshToken what access tokens are got with (RFC 6749 section 6)
 * @param issued the newest access token; null when there is none to use
 * @param standing whether the token server may be asked now
 * @param version counts the stored changes; 0 when it was never stored
 */
public record Grant(
    Secret refreshToken, @Nullable IssuedToken issued, Standing standing, long version) {

  /**
   * An access token.
   *
   * @param replacesRefused whether it was got because a mail server had refused the one before
   */
  public record IssuedToken(
      Secret token, Instant issuedAt, Instant endsAt, boolean replacesRefused) {
    public IssuedToken {
      requireNonNull(token, "token");
      requireNonNull(issuedAt, "issuedAt");
      requireNonNull(endsAt, "endsAt");
    }

    public boolean isGoodAt(Instant moment) {
      return moment.isBefore(endsAt);
    }
  }

  /** Whether the token server may be asked. Stored by its name and its parts. */
  public sealed interface Standing {

    /** It may be asked. */
    record Free() implements Standing {}

    /**
     * Somebody asks it now; after {@code until} that one is taken for dead.
     *
     * @param failures how many times in a row it could not be asked before
     */
    record Asking(Instant until, int failures) implements Standing {
      public Asking {
        requireNonNull(until, "until");
      }
    }

    /** It could not be asked {@code failures} times in a row; nobody asks before {@code until}. */
    record Resting(Instant until, int failures, String reason) implements Standing {
      public Resting {
        requireNonNull(until, "until");
        requireNonNull(reason, "reason");
      }
    }

    /** It takes the refresh token no more. It is not asked again until there is a new one. */
    record Withdrawn(Instant since, String reason) implements Standing {
      public Withdrawn {
        requireNonNull(since, "since");
        requireNonNull(reason, "reason");
      }
    }
  }

  public Grant {
    requireNonNull(refreshToken, "refreshToken");
    requireNonNull(standing, "standing");
    if (version < 0) {
      throw new IllegalArgumentException("The version of a grant cannot be less than 0");
    }
  }

  /** What an owner has just granted, not stored yet. */
  public static Grant of(Secret refreshToken) {
    return new Grant(refreshToken, null, new Standing.Free(), 0);
  }

  /** The owner consented again: everything that was known of the old token is void. */
  public Grant consentedAgain(Secret newRefreshToken) {
    return new Grant(newRefreshToken, null, new Standing.Free(), version);
  }

  public Grant withIssued(Secret nextRefreshToken, IssuedToken token) {
    return new Grant(nextRefreshToken, token, new Standing.Free(), version);
  }

  public Grant withStanding(Standing next) {
    return new Grant(refreshToken, issued, next, version);
  }

  public Grant withVersion(long next) {
    return new Grant(refreshToken, issued, standing, next);
  }
}
