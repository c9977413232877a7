package io.engage.spi;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount;
import io.engage.model.message.MailContent;
import io.engage.model.outbox.SendOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands mails of ours to a server.
 *
 * <p><b>Callers.</b> Workers of the outbox, each with a session of its own.
 *
 * <p><b>Time.</b> Every call ends within finite timeouts, whatever the server does.
 *
 * <p>{@code MailTransportContract} in engage-testkit has a test for each promise on this page.
 */
public interface MailTransport {

  /**
   * Connects and logs in.
   *
   * @throws MailAccessFailure when that fails; nothing was sent
   */
  TransportSession open(MailAccount account);

  /** A connection that takes one mail after the other, for one thread at a time. */
  interface TransportSession extends AutoCloseable {

    /**
     * Sends one mail, once. It never repeats anything by itself and never throws for what a server
     * may do: every ending is an outcome. A session that can take no more says so by {@link
     * #isUsable}.
     *
     * <p>Bytes that cannot be opened or read, whatever they throw, are {@link
     * SendOutcome.NothingSent}; once the server has answered, its answer is the outcome, also when
     * closing the bytes fails.
     */
    SendOutcome send(Envelope envelope);

    /** Whether another mail may be given to this session. */
    boolean isUsable();

    /** Ends the connection. It never throws and may be called repeatedly. */
    @Override
    void close();
  }

  /**
   * A mail with the addresses that the server is told (RFC 5321 section 2.3.1).
   *
   * @param sender to whom what cannot be delivered is returned; null for the empty sender {@code
   *     <>}, to whom nothing is returned or answered
   * @param content its bytes with CRLF line ends; sent as they are, except for dot-stuffing
   */
  record Envelope(
      @Nullable EmailAddress sender, List<EmailAddress> recipients, MailContent content) {
    public Envelope {
      recipients = List.copyOf(recipients);
      requireNonNull(content, "content");
      if (recipients.isEmpty()) {
        throw new IllegalArgumentException("A mail cannot be sent to nobody");
      }
    }

    @Override
    public String toString() {
      return "Envelope[%d recipients, %d bytes]".formatted(recipients.size(), content.size());
    }
  }
}
