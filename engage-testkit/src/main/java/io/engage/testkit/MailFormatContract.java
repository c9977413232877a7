package io.engage.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.Attachment;
import io.engage.model.message.FileName;
import io.engage.model.message.HeaderField;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundCalendar;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.model.message.ReportPart;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.SharedText;
import io.engage.model.message.SharedValues;
import io.engage.model.message.UntrustedHtml;
import io.engage.spi.MailFormat;
import io.engage.spi.MailFormat.MailSeries;
import io.engage.spi.NotFound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link MailFormat} promises. Extend it in the tests of yours. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class MailFormatContract {
  private static final String CALENDAR =
      String.join(
          "\r\n",
          "BEGIN:VCALENDAR",
          "VERSION:2.0",
          "METHOD:REQUEST",
          "BEGIN:VEVENT",
          "UID:1@shop.example",
          "SUMMARY:Größe und Rückruf",
          "END:VEVENT",
          "END:VCALENDAR",
          "");
  private static final String[] SPECIAL_FIELDS = {"From", "Date", "Message-ID", "Subject"};

  /** The format to try. */
  protected abstract MailFormat format();

  @Test
  @Tag("SY-3")
  public void a_mail_is_understood() throws IOException {
    byte[] mail =
        mail(
            "From: =?utf-8?Q?Jos=C3=A9?= <jose@customers.example>",
            "To: \"Workshop, Main Street\" <workshop@shop.example>",
            "Subject: =?utf-8?B?R3LDtsOfZQ==?=",
            "Date: Mon, 4 Mar 2024 09:05:07 +0100",
            "Message-ID: <2@customers.example>",
            "In-Reply-To: <1@shop.example>",
            "References: <0@shop.example> <1@shop.example>",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "Passt die Gr=C3=B6=C3=9Fe?");

    ParsedMail parsed = parse(mail);

    var headers = parsed.headers();
    assertThat(headers.from()).containsExactly(NamedAddress.of("José", "jose@customers.example"));
    assertThat(headers.to())
        .containsExactly(NamedAddress.of("Workshop, Main Street", "workshop@shop.example"));
    assertThat(headers.subject()).isEqualTo("Größe");
    assertThat(headers.date()).isEqualTo(OffsetDateTime.parse("2024-03-04T09:05:07+01:00"));
    assertThat(headers.messageId()).isEqualTo(RfcMessageId.of("2@customers.example"));
    assertThat(headers.inReplyTo()).containsExactly(RfcMessageId.of("1@shop.example"));
    assertThat(headers.references()).hasSize(2);
    assertThat(parsed.text()).isEqualTo("Passt die Größe?\n");
    assertThat(parsed.warnings()).isEmpty();
  }

  @Test
  @Tag("G-9")
  @Tag("G-11")
  public void any_bytes_give_a_result() throws IOException {
    Random random = new Random(20240501);
    assertThat(parse(new byte[0])).isNotNull();
    for (int i = 0; i < 200; i++) {
      byte[] anything = new byte[random.nextInt(2_000)];
      random.nextBytes(anything);

      assertThat(parse(anything)).isNotNull();
    }
  }

  @Test
  @Tag("G-11")
  public void unknown_charsets_broken_encodings_and_missing_boundaries_become_warnings()
      throws IOException {
    String from = "From: ana@customers.example";
    ParsedMail charset =
        parse(mail(from, "Content-Type: text/plain; charset=x-klingon", "", "Hello"));
    ParsedMail encoding = parse(mail(from, "Content-Transfer-Encoding: base64", "", "SGVs#bG8="));
    ParsedMail boundary = parse(mail(from, "Content-Type: multipart/mixed", "", "Hello"));

    assertThat(List.of(charset, encoding, boundary))
        .allSatisfy(mail -> assertThat(mail.text()).contains("Hello"))
        .allSatisfy(mail -> assertThat(mail.warnings()).isNotEmpty());
  }

  @Test
  @Tag("G-13")
  public void every_leaf_is_shown_or_listed_and_can_be_written() throws IOException {
    byte[] mail =
        mail(
            "Content-Type: multipart/mixed; boundary=m",
            "",
            "--m",
            "Content-Type: multipart/alternative; boundary=a",
            "",
            "--a",
            "",
            "text",
            "--a",
            "Content-Type: text/html",
            "",
            "<p>html</p>",
            "--a--",
            "--m",
            "Content-Type: application/pdf; name=\"a.pdf\"",
            "Content-Transfer-Encoding: base64",
            "",
            "JVBERg==",
            "--m",
            "Content-Type: message/rfc822",
            "",
            "Subject: inner",
            "",
            "inner",
            "--m--");

    ParsedMail parsed = parse(mail);

    assertThat(parsed.text()).isEqualTo("text");
    assertThat(parsed.html()).isEqualTo(new UntrustedHtml("<p>html</p>"));
    assertThat(parsed.attachments()).hasSize(2);
    for (Attachment attachment : parsed.attachments()) {
      byte[] written = part(mail, attachment.part());
      assertThat(attachment.size()).isEqualTo(written.length);
      assertThat(attachment.sha256().value()).isEqualTo(sha256(written));
    }
  }

  @Test
  @Tag("SY-4")
  public void a_part_that_is_not_there_is_not_found() {
    byte[] mail = mail("From: ana@customers.example", "", "Hello");

    assertThatThrownBy(() -> part(mail, PartPath.of("7.1"))).isInstanceOf(NotFound.class);
  }

  @Test
  @Tag("SY-4")
  public void names_of_files_are_safe() throws IOException {
    ParsedMail parsed =
        parse(
            mail(
                "Content-Type: application/pdf",
                "Content-Disposition: attachment; filename=\"../../etc/passwd\"",
                "",
                "x"));

    assertThat(parsed.attachments()).extracting(a -> a.name().value()).containsExactly("passwd");
  }

  @Test
  @Tag("G-15")
  public void nesting_and_counts_are_bounded() throws IOException {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b").append(i);
      deep.append("x\r\n\r\n--b").append(i).append("x\r\n");
    }
    String wide = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

    assertThat(parse(deep.toString().getBytes(ISO_8859_1)).warnings()).isNotEmpty();
    assertThat(parse((wide + "--b\r\n\r\n".repeat(100_000)).getBytes(ISO_8859_1)).warnings())
        .isNotEmpty();
  }

  @Test
  public void what_cannot_be_read_is_an_error() {
    MailContent unreadable =
        new MailContent() {
          @Override
          public long size() {
            return 10;
          }

          @Override
          public InputStream open() throws IOException {
            throw new IOException("the disk is gone");
          }
        };

    assertThatThrownBy(() -> format().parse(unreadable)).isInstanceOf(IOException.class);
  }

  @Test
  @Tag("WK-5")
  public void a_composed_mail_is_ascii_in_lines_that_every_server_takes() throws IOException {
    String composed = composed(everything());

    assertThat(composed.chars()).allMatch(c -> c < 128 && c != 0);
    assertThat(composed.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(composed).endsWith("\r\n");
    assertThat(composed.split("\r\n")).allMatch(line -> line.length() <= 998);
  }

  @Test
  @Tag("WK-5")
  public void a_composed_mail_has_one_of_each_field_and_no_bcc() throws IOException {
    String header = headerOf(composed(everything())).toLowerCase(Locale.ROOT);

    for (String name : SPECIAL_FIELDS) {
      assertThat(header.split("(?m)^" + name.toLowerCase(Locale.ROOT) + ":", -1)).hasSize(2);
    }
    assertThat(header).doesNotContain("bcc:", "hidden@customers.example");
    assertThat(header).contains("mime-version: 1.0");
  }

  @Test
  @Tag("G-30")
  public void the_same_message_gives_the_same_bytes() throws IOException {
    assertThat(format().compose(everything())).isEqualTo(format().compose(everything()));
  }

  @Test
  @Tag("DL-9")
  public void mails_that_share_their_texts_have_the_bytes_that_each_has_alone() throws IOException {
    SharedText text = new SharedText(List.of("Hallo ", ",\nGr\u00f6\u00dfe ", "\npasst.\n.\n"));
    SharedText html =
        new SharedText(
            List.of("<p>Hallo ", ",</p>\n" + "<p>Gr\u00f6\u00dfe passt</p>\n".repeat(9)));
    MailSeries both = format().series(text, html);
    MailSeries textOnly = format().series(text, null);

    for (String name : List.of("Jos\u00e9", "\u5b89\u5a1c", "", ".\nFrom me ", "x".repeat(2_000))) {
      SharedValues values = new SharedValues(List.of(name, "44 \r\n"), List.of(name));
      OutboundMessage alone = sharing(text.filled(values.text()), html.filled(values.html()));
      OutboundMessage withoutHtml = sharing(text.filled(values.text()), null);
      assertThat(both.compose(alone, values)).isEqualTo(format().compose(alone));
      assertThat(textOnly.compose(withoutHtml, new SharedValues(values.text(), List.of())))
          .isEqualTo(format().compose(withoutHtml));
    }
  }

  @Test
  @Tag("WK-5")
  public void a_composed_mail_is_understood_as_what_it_was() throws IOException {
    OutboundMessage message = everything();
    byte[] composed = format().compose(message);

    ParsedMail parsed = parse(composed);

    assertThat(parsed.headers().messageId()).isEqualTo(message.messageId());
    assertThat(parsed.headers().date()).isEqualTo(message.date());
    assertThat(parsed.headers().from()).containsExactly(message.from());
    assertThat(parsed.headers().to()).isEqualTo(message.to());
    assertThat(parsed.headers().cc()).isEqualTo(message.cc());
    assertThat(parsed.headers().replyTo()).isEqualTo(message.replyTo());
    assertThat(parsed.headers().subject()).isEqualTo(message.subject());
    assertThat(parsed.headers().inReplyTo()).isEqualTo(message.inReplyTo());
    assertThat(parsed.headers().references()).isEqualTo(message.references());
    assertThat(parsed.findField("Auto-Submitted")).contains("auto-replied");
    assertThat(parsed.text()).isEqualTo(message.text());
    assertThat(parsed.html()).isEqualTo(new UntrustedHtml(html(message)));
    assertThat(parsed.attachments())
        .extracting(Attachment::name)
        .containsExactly(FileName.of("Größe.pdf"));
    assertThat(part(composed, parsed.attachments().get(0).part())).isEqualTo(content());
  }

  @Test
  @Tag("WK-5")
  public void an_image_that_the_html_shows_comes_back_under_its_content_id() throws IOException {
    OutboundMessage message = withImage("<p>So: <img src=\"cid:bike@shop.example\"></p>");
    byte[] composed = format().compose(message);

    ParsedMail parsed = parse(composed);

    assertThat(parsed.html()).isEqualTo(new UntrustedHtml(html(message)));
    assertThat(parsed.text()).isEqualTo(message.text());
    assertThat(parsed.attachments())
        .extracting(Attachment::contentId, Attachment::inline, each -> each.name().value())
        .containsExactly(
            tuple("bike@shop.example", true, "bike.png"), tuple(null, false, "bill.pdf"));
    assertThat(part(composed, parsed.attachments().get(0).part())).isEqualTo(content());
  }

  @Test
  @Tag("WK-5")
  public void an_image_of_a_mail_without_html_is_listed_beside_the_text() throws IOException {
    ParsedMail parsed = parse(format().compose(withImage(null)));

    assertThat(parsed.html()).isNull();
    assertThat(parsed.attachments())
        .extracting(Attachment::inline, each -> each.name().value())
        .containsExactly(tuple(false, "bike.png"), tuple(false, "bill.pdf"));
  }

  @Test
  @Tag("DL-7")
  @Tag("G-52")
  public void an_invitation_stands_beside_the_text_and_once_more_as_a_file() throws IOException {
    OutboundMessage message = everything().with(invitation());
    byte[] composed = format().compose(message);

    ParsedMail parsed = parse(composed);

    assertThat(parsed.text()).isEqualTo(message.text());
    assertThat(parsed.html()).isEqualTo(new UntrustedHtml(html(message)));
    assertThat(parsed.reports())
        .extracting(ReportPart::contentType)
        .containsExactly("text/calendar", "application/ics");
    assertThat(parsed.reports().get(0).parameters().replaceAll("[\\s\"]", ""))
        .contains("method=REQUEST", "charset=utf-8");
    assertThat(parsed.reports())
        .allSatisfy(part -> assertThat(calendarOf(part)).isEqualTo(CALENDAR));
    assertThat(parsed.attachments())
        .extracting(each -> each.name().value())
        .containsExactly("Größe.pdf", "invite.ics");
    assertThat(part(composed, parsed.attachments().get(1).part()))
        .isEqualTo(CALENDAR.getBytes(UTF_8));
  }

  @Test
  @Tag("DL-7")
  @Tag("G-52")
  public void an_invitation_is_an_alternative_in_the_first_part_of_the_whole() throws IOException {
    for (OutboundMessage message : List.of(everything(), withImage("<p>So"), withImage(null))) {
      String mail = composed(message.with(invitation())).toLowerCase(Locale.ROOT);

      assertThat(mail)
          .containsSubsequence(
              "content-type: multipart/mixed",
              "content-type: multipart/alternative",
              "content-type: text/plain",
              "content-type: text/calendar; method=request; charset=utf-8",
              "content-type: application/ics");
      assertThat(mail.split("content-type: multipart/mixed", -1)).hasSize(2);
      assertThat(mail.split("content-type: text/calendar", -1)).hasSize(2);
    }
  }

  private static OutboundCalendar invitation() {
    return new OutboundCalendar(OutboundCalendar.Method.REQUEST, CALENDAR);
  }

  private static String calendarOf(ReportPart part) {
    return part.text().replace("\r\n", "\n").replace("\n", "\r\n");
  }

  @Test
  @Tag("WK-6")
  public void several_parts_are_written_one_after_the_other_in_one_reading() throws IOException {
    byte[] composed = format().compose(withImage("<p><img src=\"cid:bike@shop.example\"></p>"));
    List<PartPath> parts = parse(composed).attachments().stream().map(Attachment::part).toList();
    AtomicInteger readings = new AtomicInteger();
    List<String> told = new ArrayList<>();

    format()
        .writeParts(
            counted(composed, readings),
            List.of(parts.get(1), parts.get(0), parts.get(1)),
            part -> telling(part, told));

    String all = sha256(content());
    assertThat(told)
        .containsExactly(
            "opened " + parts.get(0).value(),
            "closed " + parts.get(0).value() + " after " + all,
            "opened " + parts.get(1).value(),
            "closed " + parts.get(1).value() + " after " + all);
    assertThat(readings).hasValue(1);
  }

  @Test
  @Tag("WK-6")
  public void where_one_of_several_parts_is_not_there_it_is_named() throws IOException {
    byte[] composed = format().compose(withImage(null));
    PartPath there = parse(composed).attachments().get(0).part();
    List<String> told = new ArrayList<>();

    assertThatThrownBy(
            () ->
                format()
                    .writeParts(
                        MailContent.of(composed),
                        List.of(there, PartPath.of("99")),
                        part -> telling(part, told)))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("'99'");

    assertThat(told).contains("closed " + there.value() + " after " + sha256(content()));
  }

  private static MailContent counted(byte[] mail, AtomicInteger readings) {
    return new MailContent() {
      @Override
      public long size() {
        return mail.length;
      }

      @Override
      public InputStream open() {
        readings.incrementAndGet();
        return new ByteArrayInputStream(mail);
      }
    };
  }

  private static OutputStream telling(PartPath part, List<String> told) {
    told.add("opened " + part.value());
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        told.add("closed " + part.value() + " after " + sha256(toByteArray()));
      }
    };
  }

  private static OutboundMessage withImage(@Nullable String html) {
    MailContent content = MailContent.of(content());
    return new OutboundMessage(
        RfcMessageId.of("image.1@shop.example"),
        OffsetDateTime.parse("2024-03-04T10:15:30+01:00"),
        NamedAddress.of("Workshop", "workshop@shop.example"),
        List.of(NamedAddress.of("jose@customers.example")),
        List.of(),
        List.of(),
        List.of(),
        "Your bike",
        "So: [bike]\n",
        html,
        List.of(),
        List.of(),
        List.of(),
        List.of(
            new OutboundAttachment(
                FileName.of("bike.png"), "image/png", content, "bike@shop.example"),
            new OutboundAttachment(FileName.of("bill.pdf"), "application/pdf", content)));
  }

  private ParsedMail parse(byte[] mail) throws IOException {
    return format().parse(MailContent.of(mail));
  }

  private byte[] part(byte[] mail, PartPath path) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    format().writePart(MailContent.of(mail), path, to);
    return to.toByteArray();
  }

  private String composed(OutboundMessage message) throws IOException {
    return new String(format().compose(message), ISO_8859_1);
  }

  private static OutboundMessage everything() {
    return new OutboundMessage(
        RfcMessageId.of("answer.1@shop.example"),
        OffsetDateTime.parse("2024-03-04T10:15:30+01:00"),
        NamedAddress.of("Workshop, Größe & Co", "workshop@shop.example"),
        List.of(NamedAddress.of("José \"Pepe\"", "jose@customers.example")),
        List.of(
            NamedAddress.of("ben@customers.example"),
            NamedAddress.of("安娜", "anna@customers.example")),
        List.of(NamedAddress.of("hidden@customers.example")),
        List.of(NamedAddress.of("answers@shop.example")),
        "Re: Größe und Rückruf – " + "ein langer Betreff ".repeat(20).strip(),
        "Hallo José,\n\npasst.\n.\nFrom here on " + "x".repeat(2_000) + " \nGrüße",
        "<p>Hallo José, <b>passt</b>.</p>" + "<br>".repeat(500),
        List.of(RfcMessageId.of("2@customers.example")),
        List.of(RfcMessageId.of("1@shop.example"), RfcMessageId.of("2@customers.example")),
        List.of(new HeaderField("Auto-Submitted", "auto-replied")),
        List.of(
            new OutboundAttachment(
                FileName.of("Größe.pdf"), "application/pdf", MailContent.of(content()))));
  }

  private static OutboundMessage sharing(String text, @Nullable String html) {
    OutboundMessage other = withImage(html);
    return new OutboundMessage(
        other.messageId(),
        other.date(),
        other.from(),
        other.to(),
        other.cc(),
        other.bcc(),
        other.replyTo(),
        other.subject(),
        text,
        html,
        other.inReplyTo(),
        other.references(),
        other.extraFields(),
        other.attachments());
  }

  private static String html(OutboundMessage message) {
    @Nullable String html = message.html();
    return html == null ? "" : html;
  }

  private static byte[] content() {
    byte[] content = new byte[5_000];
    new Random(5).nextBytes(content);
    return content;
  }

  private static String headerOf(String mail) {
    return mail.substring(0, mail.indexOf("\r\n\r\n"));
  }

  private static byte[] mail(String... lines) {
    return (String.join("\r\n", lines) + "\r\n").getBytes(ISO_8859_1);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
