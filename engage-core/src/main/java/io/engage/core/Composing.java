package io.engage.core;

import io.engage.core.answering.Answering;
import io.engage.core.answering.Body;
import io.engage.core.answering.Letter;
import io.engage.core.answering.Unlinking;
import io.engage.core.sanitizing.ImagePolicy;
import io.engage.core.sanitizing.PlainText;
import io.engage.core.sanitizing.SafeHtml;
import io.engage.core.sanitizing.Sanitizing;
import io.engage.core.templating.FilledTemplate;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.MailContent;
import io.engage.model.message.Message;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.UntrustedHtml;
import io.engage.model.template.TemplateId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of a draft what will be sent: for the preview and for sending, in the same way. */
final class Composing {
  /** Images of elsewhere that an agent put in are meant to be seen. */
  private static final ImagePolicy OWN_IMAGES = ImagePolicy.remoteBlocked().withRemoteShown();

  private final Agent agent;
  private final Parts parts;
  private final Answering answering;
  private final Filling filling;

  Composing(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.answering = new Answering(parts.numbersInSubjects());
    this.filling = new Filling(parts);
  }

  /**
   * What is to be sent, and where it will stand.
   *
   * @param conversation in which it will stand; not stored yet when the draft opens one
   * @param about the message answered or forwarded; null for one from scratch
   * @param files those that are not in the blob store
   */
  record Sheet(
      Draft draft,
      Conversation conversation,
      Inbox inbox,
      @Nullable Message about,
      List<OutboundAttachment> files) {
    Sheet with(Draft other) {
      return new Sheet(other, conversation, inbox, about, files);
    }
  }

  /**
   * A mail and its bytes.
   *
   * @param written what of it the agent wrote
   */
  record Composed(OutboundMessage mail, byte[] bytes, ParsedMail read, Body written) {}

  Outcome<Composed> compose(Sheet sheet) {
    List<OutboundAttachment> files = files(sheet);
    long size = files.stream().mapToLong(each -> each.content().size()).sum();
    if (size > parts.writing().mostOfFiles()) {
      return new Outcome.Refused<>(
          "The files have %d bytes together, but a mail takes %d. Leave one out."
              .formatted(size, parts.writing().mostOfFiles()));
    }
    FilledTemplate signature = signature(sheet);
    if (signature instanceof FilledTemplate.Unfilled unfilled) {
      return new Outcome.Refused<>("The signature cannot be used: " + unfilled.reason());
    }
    RfcMessageId messageId = messageId(sheet);
    Letter letter = letter(sheet, (FilledTemplate.Complete) signature, messageId, files);
    Optional<OutboundMessage> mail =
        answering.decide(letter, messageId, parts.clock().instant().atOffset(ZoneOffset.UTC));
    return mail.isEmpty()
        ? new Outcome.Refused<>("Nobody would get this message. Add a recipient.")
        : composed(mail.get(), letter.written());
  }

  private Outcome<Composed> composed(OutboundMessage mail, Body written) {
    if (mail.envelopeRecipients().stream().anyMatch(EmailAddress::needsSmtpUtf8)) {
      return new Outcome.Refused<>(
          "An address with other than plain letters before '@' cannot be written to. Use another"
              + " address of this person.");
    }
    byte[] bytes = bytes(mail);
    return bytes.length > parts.writing().largestMail()
        ? new Outcome.Refused<>(
            "The message has %d bytes, but a mail has at most %d. Write less or leave a file out."
                .formatted(bytes.length, parts.writing().largestMail()))
        : new Outcome.Done<>(new Composed(mail, bytes, parsed(bytes), written));
  }

  private RfcMessageId messageId(Sheet sheet) {
    ConversationId conversation = sheet.conversation().id();
    String domain = sheet.inbox().sender().address().domain();
    return parts.tokens().sign(conversation, parts.ids().next(), domain);
  }

  private Letter letter(
      Sheet sheet,
      FilledTemplate.Complete signature,
      RfcMessageId messageId,
      List<OutboundAttachment> files) {
    return new Letter(
        sheet.draft().kind(),
        sheet.conversation().id(),
        sheet.inbox(),
        parts.storage().inboxes().inboxes(),
        sheet.draft().content(),
        written(sheet.draft().content()),
        body(signature.text(), signature.html()),
        invitation(sheet, messageId),
        sheet.about(),
        history(sheet),
        files);
  }

  /** Customers are asked, not those beside the conversation. */
  private Body invitation(Sheet sheet, RfcMessageId messageId) {
    boolean toCustomer =
        sheet.draft().kind() != Draft.Kind.FORWARD && !sheet.conversation().isSideThread();
    return toCustomer
        ? CustomerLinks.ratingFooter(parts, sheet.inbox(), messageId)
            .map(footer -> new Body(footer.text(), footer.html()))
            .orElse(Body.EMPTY)
        : Body.EMPTY;
  }

  /** HTML leads: its text is derived, so that the two always say the same. */
  private static Body written(Composition content) {
    return content.html() == null
        ? Body.of(content.text())
        : body(PlainText.decide(new UntrustedHtml(content.html())), content.html());
  }

  private static Body body(String text, @Nullable String html) {
    return html == null || html.isBlank()
        ? Body.of(text)
        : new Body(text, Sanitizing.decide(new UntrustedHtml(html), OWN_IMAGES).value());
  }

  private Body history(Sheet sheet) {
    Message about = sheet.about();
    if (about == null || !sheet.draft().content().withHistory()) {
      return Body.EMPTY;
    }
    return contentOf(about, sheet.draft().kind() == Draft.Kind.FORWARD);
  }

  /**
   * What there is to read in a message.
   *
   * @param withImages whether its own images go along, so that its HTML may show them
   */
  Body contentOf(Message message, boolean withImages) {
    ImagePolicy blocked = ImagePolicy.remoteBlocked();
    ImagePolicy images = withImages ? blocked : blocked.withInlineAddress(contentId -> "");
    try {
      ReadMail mail =
          message.isPlainText()
              ? ReadText.of(message, parts)
              : parts.reader().read(new StoredContent(parts.blobs(), message.source()), images);
      SafeHtml html = mail.html();
      return withoutLinks(new Body(mail.text(), html == null ? null : html.value()));
    } catch (IOException unreadable) {
      throw new PortFailure(
          "The blob store could not read the source of message '%s'. Try again."
              .formatted(message.id()),
          true,
          unreadable);
    }
  }

  /** What a customer may do by a link of ours is for nobody else to do. */
  private Body withoutLinks(Body body) {
    return parts
        .links()
        .address(CustomerLinks.RATING_PATH)
        .map(links -> Unlinking.decide(body, links))
        .orElse(body);
  }

  /** First as the inbox signs, then as the agent does. */
  private FilledTemplate signature(Sheet sheet) {
    if (!sheet.draft().content().withSignature()) {
      return joined(List.of());
    }
    Map<String, String> values = values(sheet);
    List<FilledTemplate> both =
        Stream.concat(
                ofInbox(sheet.inbox(), values).stream(),
                parts.writing().signatures().signatureOf(agent.id()).stream()
                    .map(own -> FilledTemplate.decide("", own.text(), own.html(), values)))
            .toList();
    return both.stream()
        .filter(FilledTemplate.Unfilled.class::isInstance)
        .findFirst()
        .orElseGet(() -> joined(both.stream().map(FilledTemplate.Complete.class::cast).toList()));
  }

  private Optional<FilledTemplate> ofInbox(Inbox inbox, Map<String, String> values) {
    TemplateId signature = inbox.settings().signature();
    return signature == null
        ? Optional.empty()
        : filling.findTemplate(signature).map(each -> FilledTemplate.decide(each, values));
  }

  private static FilledTemplate joined(List<FilledTemplate.Complete> parts) {
    boolean plain = parts.stream().allMatch(part -> part.html() == null);
    return new FilledTemplate.Complete(
        "",
        String.join("\n", parts.stream().map(FilledTemplate.Complete::text).toList()),
        plain ? null : String.join("", parts.stream().map(Composing::asHtml).toList()));
  }

  private static String asHtml(FilledTemplate.Complete part) {
    return "<div>" + (part.html() == null ? Body.escaped(part.text()) : part.html()) + "</div>";
  }

  /** What templates are filled in with while this is written. */
  Map<String, String> values(Sheet sheet) {
    Composition content = sheet.draft().content();
    NamedAddress first =
        Stream.of(content.to(), content.cc()).flatMap(List::stream).findFirst().orElse(null);
    return filling.values(
        sheet.inbox(),
        sheet.conversation().id(),
        sheet.conversation().subject(),
        sheet.conversation().historyOf(),
        first,
        agent);
  }

  private List<OutboundAttachment> files(Sheet sheet) {
    List<OutboundAttachment> all = new ArrayList<>();
    sheet.draft().content().files().stream().map(this::attached).forEach(all::add);
    all.addAll(sheet.files());
    return all;
  }

  private OutboundAttachment attached(Composition.File file) {
    String type = file.contentType();
    String id = file.contentId();
    return new OutboundAttachment(
        file.name(),
        OutboundAttachment.isContentType(type) ? type : "application/octet-stream",
        new StoredContent(parts.blobs(), file.content()),
        id == null || !OutboundAttachment.isContentId(id) ? null : id);
  }

  private byte[] bytes(OutboundMessage mail) {
    try {
      return parts.mail().format().compose(mail);
    } catch (IOException unreadable) {
      throw new PortFailure(
          "An attachment of message '%s' could not be read. Attach it again."
              .formatted(mail.messageId()),
          false,
          unreadable);
    }
  }

  private ParsedMail parsed(byte[] bytes) {
    try {
      return parts.mail().format().parse(MailContent.of(bytes));
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory can always be read", impossible);
    }
  }
}
