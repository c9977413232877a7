package io.engage.spi;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount;
import io.engage.model.message.MailContent;
import io.engage.model.outbox.SendOutcome;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands mails of ours to a server.
 *
 * <p><b>Callers.</b> Workers of the outbox and of the dialer, each with a session of its own.
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

    /**
     * Sends one mail after the other, as fast as the server lets it, until the supply has no more
     * or this session has ended. A session that has ended takes none.
     *
     * <p><b>Outcomes.</b> Every mail that was taken has one outcome, as {@link #send} would give
     * it, in the order in which they were taken and as soon as it is known. Supply and consumer are
     * called on this thread.
     *
     * <p><b>Ahead.</b> At most one mail is taken before the outcome of the one before is told, so
     * that its addresses can travel with the end of that one (RFC 2920). It is asked for by {@link
     * EnvelopeSupply#nextIfReady} when nothing but that end is left to send, and nothing of its
     * content goes before that outcome was told. Whenever {@link EnvelopeSupply#awaitNext} is
     * called, everything taken has been sent and its outcome told: no mail hangs back because the
     * next is not there.
     *
     * <p><b>Breaks.</b> Nothing is sent twice. When the connection breaks, the mail whose end may
     * have gone out is {@link SendOutcome.InDoubt}, which is one at most; the one that was taken
     * ahead of its outcome is {@link SendOutcome.NothingSent}; and no further one is taken.
     *
     * <p><b>Exceptions</b> of the supply or the consumer are passed on and end the session. The
     * mail before the one that the supply fails to give is sent and its outcome told first; one
     * that was taken and whose outcome was not told then has not been sent.
     */
    default void sendAll(EnvelopeSupply supply, Consumer<SendOutcome> outcomes) {
      boolean passed = false;
      try {
        while (isUsable()) {
          Optional<Envelope> next = supply.awaitNext();
          if (next.isEmpty()) {
            break;
          }
          outcomes.accept(send(next.get()));
        }
        passed = true;
      } finally {
        if (!passed) {
          close();
        }
      }
    }

    /** Whether another mail may be given to this session. */
    boolean isUsable();

    /** Ends the connection. It never throws and may be called repeatedly. */
    @Override
    void close();
  }

  /** Gives {@link TransportSession#sendAll} its mails, at the pace that the caller wants. */
  interface EnvelopeSupply {

    /** The next mail if it may go now; empty when none may go yet, or no more come. Never waits. */
    Optional<Envelope> nextIfReady();

    /** The next mail, waited for as long as the caller likes; empty when no more come. */
    Optional<Envelope> awaitNext();

    /** Mails that may all go now. */
    static EnvelopeSupply of(Iterator<Envelope> envelopes) {
      requireNonNull(envelopes, "envelopes");
      return new EnvelopeSupply() {
        @Override
        public Optional<Envelope> nextIfReady() {
          return awaitNext();
        }

        @Override
        public Optional<Envelope> awaitNext() {
          return envelopes.hasNext() ? Optional.of(envelopes.next()) : Optional.empty();
        }
      };
    }
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
