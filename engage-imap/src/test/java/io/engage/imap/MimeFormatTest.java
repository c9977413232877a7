package io.engage.imap;

import io.engage.spi.MailFormat;
import io.engage.testkit.MailFormatContract;

class MimeFormatTest extends MailFormatContract {

  @Override
  protected MailFormat format() {
    return MimeFormat.create();
  }
}
