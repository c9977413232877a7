package io.engage.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mail server could not be reached, or did not do what it was asked. */
public final class MailAccessFailure extends PortFailure {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final @Nullable Duration retryAfter;

  /** Why, in a form that a program can act on. */
  public enum Reason {
    UNKNOWN_HOST("the host name is unknown", true),
    REFUSED("nothing listens there", true),
    TIMEOUT("it did not answer in time", true),
    CERTIFICATE("its certificate is not trusted or names another host", false),
    NO_TLS("it does not offer the TLS that is required", false),
    WRONG_CREDENTIAL("it did not accept user and password or token", false),
    TOKEN_REFUSED("it did not accept the access token", false),
    NO_FOLDER("it has no such folder", false),
    BUSY("it asks to come back later", true),
    CONNECTION_LOST("the connection broke", true),
    PROTOCOL("it answered something that cannot be understood", true);

    private final String words;
    private final boolean retryable;

    Reason(String words, boolean retryable) {
      this.words = words;
      this.retryable = retryable;
    }

    /** In plain words, to follow the name of the server. */
    public String words() {
      return words;
    }
  }

  /**
   * @param what the server and what was tried, such as {@code IMAP server 'imap.example.com:993'}
   * @param advice what to do about it, a sentence
   */
  public MailAccessFailure(Reason reason, String what, String advice, Throwable cause) {
    super("%s: %s. %s".formatted(what, reason.words, advice), reason.retryable, cause);
    this.reason = requireNonNull(reason, "reason");
    this.retryAfter = null;
  }

  public MailAccessFailure(Reason reason, String what, String advice) {
    this(reason, what, advice, (Duration) null);
  }

  /**
   * @param retryAfter how long the server asks to be left alone; null when it does not say
   */
  public MailAccessFailure(
      Reason reason, String what, String advice, @Nullable Duration retryAfter) {
    super("%s: %s. %s".formatted(what, reason.words, advice), reason.retryable);
    this.reason = requireNonNull(reason, "reason");
    this.retryAfter = retryAfter;
  }

  /** How long the server asks to be left alone; empty when it does not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  public Reason reason() {
    return reason;
  }
}
