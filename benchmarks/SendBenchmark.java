import static java.nio.charset.StandardCharsets.US_ASCII;

import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.message.MailContent;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.EnvelopeSupply;
import io.engage.spi.MailTransport.TransportSession;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Sends mails of 4 KB over kept connections: with Engage's transport, with Angus alone and with
 * Postfix' smtp-source, in turns.
 *
 * <p>{@code send.sh} starts it: {@code SendBenchmark PORT ENGAGE_PORT SOURCE_PORT ANGUS_PORT MAILS
 * ROUNDS WARM_UP SMTP_SOURCE SESSIONS...}: a port to get warm at, and one for each, so that the way
 * there can be watched.
 */
public final class SendBenchmark {
  private static final int SIZE = 4096;
  private static final EmailAddress SHOP = EmailAddress.of("service@shop.example");
  private static final EmailAddress ANA = EmailAddress.of("ana@customer.example");

  private final int engagePort;
  private final int sourcePort;
  private final int angusPort;
  private final String source;
  private final byte[] mail = mail();

  private SendBenchmark(int engagePort, int sourcePort, int angusPort, String source) {
    this.engagePort = engagePort;
    this.sourcePort = sourcePort;
    this.angusPort = angusPort;
    this.source = source;
  }

  /** One way to send so many mails over so many connections. */
  private interface Way {
    void send(int mails, int sessions) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    int[] number = Stream.of(arguments).mapToInt(SendBenchmark::number).toArray();
    SendBenchmark first = new SendBenchmark(number[0], number[0], number[0], arguments[7]);
    first.engage(number[6], 2);
    first.angus(number[6] / 4, 2);
    SendBenchmark benchmark = new SendBenchmark(number[1], number[2], number[3], arguments[7]);
    int mails = number[4];
    int rounds = number[5];
    for (int i = 8; i < number.length; i++) {
      benchmark.compare(mails, rounds, number[i]);
    }
  }

  private static int number(String argument) {
    return argument.matches("\\d+") ? Integer.parseInt(argument) : -1;
  }

  /** What one way did in one round. */
  private record Figures(double perSecond, double cpuMicros) {}

  private void compare(int mails, int rounds, int sessions) throws Exception {
    List<Figures> engage = new ArrayList<>();
    List<Figures> angus = new ArrayList<>();
    List<Figures> peer = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      engage.add(measured(this::engage, mails, sessions));
      peer.add(measured(this::source, mails, sessions));
      angus.add(measured(this::angus, mails, sessions));
    }
    line("%d session(s)", sessions);
    print("engage", engage);
    print("smtp-source", peer);
    print("Angus, kept", angus);
    double median = median(engage, Figures::perSecond);
    line(
        "  engage is %.2f x smtp-source, %.2f x Angus kept",
        median / median(peer, Figures::perSecond), median / median(angus, Figures::perSecond));
  }

  private static Figures measured(Way way, int mails, int sessions) throws Exception {
    double cpu = cpuSeconds();
    long begun = System.nanoTime();
    way.send(mails, sessions);
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Figures(mails / seconds, (cpuSeconds() - cpu) * 1e6 / mails);
  }

  /** Of this process and of the children that have ended (proc(5)). */
  private static double cpuSeconds() throws Exception {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return IntStream.of(11, 12, 13, 14).mapToLong(i -> Long.parseLong(fields[i])).sum() / 100.0;
  }

  private static void print(String way, List<Figures> figures) {
    String each =
        figures.stream()
            .map(one -> "%.0f".formatted(one.perSecond()))
            .collect(Collectors.joining(" "));
    line(
        "  %-12s median %6.0f mails/s, %5.1f us of CPU a mail; rounds: %s",
        way, median(figures, Figures::perSecond), median(figures, Figures::cpuMicros), each);
  }

  private void engage(int mails, int sessions) throws Exception {
    MailAccount account =
        MailAccount.of("shop", SHOP.value(), null, ServerEndpoint.loopback(engagePort));
    ImapMail system =
        ImapMail.create(
            InMemoryCredentials.create().with(account.id(), Credential.password("unused")));
    onThreads(
        sessions,
        () -> {
          int share = mails / sessions;
          int[] accepted = {0};
          try (TransportSession session = system.transport().open(account)) {
            Envelope envelope = new Envelope(SHOP, List.of(ANA), MailContent.of(mail));
            Iterator<Envelope> envelopes =
                IntStream.range(0, share).mapToObj(i -> envelope).iterator();
            session.sendAll(
                EnvelopeSupply.of(envelopes),
                outcome -> accepted[0] += outcome instanceof SendOutcome.Accepted ? 1 : 0);
          }
          requireAll(share, accepted[0]);
          return null;
        });
  }

  private void angus(int mails, int sessions) throws Exception {
    onThreads(
        sessions,
        () -> {
          Properties properties = new Properties();
          properties.put("mail.smtp.host", "127.0.0.1");
          properties.put("mail.smtp.port", Integer.toString(angusPort));
          properties.put("mail.smtp.from", SHOP.value());
          Session session = Session.getInstance(properties);
          MimeMessage message = new MimeMessage(session);
          message.setFrom(new InternetAddress(SHOP.value()));
          message.setRecipients(Message.RecipientType.TO, ANA.value());
          message.setSubject("Your watch");
          message.setText(text());
          message.saveChanges();
          Address[] to = message.getAllRecipients();
          SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
          transport.connect();
          for (int i = 0; i < mails / sessions; i++) {
            transport.sendMessage(message, to);
          }
          transport.close();
          return null;
        });
  }

  private void source(int mails, int sessions) throws Exception {
    Process process =
        new ProcessBuilder(
                source,
                "-d",
                "-s",
                "" + sessions,
                "-m",
                "" + mails,
                "-l",
                "" + SIZE,
                "-f",
                SHOP.value(),
                "-t",
                ANA.value(),
                "127.0.0.1:" + sourcePort)
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("smtp-source failed");
    }
  }

  private static void onThreads(int threads, Callable<Void> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> each : executor.invokeAll(Collections.nCopies(threads, work))) {
        each.get();
      }
    } finally {
      executor.shutdown();
      executor.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private static void requireAll(int mails, int accepted) {
    if (mails != accepted) {
      throw new IllegalStateException("Of %d mails %d were accepted".formatted(mails, accepted));
    }
  }

  private static byte[] mail() {
    String head =
        """
        From: service@shop.example
        To: ana@customer.example
        Subject: Your watch
        Date: Sun, 22 Nov 2026 10:00:00 +0000
        Message-ID: <watch@shop.example>

        """;
    return (head.replace("\n", "\r\n") + text()).getBytes(US_ASCII);
  }

  private static String text() {
    String line = "Your watch is ready. We are open from nine to five, come whenever you like.\r\n";
    return line.repeat((SIZE - 160) / line.length());
  }

  private static double median(List<Figures> figures, ToDoubleFunction<Figures> figure) {
    return figures.stream()
        .mapToDouble(figure)
        .sorted()
        .skip(figures.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static void line(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
