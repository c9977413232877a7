package io.engage.dialer;

import io.engage.dialer.rendering.MailForm;
import io.engage.dialer.rendering.RenderedMail;
import io.engage.model.message.SharedValues;
import io.engage.spi.MailFormat;
import io.engage.spi.MailFormat.MailSeries;
import java.io.IOException;

/** What all mails of a list have in common, read once and composed once. Thread-safe. */
final class ListMails {
  private final MailForm form;
  private final MailFormat format;
  private final MailSeries series;

  ListMails(MailForm form, MailFormat format) {
    this.form = form;
    this.format = format;
    this.series = format.series(form.text(), form.html());
  }

  MailForm form() {
    return form;
  }

  /**
   * The bytes of a mail that was made with the form.
   *
   * @throws IOException when an attachment cannot be read
   */
  byte[] compose(RenderedMail.Complete mail) throws IOException {
    SharedValues shared = mail.shared();
    return shared == null ? format.compose(mail.message()) : series.compose(mail.message(), shared);
  }
}
