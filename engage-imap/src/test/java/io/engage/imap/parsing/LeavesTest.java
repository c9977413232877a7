package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.bytes;
import static io.engage.imap.parsing.Mails.part;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.Attachment;
import io.engage.model.message.ParsedMail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mails of any structure, sensible and not: each leaf holds a word of its own, and each word is
 * read in the text or in the HTML, or comes out of a listed part.
 */
@Tag("G-13")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeavesTest {
  private static final int MAILS = 400;
  private static final String[] MULTIPARTS = {
    "mixed", "alternative", "related", "signed", "report", "parallel", "x-unheard-of", "MIXED"
  };
  private static final String[] LEAVES = {
    "text/plain",
    "text/html",
    "text/calendar; method=REQUEST",
    "text/x-unheard-of",
    "image/png",
    "application/pdf",
    "application/octet-stream; name=\"=?UTF-8?Q?a=2Fb?=\"",
    "application/pkcs7-signature; name=smime.p7s",
    "message/delivery-status",
    "message/disposition-notification",
    "message/partial; id=x; number=1; total=2",
    "message/external-body; access-type=URL",
    "audio/*",
    "garbage",
    ""
  };
  private static final String[] DISPOSITIONS = {
    "", "inline", "attachment", "attachment; filename=../x.html", "inline; filename=x.txt", "x-odd"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20_260_302})
  void every_leaf_is_shown_or_listed(long seed) throws IOException {
    Random random = new Random(seed);
    for (int mail = 0; mail < MAILS; mail++) {
      Tree tree = new Tree(random);
      byte[] source = bytes("From: ana@customer.example\r\n" + tree.entity(0));

      String found = everythingIn(source);

      assertThat(tree.words)
          .as("mail %d of seed %d:%n%s", mail, seed, new String(source, ISO_8859_1))
          .allSatisfy(word -> assertThat(found).contains(word));
    }
  }

  private static String everythingIn(byte[] source) throws IOException {
    ParsedMail mail = Mails.parse(source);
    StringBuilder found = new StringBuilder(mail.text());
    found.append('\n').append(mail.html() == null ? "" : mail.html().value());
    for (Attachment each : mail.attachments()) {
      found.append('\n').append(new String(part(source, each.part().value()), ISO_8859_1));
    }
    return found.toString();
  }

  /** One mail being made up. */
  private static final class Tree {
    private static final int DEEPEST = 6;

    private final List<String> words = new ArrayList<>();
    private final Random random;
    private int forwards;

    Tree(Random random) {
      this.random = random;
    }

    /** Header fields, an empty line, and a body. */
    String entity(int depth) {
      int kind = random.nextInt(10);
      if (depth < DEEPEST && kind < (depth == 0 ? 8 : 4)) {
        return multipart(depth);
      }
      return depth < DEEPEST && kind == 9 ? forwarded(depth) : leaf();
    }

    private String multipart(int depth) {
      String boundary = "b" + depth + random.nextInt(1_000);
      StringBuilder entity =
          new StringBuilder(
              "Content-Type: multipart/%s; boundary=\"%s\"\r\n\r\n"
                  .formatted(any(MULTIPARTS), boundary));
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        entity
            .append("--")
            .append(boundary)
            .append("\r\n")
            .append(entity(depth + 1))
            .append("\r\n");
      }
      boolean complete = random.nextInt(5) > 0;
      return entity + (complete ? "--" + boundary + "--\r\n" : "");
    }

    /** It is listed as a whole, as it came: words in it are looked for unencoded. */
    private String forwarded(int depth) {
      forwards++;
      String inner = entity(depth + 1);
      forwards--;
      return "Content-Type: message/rfc822\r\n\r\nSubject: Fwd\r\n" + inner;
    }

    private String leaf() {
      String word = "word" + words.size() + "x" + random.nextInt(1_000_000);
      words.add(word);
      String type = any(LEAVES);
      String disposition = any(DISPOSITIONS);
      String header =
          (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
              + (disposition.isEmpty() ? "" : "Content-Disposition: " + disposition + "\r\n")
              + (random.nextInt(4) == 0 ? "Content-ID: <" + word + ">\r\n" : "");
      return header + encoded(type.startsWith("text/html") ? "<p>" + word + "</p>" : word);
    }

    private String encoded(String text) {
      return switch (random.nextInt(forwards > 0 ? 2 : 4)) {
        case 3 ->
            "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
        case 2 -> "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + text + "=\r\n";
        case 1 -> "Content-Transfer-Encoding: x-unheard-of\r\n\r\n" + text;
        default -> "\r\n" + text;
      };
    }

    private String any(String[] of) {
      return of[random.nextInt(of.length)];
    }
  }
}
