package io.engage.testkit.peers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A bad line to a server on loopback: every connection through it is cut after some bytes from the
 * server, wherever that is within an answer. The same random source gives the same cuts, as far as
 * the order of connections is the same.
 */
public final class CuttingProxy implements AutoCloseable {
  private static final int PIECE = 4096;

  private final ServerSocket listening;
  private final int serverPort;
  private final RandomGenerator random;
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile long mostBytes;

  private CuttingProxy(int serverPort, long mostBytes, RandomGenerator random) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.serverPort = serverPort;
    this.mostBytes = mostBytes;
    this.random = random;
  }

  /**
   * Starts one.
   *
   * @param mostBytes no connection gets more than so many bytes from the server
   */
  public static CuttingProxy to(int serverPort, long mostBytes, RandomGenerator random) {
    try {
      CuttingProxy proxy = new CuttingProxy(serverPort, mostBytes, random);
      proxy.daemon(proxy::listen);
      return proxy;
    } catch (IOException noPort) {
      throw new AssertionError("The proxy cannot listen", noPort);
    }
  }

  /** Where to connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** How many connections were cut so far. */
  public int cuts() {
    return cuts.get();
  }

  /** From now on connections last, those that are open too. */
  public void mend() {
    mostBytes = Long.MAX_VALUE;
  }

  @Override
  public void close() {
    closeQuietly(listening);
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        AtomicLong left = new AtomicLong(lifetime());
        daemon(() -> copy(client, server, new AtomicLong(Long.MAX_VALUE)));
        daemon(() -> copy(server, client, left));
      } catch (IOException closedOrRefused) {
        continue;
      }
    }
  }

  private synchronized long lifetime() {
    return mostBytes == Long.MAX_VALUE ? Long.MAX_VALUE : 1 + random.nextLong(mostBytes);
  }

  private void copy(Socket from, Socket to, AtomicLong left) {
    byte[] piece = new byte[PIECE];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(piece); length > 0; length = in.read(piece)) {
        int passed = mostBytes == Long.MAX_VALUE ? length : (int) Math.min(length, left.get());
        out.write(piece, 0, passed);
        if (passed < length) {
          cuts.incrementAndGet();
          return;
        }
        left.addAndGet(-passed);
      }
    } catch (IOException oneSideIsGone) {
      closeQuietly(from);
    }
  }

  private void daemon(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy-" + port());
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      System.err.println("A socket of the cutting proxy could not be closed");
    }
  }
}
