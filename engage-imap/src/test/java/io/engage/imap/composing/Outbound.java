package io.engage.imap.composing;

import io.engage.imap.parsing.MailParsing;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.FileName;
import io.engage.model.message.HeaderField;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundCalendar;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Mails of the workshop for tests: says only what differs from an ordinary one. */
final class Outbound {
  private RfcMessageId id = RfcMessageId.of("1@shop.example");
  private NamedAddress from = NamedAddress.of("Workshop", "workshop@shop.example");
  private List<NamedAddress> to = List.of(NamedAddress.of("jose@customers.example"));
  private List<NamedAddress> bcc = List.of();
  private String subject = "Your bike";
  private String text = "It is ready.\n";
  private String html;
  private List<RfcMessageId> references = List.of();
  private OutboundCalendar calendar;
  private final List<HeaderField> extra = new ArrayList<>();
  private final List<OutboundAttachment> files = new ArrayList<>();

  Outbound id(RfcMessageId other) {
    id = other;
    return this;
  }

  Outbound from(String name) {
    from = NamedAddress.of(name, "workshop@shop.example");
    return this;
  }

  Outbound to(List<NamedAddress> others) {
    to = others;
    return this;
  }

  Outbound bcc(List<NamedAddress> others) {
    bcc = others;
    return this;
  }

  Outbound subject(String other) {
    subject = other;
    return this;
  }

  Outbound text(String other) {
    text = other;
    return this;
  }

  Outbound html(String other) {
    html = other;
    return this;
  }

  Outbound references(List<RfcMessageId> others) {
    references = others;
    return this;
  }

  Outbound extra(String name, String value) {
    extra.add(new HeaderField(name, value));
    return this;
  }

  Outbound file(String name, String type, String content) {
    MailContent bytes = MailContent.of(content.getBytes(StandardCharsets.ISO_8859_1));
    files.add(new OutboundAttachment(FileName.of(name), type, bytes));
    return this;
  }

  Outbound calendar(OutboundCalendar other) {
    calendar = other;
    return this;
  }

  OutboundMessage make() {
    return new OutboundMessage(
        id,
        OffsetDateTime.parse("2024-03-04T10:15:30+01:00"),
        from,
        to,
        List.of(),
        bcc,
        List.of(),
        subject,
        text,
        html,
        List.of(),
        references,
        extra,
        files,
        calendar);
  }

  static String composed(Outbound message) {
    try {
      return new String(MailComposing.compose(message.make()), StandardCharsets.ISO_8859_1);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  static ParsedMail parsed(Outbound message) {
    try {
      return MailParsing.parse(MailContent.of(MailComposing.compose(message.make())));
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }
}
