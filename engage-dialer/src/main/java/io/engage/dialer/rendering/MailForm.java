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
import io.engage.model.message.SharedText;
import io.engage.model.message.SharedValues;
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
  private final FormText subject;
  private final Body shared;
  private volatile @Nullable Common last;

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
      FilledText.@Nullable Form footerHtml) {

    /**
     * What stands in a mail with these words.
     *
     * @param words the template's or a row's own
     * @param own the template's HTML; null when the words have no HTML of their own, which then
     *     stand before the footer as they are in the text
     */
    Body body(FilledText.Form words, FilledText.@Nullable Form own) {
      FormText plain = FormText.of(words, Encoding.TEXT);
      FormText full = plain.then(FormText.of(footerText, Encoding.TEXT));
      if (own != null) {
        return new Body(full, FormText.of(own, Encoding.HTML));
      }
      return new Body(
          full,
          footerHtml == null
              ? null
              : FormText.of("<div>")
                  .then(plain.asHtml())
                  .then(FormText.of("</div>"))
                  .then(FormText.of(footerHtml, Encoding.HTML)));
    }
  }

  /**
   * Text and HTML of a mail.
   *
   * @param html null when it has none
   */
  record Body(FormText text, @Nullable FormText html) {}

  /**
   * @param event that each recipient is invited to; null when there is none
   */
  MailForm(Sheet sheet, Texts texts, @Nullable EventForm event) {
    this.sheet = sheet;
    this.texts = texts;
    this.event = event;
    this.subject = FormText.of(texts.subject(), Encoding.TEXT);
    this.shared = texts.body(texts.text(), texts.html());
  }

  /** The text of all mails whose rows have none of their own. */
  public SharedText text() {
    return shared.text().shared();
  }

  /** The HTML of the same mails; null when they have none. */
  public @Nullable SharedText html() {
    FormText html = shared.html();
    return html == null ? null : html.shared();
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

  /** Many mails are made in one moment. */
  private Map<String, String> common(Instant now) {
    Common known = last;
    if (known == null || !known.at().equals(now)) {
      known = new Common(now, commonAt(now));
      last = known;
    }
    return known.values();
  }

  private Map<String, String> commonAt(Instant now) {
    ZonedDateTime local = now.atZone(sheet.inbox().settings().schedule().zone());
    return Map.of(
        Variable.DATE.field(),
        local.toLocalDate().toString(),
        Variable.TIME.field(),
        TIME.format(local),
        Variable.INBOX_NAME.field(),
        sheet.inbox().name(),
        Variable.INBOX_ADDRESS.field(),
        sheet.inbox().sender().address().value());
  }

  /** What everybody's mail has at a moment. */
  private record Common(Instant at, Map<String, String> values) {}

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
      String line = subject.shared().filled(subject.values(values, missing));
      if (breaksHeader(line)) {
        return unsendable(
            Why.INVALID_ROW, "A value in the subject has a line break or a control character");
      }
      Body body = body();
      if (body == null) {
        return unsendable(Why.INVALID_ROW, "The row's own text has what no template may have");
      }
      FormText html = body.html();
      SharedValues filled =
          new SharedValues(
              body.text().values(values, missing),
              html == null ? List.of() : html.values(values, missing));
      return missing.isEmpty()
          ? invited(complete(line, body, filled, attached))
          : unsendable(
              Why.INVALID_ROW, "There is no value for the fields " + String.join(", ", missing));
    }

    /** A row's own text comes before the template; null when it cannot be one. */
    private @Nullable Body body() {
      String own = recipient.row().message();
      if (own.isBlank()) {
        return shared;
      }
      return new Templating().decide(own) instanceof Compilation.Ready ready
          ? texts.body(ready.form(), null)
          : null;
    }

    private RenderedMail invited(RenderedMail.Complete mail) {
      if (event == null) {
        return mail;
      }
      Parties parties = new Parties(mail.message().from(), mail.message().to().get(0));
      Revision revision = sheet.revision(recipient.id(), mail.token(), event.sequence(), now);
      Invitation invitation = event.decide(values, parties, revision);
      return invitation instanceof Invitation.Ready ready
          ? new RenderedMail.Complete(
              mail.message().with(ready.calendar()), mail.token(), mail.shared())
          : unsendable(Why.INVALID_ROW, ((Invitation.Refused) invitation).reason());
    }

    private RenderedMail.Complete complete(
        String line, Body body, SharedValues filled, List<OutboundAttachment> attached) {
      FormText html = body.html();
      String token = sheet.token(recipient.id());
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
              line,
              body.text().shared().filled(filled.text()),
              html == null ? null : html.shared().filled(filled.html()),
              List.of(),
              List.of(),
              header(),
              attached);
      return new RenderedMail.Complete(message, token, body == shared ? filled : null);
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

    /** What the row brings comes before what everybody has, except for the links. */
    private Map<String, String> values() {
      Map<String, String> all = new HashMap<>(common(now));
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

    private static boolean breaksHeader(String line) {
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
          return true;
        }
      }
      return false;
    }
  }
}
