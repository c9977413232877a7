import io.engage.core.MailReader;
import io.engage.core.classifying.Classifying;
import io.engage.core.classifying.SmsGatewaySender;
import io.engage.imap.MimeFormat;
import io.engage.model.message.MailContent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads mails of one megabyte that were made to cost time; CPU milliseconds of the reader. What it
 * costs to load the classes is left out by a short mail first.
 */
public final class HostileTexts {
  private static final int MEGABYTE = 1_000_000;
  private static final int WARMING = 10;
  private static final int MEASURED = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final MailReader READER =
      MailReader.of(
          MimeFormat.create(), Classifying.of(List.of(SmsGatewaySender.of("sms.example")), "US"));

  private HostileTexts() {}

  /**
   * @param arguments {@code plain} or {@code html}, and the pieces that are repeated, with Java's
   *     escapes
   */
  public static void main(String[] arguments) throws Exception {
    for (int i = 1; i < arguments.length; i++) {
      measure(arguments[0], arguments[i]);
    }
  }

  private static void measure(String subtype, String piece) throws Exception {
    String text = piece.translateEscapes();
    byte[] mail = mail(subtype, text.repeat(1 + MEGABYTE / text.length()));
    milliseconds(mail(subtype, "x"));
    double first = milliseconds(mail);
    for (int i = 0; i < WARMING; i++) {
      milliseconds(mail);
    }
    double least = Double.MAX_VALUE;
    for (int i = 0; i < MEASURED; i++) {
      least = Math.min(least, milliseconds(mail));
    }
    System.out.printf("%-6s first %6.1f ms, warm %5.1f ms  %s%n", subtype, first, least, piece);
  }

  private static double milliseconds(byte[] mail) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    READER.read(MailContent.of(mail));
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
  }

  private static byte[] mail(String subtype, String text) {
    String head =
        "From: ana@sms.example\r\nTo: shop@shop.example\r\nSubject: Undelivered mail\r\n"
            + "In-Reply-To: <1@shop.example>\r\nContent-Type: text/"
            + subtype
            + "; charset=utf-8\r\n\r\n";
    return (head + text).getBytes(StandardCharsets.UTF_8);
  }
}
