package io.engage.memory;

import io.engage.spi.MailSource;

/** The server in memory plays one without CONDSTORE. */
class InMemoryMailWithoutModSeqTest extends InMemoryMailSourceTest {
  @Override
  protected MailSource source() {
    return mail.withoutModSeq().source();
  }

  @Override
  protected boolean countsChanges() {
    return false;
  }
}
