package io.engage.memory;

import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.spi.MailFormat;
import java.io.OutputStream;
import java.util.Collection;

/** Stands in where mails are only carried, never read. */
final class UnusedMailFormat implements MailFormat {
  @Override
  public ParsedMail parse(MailContent content) {
    throw unused();
  }

  @Override
  public void writePart(MailContent content, PartPath part, OutputStream to) {
    throw unused();
  }

  @Override
  public void writeParts(MailContent content, Collection<PartPath> parts, PartReceiver to) {
    throw unused();
  }

  @Override
  public byte[] compose(OutboundMessage message) {
    throw unused();
  }

  private static AssertionError unused() {
    return new AssertionError("Nothing here should read or write a mail");
  }
}
