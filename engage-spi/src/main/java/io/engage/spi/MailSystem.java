package io.engage.spi;

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
}
