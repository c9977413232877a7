package io.engage.dialer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that remembers for whom it took mails, in the order in which they ended. It takes all,
 * unless it was told otherwise of somebody.
 */
final class RecordingSmtp implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<String>> moods = new ConcurrentHashMap<>();

  /** Hangs up instead of answering. */
  static final String DROP = "drop";

  /** Never answers, and does not hang up either. */
  static final String SILENCE = "silence";

  private RecordingSmtp(ServerSocket listener) {
    this.listener = listener;
  }

  static RecordingSmtp start() throws IOException {
    RecordingSmtp server =
        new RecordingSmtp(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    inBackground(server::accept);
    return server;
  }

  int port() {
    return listener.getLocalPort();
  }

  List<String> taken() {
    return List.copyOf(taken);
  }

  /**
   * What it answers to the next steps of this kind for somebody, instead of what it would.
   *
   * @param step RCPT, DATA or END, which is the end of the mail
   */
  void answer(String step, String recipient, String... answers) {
    moods
        .computeIfAbsent(step + " " + recipient, any -> new ConcurrentLinkedDeque<>())
        .addAll(List.of(answers));
  }

  /** Whether the conversation goes on as usual. */
  private boolean isUsual(OutputStream out, String step, String recipient) throws IOException {
    Deque<String> mood = moods.get(step + " " + recipient);
    String answer = mood == null ? null : mood.poll();
    if (answer == null) {
      return true;
    } else if (answer.equals(DROP)) {
      throw new IOException("Hung up");
    } else if (!answer.equals(SILENCE)) {
      say(out, answer);
    }
    return false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        inBackground(() -> serve(client));
      }
    } catch (IOException closed) {
      // That is its end.
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "recording-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      say(out, "220 sink.example ESMTP");
      talk(in, out);
    } catch (IOException gone) {
      // Whoever was killed hangs up.
    }
  }

  private void talk(BufferedReader in, OutputStream out) throws IOException {
    String recipient = "";
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String command = line.toUpperCase(Locale.ROOT);
      if (command.startsWith("EHLO")) {
        say(out, "250-sink.example\r\n250-AUTH PLAIN LOGIN\r\n250-PIPELINING\r\n250 8BITMIME");
      } else if (command.startsWith("AUTH")) {
        say(out, "235 2.7.0 In");
      } else if (command.startsWith("RCPT TO:")) {
        String wanted = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        boolean usual = isUsual(out, "RCPT", wanted);
        recipient = usual ? wanted : "";
        if (usual) {
          say(out, "250 2.1.5 Ok");
        }
      } else if (command.equals("DATA")) {
        takeMail(in, out, recipient);
      } else if (command.equals("QUIT")) {
        say(out, "221 2.0.0 Bye");
        return;
      } else {
        say(out, "250 2.0.0 Ok");
      }
    }
  }

  private void takeMail(BufferedReader in, OutputStream out, String recipient) throws IOException {
    if (recipient.isEmpty()) {
      say(out, "554 5.5.1 No valid recipients");
    } else if (isUsual(out, "DATA", recipient)) {
      say(out, "354 Go on");
      if (readBody(in) && isUsual(out, "END", recipient)) {
        taken.add(recipient);
        say(out, "250 2.0.0 Taken");
      }
    }
  }

  /** Whether it came to its end. */
  private static boolean readBody(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && !line.equals(".")) {
      line = in.readLine();
    }
    return line != null;
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
