package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("DI-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class MboxWriterTest {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final MboxWriter mbox = new MboxWriter(file);

  @Test
  void each_mail_begins_with_who_and_when_and_ends_with_an_empty_line() throws IOException {
    write("ana@customer.example", "Subject: Bell\r\n\r\nIs it there?\r\n");
    write("dirk@shop.example", "Subject: Re: Bell\r\n\r\nYes.");

    assertThat(written())
        .isEqualTo(
            """
            From ana@customer.example Mon Mar  2 08:00:00 2026
            Subject: Bell

            Is it there?

            From dirk@shop.example Mon Mar  2 08:00:00 2026
            Subject: Re: Bell

            Yes.

            """);
  }

  @ParameterizedTest
  @CsvSource({
    "From here on,>From here on",
    ">From here on,>>From here on",
    ">>>From here on,>>>>From here on",
    "Fro here,Fro here",
    "Fromage,Fromage",
    ">Fr>From x,>Fr>From x",
    "> From x,> From x",
    "from here,from here",
    "F,F",
    ">,>"
  })
  void a_line_that_could_begin_a_mail_is_quoted_so_that_it_can_be_undone(String line, String quoted)
      throws IOException {
    write("ana@customer.example", line + "\r\n" + line);

    assertThat(written().lines().skip(1)).containsExactly(quoted, quoted, "");
  }

  @Test
  void a_return_that_ends_no_line_stays() throws IOException {
    write("ana@customer.example", "a\rFrom b\r\r\nc\r");

    assertThat(written().substring(written().indexOf('\n') + 1))
        .isEqualTo("a\rFrom b\r\nc\r\n\n".replace("b\r\n", "b\r\n"));
  }

  @Test
  void whoever_would_break_the_first_line_is_not_named() throws IOException {
    write("\"ana\n silva\"@customer.example", "x");
    write("", "x");

    assertThat(written().lines().filter(line -> line.startsWith("From ")))
        .containsExactly(
            "From MAILER-DAEMON Mon Mar  2 08:00:00 2026",
            "From MAILER-DAEMON Mon Mar  2 08:00:00 2026");
  }

  @Test
  void what_was_written_can_be_taken_apart_again_whatever_it_was() throws IOException {
    Random random = new Random(7);
    String letters = "From >\nx";
    List<String> mails = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String mail =
          random
              .ints(random.nextInt(40), 0, letters.length())
              .mapToObj(at -> String.valueOf(letters.charAt(at)))
              .collect(Collectors.joining());
      mails.add(mail.endsWith("\n") ? mail : mail + "\n");
    }

    for (String each : mails) {
      write("ana@customer.example", each);
    }

    assertThat(takenApart(written())).isEqualTo(mails);
  }

  @Test
  void a_line_without_end_is_written_as_it_comes() throws IOException {
    long length = 20_000_000;
    long[] taken = new long[1];
    InputStream endless =
        new InputStream() {
          private long left = length;

          @Override
          public int read() {
            return left-- > 0 ? '>' : -1;
          }
        };
    MboxWriter counting =
        new MboxWriter(
            new OutputStream() {
              @Override
              public void write(int b) {
                taken[0]++;
              }
            });

    counting.write("ana@customer.example", Shop.MORNING, endless);

    assertThat(taken[0]).isGreaterThan(length);
  }

  private void write(String sender, String mail) throws IOException {
    mbox.write(
        sender,
        Instant.parse("2026-03-02T08:00:00Z"),
        new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
  }

  private String written() {
    return file.toString(StandardCharsets.UTF_8);
  }

  /** As a reader of such files does it. */
  private static List<String> takenApart(String file) {
    List<String> mails = new ArrayList<>();
    StringBuilder mail = new StringBuilder();
    for (String line : file.split("(?<=\n)")) {
      if (line.startsWith("From ")) {
        mail = new StringBuilder();
        mails.add("");
      } else {
        mail.append(line.matches("(?s)>+From .*") ? line.substring(1) : line);
        mails.set(mails.size() - 1, mail.substring(0, mail.length() - 1));
      }
    }
    return mails;
  }
}
