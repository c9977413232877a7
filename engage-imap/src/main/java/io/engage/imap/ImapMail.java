package io.engage.imap;

import static java.util.Objects.requireNonNull;

import io.engage.imap.connecting.Connecting;
import io.engage.imap.connecting.Timeouts;
import io.engage.imap.connecting.TrustedAuthorities;
import io.engage.imap.fetching.FetchLimits;
import io.engage.imap.fetching.ImapMailSource;
import io.engage.imap.fetching.Waiting;
import io.engage.imap.sending.SmtpMailTransport;
import io.engage.model.inbox.Credential;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Credentials;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Mail on real servers: IMAP in, SMTP out, MIME both ways.
 *
 * <pre>{@code
 * MailSystem mail = ImapMail.create(credentials);
 * }</pre>
 *
 * <p>TLS checks certificates and host names, and STARTTLS is never skipped; there is no setting to
 * the contrary. Every wait is finite. It holds nothing that needs closing: each session is closed
 * by who opened it, and the one thread that watches time limits is a daemon that ends when idle.
 */
public final class ImapMail implements MailSystem {
  private final Builder made;
  private final MailSource source;
  private final MailTransport transport;
  private final MailFormat format;

  private ImapMail(Builder builder) {
    made = builder;
    Connecting connecting = new Connecting(builder.credentials, builder.timeouts, builder.trust);
    source = new ImapMailSource(connecting, builder.limits, builder.waiting, builder.clock);
    transport = new SmtpMailTransport(connecting);
    format = builder.format;
  }

  /** Mail with ordinary limits. */
  public static ImapMail create(Credentials credentials) {
    return builder(credentials).build();
  }

  /**
   * @param credentials is asked at every connection
   */
  public static Builder builder(Credentials credentials) {
    return new Builder(credentials);
  }

  @Override
  public MailSource source() {
    return source;
  }

  @Override
  public MailTransport transport() {
    return transport;
  }

  @Override
  public MailFormat format() {
    return format;
  }

  @Override
  public MailSystem trying(@Nullable Credential credential) {
    return new ImapMail(made.trying(credential));
  }

  /** What somebody has just typed: there is no other one to try. */
  private record SameCredential(Credential credential) implements Credentials {
    @Override
    public Credential current(AccountId account) {
      return credential;
    }

    @Override
    public Credential renewed(AccountId account, Credential refused) {
      return credential;
    }
  }

  /** Says how mail is fetched and sent. Everything has a default. */
  public static final class Builder {
    private final Credentials credentials;
    private final Map<AccountId, SSLSocketFactory> trust = new HashMap<>();
    private Timeouts timeouts = Timeouts.standard();
    private FetchLimits limits = FetchLimits.standard();
    private Waiting waiting = Waiting.USUAL;
    private Clock clock = Clock.systemUTC();
    private MailFormat format = MimeFormat.create();

    private Builder(Credentials credentials) {
      this.credentials = requireNonNull(credentials, "credentials");
    }

    /** How long to wait until a connection stands: 20 seconds. */
    public Builder connectTimeout(Duration time) {
      timeouts = new Timeouts(time, timeouts.silence(), timeouts.command(), timeouts.finalAnswer());
      return this;
    }

    /** How long a server may be silent while an answer is due, or not take a byte: 1 minute. */
    public Builder silenceTimeout(Duration time) {
      timeouts = new Timeouts(timeouts.connect(), time, timeouts.command(), timeouts.finalAnswer());
      return this;
    }

    /** How long a command may take until it brings something useful: 5 minutes. */
    public Builder commandTimeout(Duration time) {
      timeouts = new Timeouts(timeouts.connect(), timeouts.silence(), time, timeouts.finalAnswer());
      return this;
    }

    /**
     * How long to wait for the answer to a mail that was sent whole: 10 minutes (RFC 5321 section
     * 4.5.3.2.6). Less leaves more mails in doubt.
     */
    public Builder finalAnswerTimeout(Duration time) {
      timeouts = new Timeouts(timeouts.connect(), timeouts.silence(), timeouts.command(), time);
      return this;
    }

    /** How much is handed over at once: 4 MiB, 500 mails. */
    public Builder batches(long bytes, int mails) {
      limits = limits.withBatch(bytes, mails);
      return this;
    }

    /** Of larger mails only the header is fetched: 512 MiB, more than any provider takes. */
    public Builder largestMail(long bytes) {
      limits = limits.withLargestMail(bytes);
      return this;
    }

    /** How often to ask a server that cannot tell of new mail by itself (IDLE): 30 seconds. */
    public Builder pollEvery(Duration time) {
      waiting = waiting.withPollEvery(time);
      return this;
    }

    /**
     * How long a server may tell of new mail (IDLE) before it is told to anew: 4 minutes, and at
     * most 28, since servers end it after 29. Some ways to a server forget a silent connection
     * sooner than that.
     */
    public Builder idleAnew(Duration time) {
      waiting = waiting.withIdleAnew(time);
      return this;
    }

    /** Lets one account trust these authorities too, for a server with a certificate of its own. */
    public Builder trusting(AccountId account, X509Certificate... authorities) {
      trust.put(account, TrustedAuthorities.ofJavaAnd(List.of(authorities)));
      return this;
    }

    /** Tells the time where a server does not. */
    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** Reads and writes mails in another way than {@link MimeFormat}. */
    public Builder format(MailFormat format) {
      this.format = requireNonNull(format, "format");
      return this;
    }

    public ImapMail build() {
      return new ImapMail(copy(credentials, timeouts));
    }

    private Builder trying(@Nullable Credential credential) {
      return copy(
          credential == null ? credentials : new SameCredential(credential), timeouts.brief());
    }

    private Builder copy(Credentials otherCredentials, Timeouts otherTimeouts) {
      Builder copy = new Builder(otherCredentials);
      copy.trust.putAll(trust);
      copy.timeouts = otherTimeouts;
      copy.limits = limits;
      copy.waiting = waiting;
      copy.clock = clock;
      copy.format = format;
      return copy;
    }
  }
}
