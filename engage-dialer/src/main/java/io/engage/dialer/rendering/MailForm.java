package io.engage.dialer.rendering;

import io.engage.core.signing.LinkPurpose;
import io.engage.core.templating.Compilation;
import io.engage.core.templating.Encoding;
import io.engage.core.templating.FilledText;
import io.engage.core.templating.Templating;
import io.engage.core.templating.Variable;
import io.engage.dialer.inviting.EventForm;
import io.engage.dialer.inviting.Invitation;
import io.engage.dialer.inviting.Parties;
import io.engage.dialer.inviting.Revision;
import io.engage.dialer.naming.RecipientLinks;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.message.HeaderField;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.RfcMessageId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/** What all mails of a list have in common, read once. Thread-safe. */
public final class MailForm {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final String ONE_CLICK = "List-Unsubscribe=One-Click";
  private static final Set<String> OWN_FIELDS =
      Set.of(
          Rendering.UNSUBSCRIBE_FIELD,
          Rendering.SEEN_FIELD,
          Variable.CUSTOMER_ADDRESS.field(),
          Variable.INBOX_NAME.field(),
          Variable.INBOX_ADDRESS.field(),
          Variable.DATE.field(),
          Variable.TIME.field());

  private final Sheet sheet;
  private final Texts texts;
  private final @Nullable EventForm event;

  /**
   * @param text the template's
   * @param html the template's, with what follows each mail; null when it has none
   * @param footerText what follows each text
   * @param footerHtml the same in HTML; null when nothing needs HTML
   */
  record Texts(
      FilledText.Form subject,
      FilledText.Form text,
      FilledText.@Nullable Form html,
      FilledText.Form footerText,
      FilledText.@Nullable Form footerHtml) {}

  /**
   * @param event that each recipient is invited to; null when there is none
   */
  MailForm(Sheet sheet, Texts texts, @Nullable EventForm event) {
    this.sheet = sheet;
    this.texts = texts;
    this.event = event;
  }

  /** The names for which a row without a text of its own has to bring a value, event included. */
  public Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    Stream.of(texts.subject(), texts.text(), texts.html(), texts.footerText())
        .flatMap(Stream::ofNullable)
        .forEach(form -> fields.addAll(form.fields()));
    if (event != null) {
      fields.addAll(event.fields());
    }
    fields.removeAll(OWN_FIELDS);
    return fields;
  }

  /**
   * The mail of one row. The same arguments give the same mail.
   *
   * @param files those that the row names, by their tokens
   * @param now when it is sent
   */
  public RenderedMail decide(
      Recipient recipient, Map<String, OutboundAttachment> files, Instant now) {
    Optional<EmailAddress> address = EmailAddress.parse(recipient.address());
    if (address.isEmpty() || address.get().needsSmtpUtf8()) {
      return unsendable(Why.INVALID_ADDRESS, "The address is none to which mail can be sent");
    }
    List<OutboundAttachment> attached = new ArrayList<>();
    for (String token : recipient.row().attachments()) {
      OutboundAttachment file = files.get(token);
      if (file == null) {
        return unsendable(Why.INVALID_ROW, "The row names a file that was not uploaded");
      }
      attached.add(file);
    }
    return new Filling(recipient, address.get(), now).fill(attached);
  }

  private static RenderedMail unsendable(Why why, String words) {
    return new RenderedMail.Unsendable(RecipientOutcome.of(why, words));
  }

  /** One mail as it comes to be. */
  private final class Filling {
    private final Recipient recipient;
    private final EmailAddress address;
    private final Instant now;
    private final @Nullable String unsubscribe;
    private final Map<String, String> values;
    private final Set<String> missing = new TreeSet<>();

    Filling(Recipient recipient, EmailAddress address, Instant now) {
      this.recipient = recipient;
      this.address = address;
      this.now = now;
      this.unsubscribe =
          link(
              RecipientLinks.UNSUBSCRIBE_PATH,
              links ->
                  links.signUnsubscribing(recipient.id(), sheet.campaign().id(), address, now));
      this.values = values();
    }

    RenderedMail fill(List<OutboundAttachment> attached) {
      String subject = filled(texts.subject(), Encoding.TEXT);
      if (subject.chars().anyMatch(Filling::breaksHeader)) {
        return unsendable(
            Why.INVALID_ROW, "A value in the subject has a line break or a control character");
      }
      Optional<FilledText.Form> own = own();
      if (own.isEmpty()) {
        return unsendable(Why.INVALID_ROW, "The row's own text has what no template may have");
      }
      FilledText.Form ownText = own.get();
      boolean ownMessage = !recipient.row().message().isBlank();
      String words = filled(ownMessage ? ownText : texts.text(), Encoding.TEXT);
      String text = words + filled(texts.footerText(), Encoding.TEXT);
      String html = html(ownMessage, words);
      return missing.isEmpty()
          ? invited(complete(subject, text, html, attached))
          : unsendable(
              Why.INVALID_ROW, "There is no value for the fields " + String.join(", ", missing));
    }

    /** The event's UID is the token, which stays what it is when the inbox gets a new address. */
    private RenderedMail invited(RenderedMail.Complete mail) {
      if (event == null) {
        return mail;
      }
      Parties parties = new Parties(mail.message().from(), mail.message().to().get(0));
      Invitation invitation =
          event.decide(values, parties, Revision.request(mail.token(), event.sequence(), now));
      return invitation instanceof Invitation.Ready ready
          ? new RenderedMail.Complete(mail.message().with(ready.calendar()), mail.token())
          : unsendable(Why.INVALID_ROW, ((Invitation.Refused) invitation).reason());
    }

    private Optional<FilledText.Form> own() {
      return new Templating().decide(recipient.row().message()) instanceof Compilation.Ready ready
          ? Optional.of(ready.form())
          : Optional.empty();
    }

    /** Whatever has no HTML of its own stands before the footer as it is in the text. */
    private @Nullable String html(boolean ownMessage, String words) {
      FilledText.Form html = texts.html();
      if (!ownMessage && html != null) {
        return filled(html, Encoding.HTML);
      }
      FilledText.Form footer = texts.footerHtml();
      return footer == null
          ? null
          : "<div>" + asHtml(words) + "</div>" + filled(footer, Encoding.HTML);
    }

    private RenderedMail.Complete complete(
        String subject, String text, @Nullable String html, List<OutboundAttachment> attached) {
      String token = sheet.signatures().tokens().sign(recipient.id());
      NamedAddress sender = sheet.inbox().sender();
      OutboundMessage message =
          new OutboundMessage(
              RfcMessageId.of(token + '@' + sender.address().domain()),
              now.atOffset(ZoneOffset.UTC),
              sender,
              List.of(new NamedAddress("", address)),
              List.of(),
              List.of(),
              List.of(),
              subject,
              text,
              html,
              List.of(),
              List.of(),
              header(),
              attached);
      return new RenderedMail.Complete(message, token);
    }

    /** One click needs an address that nobody on the way can read or change (RFC 8058). */
    private List<HeaderField> header() {
      HeaderField bulk = new HeaderField("Precedence", "bulk");
      return unsubscribe == null || !unsubscribe.startsWith("https://")
          ? List.of(bulk)
          : List.of(
              new HeaderField("List-Unsubscribe", '<' + unsubscribe + '>'),
              new HeaderField("List-Unsubscribe-Post", ONE_CLICK),
              bulk);
    }

    private String filled(FilledText.Form form, Encoding encoding) {
      FilledText filled = form.fill(values, encoding);
      if (filled instanceof FilledText.Missing none) {
        missing.addAll(none.fields());
        return "";
      }
      return ((FilledText.Complete) filled).text();
    }

    /** What the row brings comes before what everybody has, except for the links. */
    private Map<String, String> values() {
      Map<String, String> all = new HashMap<>();
      ZonedDateTime local = now.atZone(sheet.inbox().settings().schedule().zone());
      all.put(Variable.DATE.field(), local.toLocalDate().toString());
      all.put(Variable.TIME.field(), TIME.format(local));
      all.put(Variable.INBOX_NAME.field(), sheet.inbox().name());
      all.put(Variable.INBOX_ADDRESS.field(), sheet.inbox().sender().address().value());
      all.put(Variable.CUSTOMER_ADDRESS.field(), address.value());
      all.putAll(recipient.row().variables());
      putOwn(all, Rendering.UNSUBSCRIBE_FIELD, unsubscribe);
      boolean counted = sheet.campaign().plan().countsOpens();
      putOwn(
          all,
          Rendering.SEEN_FIELD,
          counted
              ? link(
                  RecipientLinks.SEEN_PATH,
                  links -> links.sign(LinkPurpose.SEEN, recipient.id(), now))
              : null);
      return all;
    }

    private static void putOwn(Map<String, String> all, String field, @Nullable String value) {
      if (value == null) {
        all.remove(field);
      } else {
        all.put(field, value);
      }
    }

    private @Nullable String link(String path, Function<RecipientLinks, String> token) {
      String under = sheet.signatures().linksUnder();
      return under == null ? null : under + path + token.apply(sheet.signatures().links());
    }

    private static boolean breaksHeader(int c) {
      return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }

    private static String asHtml(String text) {
      return Entities.escape(text.replace("\r\n", "\n").replace('\r', '\n'))
          .replace("\n", "<br>\n");
    }
  }
}
