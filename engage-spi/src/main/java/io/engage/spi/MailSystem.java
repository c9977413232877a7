package io.engage.spi;

import io.engage.model.inbox.Credential;
import org.jspecify.annotations.Nullable;

/**
 * Mail, in and out: how it is fetched, sent, read and written. {@code engage-imap} is the one for
 * real servers.
 *
 * <p><b>Callers.</b> Any thread, many at once.
 */
public interface MailSystem {

  /** Fetches. */
  MailSource source();

  /** Sends. */
  MailTransport transport();

  /** Reads and writes the form in which mail travels. */
  MailFormat format();

  /**
   * The same servers with little patience, for trying settings while somebody waits for the answer:
   * what takes longer than half a minute or so has failed. Nothing of it outlives the sessions that
   * it opened.
   *
   * @param credential what every account logs in with; null for what it logs in with otherwise
   */
  MailSystem trying(@Nullable Credential credential);
}
