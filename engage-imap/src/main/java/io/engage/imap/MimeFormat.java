package io.engage.imap;

import io.engage.imap.composing.MailComposing;
import io.engage.imap.parsing.MailParsing;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.model.message.SharedText;
import io.engage.spi.MailFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Mail as MIME. It needs no server and keeps nothing. */
public final class MimeFormat implements MailFormat {
  private MimeFormat() {}

  public static MimeFormat create() {
    return new MimeFormat();
  }

  @Override
  public ParsedMail parse(MailContent content) throws IOException {
    return MailParsing.parse(content);
  }

  @Override
  public void writePart(MailContent content, PartPath part, OutputStream to) throws IOException {
    MailParsing.writePart(content, part, to);
  }

  @Override
  public void writeParts(MailContent content, Collection<PartPath> parts, PartReceiver to)
      throws IOException {
    MailParsing.writeParts(content, parts, to);
  }

  @Override
  public byte[] compose(OutboundMessage message) throws IOException {
    return MailComposing.compose(message);
  }

  @Override
  public MailSeries series(SharedText text, @Nullable SharedText html) {
    return MailComposing.series(text, html);
  }
}
