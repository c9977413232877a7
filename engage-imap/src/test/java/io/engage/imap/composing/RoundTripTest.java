package io.engage.imap.composing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.parsing.MailParsing;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.Attachment;
import io.engage.model.message.FileName;
import io.engage.model.message.HeaderField;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parsing gives back what was composed, for random mails made of nasty pieces. */
@Tag("WK-5")
@Tag("G-32")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RoundTripTest {
  /** Among them characters whose low byte is CR or LF. */
  private static final String[] PIECES = {
    "a",
    "Z",
    "0",
    " ",
    ".",
    ",",
    ";",
    ":",
    "<",
    ">",
    "@",
    "\"",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "=",
    "?",
    "=?",
    "?=",
    "=?utf-8?Q?x?=",
    "_",
    "-",
    "--",
    "é",
    "ß",
    "ø",
    "ł",
    "你",
    "こ",
    "🚲",
    "\u760d",
    "\u760a",
    "'",
    "%41",
    "&",
    "#",
    "=\u00e9",
    "word",
    "From ",
    "Bcc: x",
    "x".repeat(90)
  };

  private static final String[] HOSTILE = {
    "\r",
    "\n",
    "\r\n",
    "\0",
    "\u2028",
    "\u2029",
    "\u0085",
    "\u007f",
    "\t",
    "\r\nBcc: victim@x.example\r\n"
  };

  @RepeatedTest(400)
  void what_was_composed_is_read(RepetitionInfo info) throws IOException {
    OutboundMessage message = random(new Random(info.getCurrentRepetition()));

    byte[] bytes = MailComposing.compose(message);
    ParsedMail mail = MailParsing.parse(MailContent.of(bytes));

    assertThat(mail.headers().from()).containsExactly(oneBlank(message.from()));
    assertThat(mail.headers().to())
        .isEqualTo(message.to().stream().map(RoundTripTest::oneBlank).toList());
    assertThat(mail.headers().cc())
        .isEqualTo(message.cc().stream().map(RoundTripTest::oneBlank).toList());
    assertThat(mail.headers().bcc()).isEmpty();
    assertThat(mail.headers().subject()).isEqualTo(blanks(message.subject()));
    assertThat(mail.headers().date()).isEqualTo(message.date());
    assertThat(mail.headers().messageId()).isEqualTo(message.messageId());
    assertThat(mail.headers().references()).isEqualTo(message.references());
    assertThat(mail.text()).isEqualTo(message.text());
    assertThat(mail.attachments())
        .extracting(Attachment::name)
        .isEqualTo(message.attachments().stream().map(OutboundAttachment::name).toList());
    for (int i = 0; i < message.attachments().size(); i++) {
      ByteArrayOutputStream to = new ByteArrayOutputStream();
      MailParsing.writePart(MailContent.of(bytes), mail.attachments().get(i).part(), to);
      assertThat(to.toByteArray())
          .isEqualTo(message.attachments().get(i).content().open().readAllBytes());
    }
    assertWellFormed(bytes);
  }

  @Test
  void no_control_character_reaches_a_header() throws IOException {
    for (String hostile : HOSTILE) {
      for (OutboundMessage message : withEverywhere("a" + hostile + "b")) {
        byte[] bytes = MailComposing.compose(message);

        assertWellFormed(bytes);
        assertThat(MailParsing.parse(MailContent.of(bytes)).headers().bcc()).isEmpty();
      }
    }
  }

  @Test
  void characters_that_end_in_the_bytes_of_a_line_break_are_none() throws IOException {
    for (String odd : List.of("\u760d", "\u760a", "\u010a\u010d", "\ud83d\ude0d")) {
      List<OutboundMessage> messages = withEverywhere("a" + odd + "Bcc: victim@x.example");
      for (OutboundMessage message : messages) {
        assertWellFormed(MailComposing.compose(message));
      }
      assertThat(messages).hasSize(6);
    }
  }

  /** One message for each field that takes text; those that refuse it are left out. */
  private static List<OutboundMessage> withEverywhere(String text) {
    Stream<Supplier<OutboundMessage>> all =
        Stream.of(
            () -> new Outbound().from(text).make(),
            () ->
                new Outbound().to(List.of(NamedAddress.of(text, "jose@customers.example"))).make(),
            () -> new Outbound().subject(text).make(),
            () -> new Outbound().text(text).html(text).make(),
            () -> new Outbound().extra("X-Campaign", text).make(),
            () -> new Outbound().file(text, "application/pdf", "x").make());
    return all.flatMap(RoundTripTest::accepted).toList();
  }

  private static Stream<OutboundMessage> accepted(Supplier<OutboundMessage> message) {
    try {
      return Stream.of(message.get());
    } catch (IllegalArgumentException refusedByTheRecord) {
      return Stream.empty();
    }
  }

  private static void assertWellFormed(byte[] bytes) {
    String mail = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(mail.chars())
        .allMatch(c -> c == '\r' || c == '\n' || c == '\t' || (c >= ' ' && c < 127));
    assertThat(mail.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(mail.split("\r\n")).allMatch(line -> line.length() <= 998);
    String header = mail.substring(0, mail.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    assertThat(header).doesNotContainPattern("(?m)^bcc:");
    for (String name : List.of("from", "date", "message-id", "subject", "mime-version")) {
      assertThat(header.split("(?m)^" + name + ":", -1)).as(name).hasSize(2);
    }
  }

  private static OutboundMessage random(Random random) {
    ZoneOffset zone = ZoneOffset.ofTotalSeconds((random.nextInt(96) - 48) * 900 / 2 / 60 * 60);
    return new OutboundMessage(
        RfcMessageId.of(random.nextInt() + "@shop.example"),
        OffsetDateTime.of(
            LocalDateTime.of(
                2024, 1 + random.nextInt(12), 1 + random.nextInt(28), 10, 5, random.nextInt(60)),
            zone),
        mailbox(random),
        Stream.generate(() -> mailbox(random)).limit(1 + random.nextInt(4)).toList(),
        Stream.generate(() -> mailbox(random)).limit(random.nextInt(3)).toList(),
        List.of(NamedAddress.of("hidden@customers.example")),
        List.of(),
        text(random, 12).strip(),
        lines(random),
        random.nextBoolean() ? null : "<p>" + lines(random),
        List.of(),
        Stream.generate(() -> RfcMessageId.of(random.nextInt() + "@x"))
            .limit(random.nextInt(5))
            .toList(),
        List.of(new HeaderField("X-Campaign", text(random, 3))),
        Stream.generate(() -> file(random)).limit(random.nextInt(3)).toList());
  }

  private static NamedAddress mailbox(Random random) {
    return NamedAddress.of(text(random, 6), "c" + random.nextInt(99) + "@customers.example");
  }

  private static OutboundAttachment file(Random random) {
    byte[] content = new byte[random.nextInt(3_000)];
    random.nextBytes(content);
    return new OutboundAttachment(
        FileName.of("f" + text(random, 8)), "application/pdf", MailContent.of(content));
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static String lines(Random random) {
    return "x"
        + String.join(
            "\n", Stream.generate(() -> text(random, 10)).limit(1 + random.nextInt(8)).toList());
  }

  private static NamedAddress oneBlank(NamedAddress named) {
    return new NamedAddress(blanks(named.name()), named.address());
  }

  private static String blanks(String text) {
    return text.replaceAll(" +", " ").strip();
  }
}
