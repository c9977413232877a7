package io.engage.imap.sending;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.engage.testkit.peers.ShopCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Stands before a server that speaks in clear, and gives it TLS: at once, or by STARTTLS. */
final class TlsDoor implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final boolean startTls;

  private TlsDoor(int target, boolean startTls) throws IOException {
    this.target = target;
    this.startTls = startTls;
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  static TlsDoor before(int port, boolean startTls) {
    try {
      TlsDoor door = new TlsDoor(port, startTls);
      background(door::accept);
      return door;
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        background(() -> connect(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      if (startTls) {
        agree(client, server);
      }
      SSLSocketFactory factory = ShopCertificate.create().serverContext().getSocketFactory();
      SSLSocket secure = (SSLSocket) factory.createSocket(client, "localhost", port(), true);
      secure.setUseClientMode(false);
      background(() -> pump(server, secure));
      pump(secure, server);
    } catch (IOException gone) {
      // One side went, the other goes too.
    }
  }

  /** What RFC 3207 wants to be said in clear; the server's own greeting is left out. */
  private static void agree(Socket client, Socket server) throws IOException {
    readLine(server);
    say(client, "220 mail.shop.example");
    readLine(client);
    say(client, "250-mail.shop.example\r\n250 STARTTLS");
    readLine(client);
    say(client, "220 go");
  }

  private static void say(Socket to, String line) throws IOException {
    to.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
  }

  private static void readLine(Socket from) throws IOException {
    InputStream in = from.getInputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      // Everybody says what is expected here.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // One side went, the other goes too.
    }
  }

  private static void background(Runnable work) {
    Thread thread = new Thread(work, "tls-door");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException closedAnyway) {
      // It is gone.
    }
  }
}
