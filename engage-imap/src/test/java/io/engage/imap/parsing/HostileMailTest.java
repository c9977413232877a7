package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.bytes;
import static io.engage.imap.parsing.Mails.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.engage.model.message.Attachment;
import io.engage.model.message.MailContent;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-15")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostileMailTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void parts_nested_3000_deep_end_in_one_file() {
    StringBuilder source = new StringBuilder("Subject: deep\r\n");
    for (int i = 0; i < 3_000; i++) {
      source
          .append("Content-Type: multipart/mixed; boundary=b")
          .append(i)
          .append("x\r\n\r\n--b")
          .append(i)
          .append("x\r\n");
    }
    source.append("\r\nhello");

    ParsedMail mail = assertTimeoutPreemptively(LONG, () -> parse(bytes(source.toString())));

    assertThat(mail.headers().subject()).isEqualTo("deep");
    assertThat(mail.attachments()).hasSize(1);
    assertThat(mail.attachments().get(0).part().value().split("\\.")).hasSize(Bounds.DEPTH);
    assertThat(mail.warnings()).anyMatch(warning -> warning.contains("deep"));
  }

  @Test
  void a_megabyte_beneath_100_levels_is_read() {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < 99; i++) {
      source
          .append("Content-Type: multipart/mixed; boundary=b")
          .append(i)
          .append("x\r\n\r\n--b")
          .append(i)
          .append("x\r\n");
    }
    source.append("\r\n").append("hello\r\n".repeat(150_000));

    ParsedMail mail = assertTimeoutPreemptively(LONG, () -> parse(bytes(source.toString())));

    assertThat(mail.text()).hasSize(150_000 * 6);
  }

  @Test
  void of_100_000_parts_1000_are_read() {
    String part = "--b\r\nContent-Type: image/png\r\n\r\n";
    String source = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part.repeat(100_000);

    ParsedMail mail = assertTimeoutPreemptively(LONG, () -> parse(bytes(source)));

    assertThat(mail.attachments()).hasSize(Bounds.PARTS);
    assertThat(mail.warnings()).anyMatch(warning -> warning.contains("1000 parts"));
  }

  @Test
  void all_of_1000_parts_are_listed() {
    String part = "--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n";
    String source =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part.repeat(1_000) + "--b--\r\n";

    ParsedMail mail = parse(bytes(source));

    assertThat(mail.attachments()).hasSize(1_000);
    assertThat(mail.attachments().get(999).part()).isEqualTo(PartPath.of("1000"));
    assertThat(mail.warnings()).noneMatch(warning -> warning.contains("1000 parts"));
  }

  @Test
  void a_header_of_50_megabytes_is_cut_and_the_body_still_read() throws IOException {
    MailContent mail =
        repeated(
            "From: ana@x.example\r\nSubject: big\r\n",
            "X-Junk: 0123456789abcdef\r\n",
            2_000_000,
            "\r\nHello");

    ParsedMail parsed = assertTimeoutPreemptively(LONG, () -> MailParsing.parse(mail));

    assertThat(parsed.headers().subject()).isEqualTo("big");
    assertThat(parsed.text()).isEqualTo("Hello");
    assertThat(parsed.fields().size()).isLessThan(20_000);
    assertThat(parsed.warnings()).contains("A header is too long and was cut");
  }

  @Test
  void one_header_line_of_50_megabytes_is_cut_and_the_next_ones_still_read() {
    MailContent mail =
        repeated("X-Junk: ", "0123456789abcdef", 3_000_000, "\r\nSubject: after\r\n\r\nHello");

    ParsedMail parsed = assertTimeoutPreemptively(LONG, () -> MailParsing.parse(mail));

    assertThat(parsed.headers().subject()).isEqualTo("after");
    assertThat(parsed.text()).isEqualTo("Hello");
    assertThat(parsed.fields().get(0).value().length()).isLessThan(Bounds.FIELDS);
  }

  @Test
  void the_header_of_a_part_is_bounded_too() {
    MailContent mail =
        repeated(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX-Junk: ",
            "0123456789abcdef",
            1_000_000,
            "\r\nContent-Type: text/html\r\n\r\n<p>\r\n--b\r\n\r\nnext\r\n--b--");

    ParsedMail parsed = assertTimeoutPreemptively(LONG, () -> MailParsing.parse(mail));

    assertThat(parsed.html()).isNotNull();
    assertThat(parsed.html().value()).contains("<p>");
    assertThat(parsed.text()).isEqualTo("next");
  }

  @Test
  void a_body_without_line_ends_is_not_cut() {
    MailContent mail =
        repeated("Content-Type: application/x-big\r\n\r\n", "0123456789abcdef", 1_000_000, "");

    ParsedMail parsed = assertTimeoutPreemptively(LONG, () -> MailParsing.parse(mail));

    assertThat(parsed.attachments()).extracting(Attachment::size).containsExactly(16_000_000L);
  }

  @Test
  void boundaries_that_almost_match_take_linear_time() {
    for (String piece : new String[] {"--bx", "\r\n--bx", "\r\n--", "-", "\r\n-", "\n"}) {
      String body = "x" + piece.repeat(1_000_000 / piece.length());

      ParsedMail mail =
          assertTimeoutPreemptively(
              LONG,
              () ->
                  parse(
                      bytes(
                          "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
                              + body
                              + "\r\n--b--")));

      assertThat(mail.text().replace("\n", ""))
          .hasSize(body.replace("\r", "").replace("\n", "").length());
    }
  }

  @Test
  void a_long_boundary_takes_linear_time() {
    String boundary = "b".repeat(Bounds.BOUNDARY);
    String source =
        "Content-Type: multipart/mixed; boundary="
            + boundary
            + "\r\n\r\n--"
            + boundary
            + "\r\n\r\n"
            + ("--" + "b".repeat(Bounds.BOUNDARY - 1) + "\r\n").repeat(1_000)
            + "--"
            + boundary
            + "--";

    ParsedMail mail = assertTimeoutPreemptively(LONG, () -> parse(bytes(source)));

    assertThat(mail.text()).hasSizeGreaterThan(1_000_000);
  }

  @Test
  void a_thousand_forwarded_mails_cost_no_thousand_reports() {
    String header = "X-Junk: " + "j".repeat(20_000) + "\r\n";
    String part = "--b\r\nContent-Type: message/rfc822\r\n\r\n" + header + "\r\nx\r\n";
    String source =
        "Content-Type: multipart/digest; boundary=b\r\n\r\n" + part.repeat(999) + "--b--";

    ParsedMail mail = assertTimeoutPreemptively(LONG, () -> parse(bytes(source)));

    assertThat(mail.reports().stream().mapToInt(report -> report.text().length()).sum())
        .isLessThanOrEqualTo(Bounds.REPORTS);
    assertThat(mail.attachments()).hasSize(999);
  }

  @Test
  void quoted_lines_of_any_depth_take_linear_time() {
    String source =
        "Content-Type: text/plain; format=flowed\r\n\r\n"
            + ">".repeat(1_000_000)
            + " \r\n"
            + "> \r\n".repeat(100_000);

    ParsedMail mail = assertTimeoutPreemptively(LONG, () -> parse(bytes(source)));

    assertThat(mail.text()).startsWith(">>>>");
  }

  @Test
  @Tag("G-12")
  void a_mail_of_300_megabytes_is_read_and_its_file_written_in_little_memory() throws IOException {
    String line =
        "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n";
    int lines = 300_000_000 / line.length();
    MailContent mail =
        repeated(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee file\r\n--b\r\n"
                + "Content-Type: application/zip; name=big.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n",
            line,
            lines,
            "\r\n--b--\r\n");
    long[] written = {0};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            written[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            written[0] += length;
          }
        };
    long before = allocated();

    ParsedMail parsed = MailParsing.parse(mail);
    MailParsing.writePart(mail, PartPath.of("2"), counting);

    assertThat(allocated() - before).isLessThan(64L << 20);
    assertThat(parsed.text()).isEqualTo("see file");
    assertThat(parsed.attachments().get(0).size()).isEqualTo(lines * 57L);
    assertThat(written[0]).isEqualTo(lines * 57L);
  }

  /** What this thread has ever allocated: less than the heap wanted means it was never held. */
  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static MailContent repeated(String start, String piece, int times, String end) {
    Supplier<InputStream> open = () -> new Repeating(bytes(start), bytes(piece), times, bytes(end));
    long size = start.length() + (long) piece.length() * times + end.length();
    return new MailContent() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() {
        return open.get();
      }
    };
  }

  /** A start, a piece many times, an end; in as little memory as that. */
  private static final class Repeating extends InputStream {
    private final byte[] start;
    private final byte[] piece;
    private final byte[] end;
    private final int times;
    private byte[] current;
    private int position;
    private int repeated;
    private boolean ending;

    Repeating(byte[] start, byte[] piece, int times, byte[] end) {
      this.start = start;
      this.piece = piece;
      this.times = times;
      this.end = end;
      this.current = this.start;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      int filled = 0;
      while (filled < length && hasMore()) {
        int count = Math.min(length - filled, current.length - position);
        System.arraycopy(current, position, to, offset + filled, count);
        position += count;
        filled += count;
      }
      return filled == 0 && length > 0 ? -1 : filled;
    }

    private boolean hasMore() {
      while (position == current.length) {
        if (ending) {
          return false;
        }
        position = 0;
        ending = repeated == times;
        current = ending ? end : piece;
        repeated++;
      }
      return true;
    }
  }
}
