package io.engage.imap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server and counts how often the client had to speak after hearing:
 * the round trips, which are what an import costs on a slow line.
 */
public final class TurnCounter implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final AtomicInteger turns = new AtomicInteger();
  private volatile boolean serverSpoke = true;

  private TurnCounter(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  public static TurnCounter before(int port) {
    try {
      TurnCounter counter = new TurnCounter(port);
      background(counter::accept);
      return counter;
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** So far, over all connections. */
  public int turns() {
    return turns.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        background(() -> pump(client, server, true));
        background(() -> pump(server, client, false));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pump(Socket from, Socket to, boolean fromClient) {
    byte[] chunk = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        note(fromClient);
        out.write(chunk, 0, count);
      }
    } catch (IOException gone) {
      // One side went, the other goes too.
    }
  }

  private synchronized void note(boolean fromClient) {
    if (fromClient && serverSpoke) {
      turns.incrementAndGet();
    }
    serverSpoke = !fromClient;
  }

  private static void background(Runnable work) {
    Thread thread = new Thread(work, "turn-counter");
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
