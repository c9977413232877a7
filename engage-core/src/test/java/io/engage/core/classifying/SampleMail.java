package io.engage.core.classifying;

import io.engage.core.MailReader;
import io.engage.imap.MimeFormat;
import io.engage.model.message.MailContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A mail as real software writes it, and what has to be said about it.
 *
 * <p>Each {@code .txt} file among the resources holds the mails of one family. {@code === name}
 * starts one, the lines with {@code ? } below it are the claims, and the rest is the mail, in which
 * a line such as <code>{H}</code> stands for lines that many mails have.
 *
 * @param claims as {@link Claims} writes what was found
 */
record SampleMail(String name, List<String> claims, String raw) {
  private static final MailReader READER =
      MailReader.of(MimeFormat.create(), Classifying.of(SmsGatewaySender.wellKnown(), "US"));

  private static final String USUAL =
      """
      To: shop@shop.example
      Date: Fri, 03 May 2024 10:30:00 +0200
      Message-ID: <mail-1@sender.example>
      MIME-Version: 1.0""";
  private static final String RETURNED =
      """
      Return-Path: <shop@shop.example>
      Received: from web.shop.example ([192.0.2.7]) by mx.shop.example; Fri, 03 May 2024 10:29:00 +0200
      From: Shop <shop@shop.example>
      To: ana@kunde.example
      Subject: Your order 4711
      Message-ID: <order-7@shop.example>""";
  private static final Map<String, String> LINES =
      Map.of(
          "{H}",
          USUAL,
          "{T}",
          USUAL
              + """

              Content-Type: text/plain; charset=utf-8
              Content-Transfer-Encoding: 8bit""",
          "{COPY}",
          RETURNED,
          "{REPORT}",
          """
          Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

          --b1
          Content-Type: text/plain; charset=utf-8
          Content-Transfer-Encoding: 8bit
          """,
          "{STATUS}",
          "\n--b1\nContent-Type: message/delivery-status\n",
          "{RETURNED}",
          "\n--b1\nContent-Type: message/rfc822\n\n" + RETURNED + "\n\nIt is ready.\n--b1--",
          "{HEADERS}",
          "\n--b1\nContent-Type: text/rfc822-headers\n\n" + RETURNED + "\n\n--b1--");

  static Stream<SampleMail> of(String family) {
    return Stream.of(read(family).split("(?m)^=== ")).skip(1).map(SampleMail::parse);
  }

  Classification classified() {
    try {
      byte[] bytes = raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      return READER.readForImport(MailContent.of(bytes)).classification();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static SampleMail parse(String sample) {
    List<String> lines = sample.lines().toList();
    List<String> claims = lines.stream().skip(1).takeWhile(line -> line.startsWith("? ")).toList();
    List<String> mail = new ArrayList<>();
    lines.stream().skip(1 + claims.size()).map(l -> LINES.getOrDefault(l, l)).forEach(mail::add);
    return new SampleMail(
        lines.get(0),
        claims.stream().map(claim -> claim.substring(2)).toList(),
        String.join("\n", mail));
  }

  private static String read(String family) {
    try (InputStream file = SampleMail.class.getResourceAsStream(family + ".txt")) {
      return new String(
          Objects.requireNonNull(file, family).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
