package io.engage.imap.connecting;

import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The socket below one connection that Angus makes: it can be cut from any thread, and is cut when
 * a deadline passes. Cutting the plain socket below TLS never waits for a blocked writer.
 */
public final class Wire {
  private static final long LOGIN_ANSWERS = 256L << 10;

  private final Timeouts timeouts;
  private final Watchdog watchdog;
  private final SSLSocketFactory tls;
  private final AtomicLong allowance = new AtomicLong(LOGIN_ANSWERS);
  private volatile @Nullable Socket raw;
  private volatile @Nullable Socket top;
  private volatile long deadline;
  private volatile boolean armed;
  private volatile boolean cut;
  private volatile boolean late;
  private boolean watching;
  private long nextCheck;

  public Wire(Timeouts timeouts, Watchdog watchdog, SSLSocketFactory tls) {
    this.timeouts = timeouts;
    this.watchdog = watchdog;
    this.tls = tls;
  }

  /** What Angus needs to connect as {@code endpoint} says, and by nothing weaker. */
  public Properties properties(String protocol, ServerEndpoint endpoint) {
    String prefix = "mail." + protocol + ".";
    boolean startTls = endpoint.tls() == TlsMode.STARTTLS_REQUIRED;
    Properties properties = new Properties();
    properties.put(prefix + "connectiontimeout", millis(timeouts.connect()));
    properties.put(prefix + "timeout", millis(timeouts.silence()));
    properties.put(prefix + "socketFactory", new PlainSockets());
    properties.put(prefix + "ssl.socketFactory", new TlsSockets());
    properties.put(prefix + "socketFactory.fallback", "false");
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "starttls.enable", Boolean.toString(startTls));
    properties.put(prefix + "starttls.required", Boolean.toString(startTls));
    return properties;
  }

  /** How many bytes the server may send from now on. */
  public void allow(long bytes) {
    allowance.set(bytes);
  }

  /** Cuts the connection unless {@link #disarm} or another call of this comes in time. */
  public void deadlineIn(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
    armed = true;
    watch();
  }

  /** Arms the deadline of an ordinary command. */
  public void expectAnswer() {
    deadlineIn(timeouts.command());
  }

  public void disarm() {
    armed = false;
  }

  /** Sets how long a read may wait for a byte. */
  public void silence(Duration time) throws IOException {
    Socket socket = raw;
    if (socket != null) {
      socket.setSoTimeout(millis(time));
    }
  }

  /** Back to the ordinary patience. */
  public void ordinarySilence() throws IOException {
    silence(timeouts.silence());
  }

  /** Ends the connection at once, whatever another thread does with it. */
  public void cut() {
    cut = true;
    armed = false;
    Socket socket = raw;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException closedAnyway) {
        // There is nothing left to do for it.
      }
    }
  }

  /** Whether the deadline passed. */
  public boolean isLate() {
    return late;
  }

  /**
   * What the server says, to whoever goes on after Angus has connected. Angus reads ahead: what the
   * server said before it was asked anything more is left out.
   */
  public InputStream input() throws IOException {
    return connected(top).getInputStream();
  }

  /** To the server; each write is sent at once and has to end in the time of a silence. */
  public OutputStream output() throws IOException {
    Socket whole = connected(top);
    OutputStream below =
        whole instanceof GuardedSocket ? connected(raw).getOutputStream() : whole.getOutputStream();
    return new Deadlined(below);
  }

  private static Socket connected(@Nullable Socket socket) throws IOException {
    if (socket == null) {
      throw new IOException("There is no connection");
    }
    return socket;
  }

  private synchronized void watch() {
    if (!watching || deadline - nextCheck < 0) {
      watching = true;
      nextCheck = deadline;
      schedule(nextCheck);
    }
  }

  private void schedule(long at) {
    long nanos = Math.max(at - System.nanoTime(), 1_000_000);
    watchdog.executor().schedule(() -> check(at), nanos, TimeUnit.NANOSECONDS);
  }

  private synchronized void check(long at) {
    watching = watching && nextCheck != at;
    if (!armed || cut) {
      return;
    }
    if (deadline - System.nanoTime() > 0) {
      watch();
    } else {
      late = true;
      cut();
    }
  }

  private Socket guarded(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    raw = socket;
    if (cut) {
      socket.close();
    }
    return new GuardedSocket(socket, millis(timeouts.silence()), watchdog.executor(), allowance);
  }

  private static int millis(Duration time) {
    return Math.toIntExact(Math.max(1, time.toMillis()));
  }

  /** Makes sockets that are not connected yet, as Angus asks for. */
  private final class PlainSockets extends SocketFactory {
    @Override
    public Socket createSocket() {
      try {
        Socket plain = guarded(new Socket());
        top = plain;
        return plain;
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw connectedLater();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      throw connectedLater();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw connectedLater();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
        throws IOException {
      throw connectedLater();
    }
  }

  /** Puts TLS over a socket that is connected, as Angus asks for. */
  private final class TlsSockets extends SSLSocketFactory {
    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      Socket below = socket instanceof GuardedSocket ? socket : guarded(socket);
      Socket secured = tls.createSocket(below, host, port, autoClose);
      top = secured;
      return secured;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw connectedLater();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      throw connectedLater();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw connectedLater();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
        throws IOException {
      throw connectedLater();
    }
  }

  /** Cuts the connection when the server does not take what is written. */
  private final class Deadlined extends OutputStream {
    private final OutputStream below;

    Deadlined(OutputStream below) {
      this.below = below;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      deadlineIn(timeouts.silence());
      try {
        below.write(bytes, offset, length);
      } finally {
        disarm();
      }
    }
  }

  private static IOException connectedLater() {
    return new IOException("Sockets are connected by the mail library");
  }
}
