package io.engage.dialer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that takes every mail and remembers for whom, in the order in which they ended. */
final class RecordingSmtp implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> taken = new CopyOnWriteArrayList<>();

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
        recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        say(out, "250 2.1.5 Ok");
      } else if (command.equals("DATA")) {
        say(out, "354 Go on");
        if (readBody(in)) {
          taken.add(recipient);
          say(out, "250 2.0.0 Taken");
        }
      } else if (command.equals("QUIT")) {
        say(out, "221 2.0.0 Bye");
        return;
      } else {
        say(out, "250 2.0.0 Ok");
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
