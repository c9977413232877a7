package io.engage.spi;

import static java.util.Objects.requireNonNull;

/** A mail server could not be reached, or did not do what it was asked. */
public final class MailAccessFailure extends PortFailure {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why, in a form that a program can act on. */
  public enum Reason {
    UNKNOWN_HOST("the host name is unknown", true),
    REFUSED("nothing listens there", true),
    TIMEOUT("it did not answer in time", true),
    CERTIFICATE("its certificate is not trusted or names another host", false),
    NO_TLS("it does not offer the TLS that is required", false),
    WRONG_CREDENTIAL("it did not accept user and password or token", false),
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
  }

  public MailAccessFailure(Reason reason, String what, String advice) {
    super("%s: %s. %s".formatted(what, reason.words, advice), reason.retryable);
    this.reason = requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }
}
