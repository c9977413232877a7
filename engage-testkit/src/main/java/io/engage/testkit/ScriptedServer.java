package io.engage.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that follows a script, line by line: for IMAP, SMTP and everything alike
 * that a client has to survive. What a real server does once in a year it does at once.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start(
 *     ScriptedServer.script()
 *         .say("* OK ready")
 *         .expect("(\\S+) LOGIN .*").say("$1 OK in")
 *         .expect("(\\S+) EXAMINE INBOX").silence())) {
 *   ... a client that connects to server.port() has to give up in time
 * }
 * }</pre>
 *
 * <p>The first connection gets the first script, and so on; further connections get the last one
 * again. Lines end with CRLF; characters are bytes (ISO 8859-1). A line that nothing in the script
 * expects ends the connection and stands in {@link #problems}.
 */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Script> scripts;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ScriptedServer(List<Script> scripts) throws IOException {
    this.scripts = List.copyOf(scripts);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** An empty script: says nothing and ends the connection. */
  public static Script script() {
    return new Script(List.of(), Map.of());
  }

  /** Starts a server on a free port. */
  public static ScriptedServer start(Script first, Script... more) {
    List<Script> scripts = new ArrayList<>(List.of(first));
    scripts.addAll(List.of(more));
    try {
      ScriptedServer server = new ScriptedServer(scripts);
      server.inBackground(server::accept);
      return server;
    } catch (IOException noPort) {
      throw new UncheckedIOException("No port is free for a scripted server", noPort);
    }
  }

  /** On which port of 127.0.0.1 it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Every line that clients sent, bodies left out. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** Every body that was read by {@link Script#body} or {@link Script#literal}, as it came. */
  public List<byte[]> bodies() {
    return List.copyOf(bodies);
  }

  /** What clients did that no script expected. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Ends all connections. */
  @Override
  public void close() {
    closed.countDown();
    connections.forEach(ScriptedServer::end);
    try {
      listener.close();
    } catch (IOException closedAnyway) {
      // Nothing listens there any more.
    }
  }

  private void accept() {
    for (int number = 0; closed.getCount() > 0; number++) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        Script script = scripts.get(Math.min(number, scripts.size() - 1));
        inBackground(() -> serve(socket, script));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new Talk(socket).follow(script);
    } catch (IOException gone) {
      // The client went, which is its right.
    } finally {
      connections.remove(socket);
    }
  }

  private void inBackground(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException closedAnyway) {
      // It is gone.
    }
  }

  /** One thing that a server does. */
  @FunctionalInterface
  private interface Step {
    /** Whether the script goes on. */
    boolean run(Talk talk) throws IOException;
  }

  /** What a server does on one connection, in order. Each method gives a longer script. */
  public static final class Script {
    private final List<Step> steps;
    private final Map<Pattern, Script> rules;

    private Script(List<Step> steps, Map<Pattern, Script> rules) {
      this.steps = List.copyOf(steps);
      this.rules = new LinkedHashMap<>(rules);
    }

    /**
     * Sends lines. {@code $1} is the first group of the line that was expected last with a group at
     * all, and so on: {@code expect("(\\S+) IDLE").say("+ ").expect("DONE").say("$1 OK")}.
     */
    public Script say(String... lines) {
      return then(
          talk -> {
            for (String line : lines) {
              talk.write((talk.filledIn(line) + "\r\n").getBytes(ISO_8859_1));
            }
            return true;
          });
    }

    /** Sends bytes, as they are. */
    public Script sayBytes(byte[] bytes) {
      return then(
          talk -> {
            talk.write(bytes);
            return true;
          });
    }

    /** Sends {@code length} times the same byte, without ever holding them. */
    public Script sayRepeated(char character, long length) {
      return then(
          talk -> {
            byte[] chunk = String.valueOf(character).repeat(8192).getBytes(ISO_8859_1);
            for (long left = length; left > 0; left -= chunk.length) {
              talk.out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
            return true;
          });
    }

    /** Waits for a line that matches, whatever its case. Lines with a rule may come before it. */
    public Script expect(String regex) {
      Pattern pattern = pattern(regex);
      return then(talk -> talk.expect(pattern));
    }

    /** Whenever such a line comes while another is expected, does this. */
    public Script whenever(String regex, Script answer) {
      Script longer = new Script(steps, rules);
      longer.rules.put(pattern(regex), requireNonNull(answer, "answer"));
      return longer;
    }

    /** Whenever such a line comes while another is expected, answers so. */
    public Script whenever(String regex, String... lines) {
      return whenever(regex, script().say(lines));
    }

    /** Goes on by the rules alone, until the client leaves. */
    public Script obey() {
      return then(
          talk -> {
            talk.expect(pattern("(?!)"));
            return false;
          });
    }

    /** Reads a mail up to the line with one dot (RFC 5321 section 4.1.1.4), dots as they came. */
    public Script body() {
      return then(Talk::readBody);
    }

    /** Reads a literal whose length is the first group of the line expected last. */
    public Script literal() {
      return then(Talk::readLiteral);
    }

    /** Loses what has come and was not read, as boxes do that look at one command at a time. */
    public Script forgetWhatCame() {
      return then(
          talk -> {
            talk.in.skipNBytes(talk.in.available());
            return true;
          });
    }

    /**
     * Goes on by TLS, as after STARTTLS. What it said before in the same breath stands there in
     * clear text: {@code say("220 go\r\n250 AUTH PLAIN")} is one write.
     *
     * @param identity what the server shows
     */
    public Script secure(SSLContext identity) {
      requireNonNull(identity, "identity");
      return then(talk -> talk.secure(identity));
    }

    /** Says nothing more and keeps the connection open, until the client or the test ends it. */
    public Script silence() {
      return then(Talk::beSilent);
    }

    /** Ends the connection. */
    public Script drop() {
      return then(talk -> false);
    }

    /** Does all that this script and then what {@code next} says; the rules of both hold. */
    public Script and(Script next) {
      List<Step> all = new ArrayList<>(steps);
      all.addAll(next.steps);
      Script both = new Script(all, rules);
      both.rules.putAll(next.rules);
      return both;
    }

    /** Opens a gate, for a test or for another server that waits at it. */
    public Script open(CountDownLatch gate) {
      return then(
          talk -> {
            gate.countDown();
            return true;
          });
    }

    /** Waits until a test opens the gate. */
    public Script waitFor(CountDownLatch gate) {
      return then(
          talk -> {
            try {
              gate.await();
              return true;
            } catch (InterruptedException stop) {
              Thread.currentThread().interrupt();
              return false;
            }
          });
    }

    private Script then(Step step) {
      List<Step> longer = new ArrayList<>(steps);
      longer.add(step);
      return new Script(longer, rules);
    }

    private static Pattern pattern(String regex) {
      return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
  }

  /** One connection that follows a script. */
  private final class Talk {
    private final Socket socket;
    private InputStream in;
    private OutputStream out;
    private Map<Pattern, Script> rules = Map.of();
    private List<String> groups = List.of();

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    void follow(Script script) throws IOException {
      rules = script.rules;
      run(script);
    }

    private boolean run(Script script) throws IOException {
      for (Step step : script.steps) {
        if (!step.run(this)) {
          return false;
        }
      }
      return true;
    }

    boolean expect(Pattern pattern) throws IOException {
      for (String line = readLine(); ; line = readLine()) {
        if (matches(pattern, line)) {
          return true;
        }
        Script answer = rule(line);
        if (answer == null) {
          problems.add("unexpected: " + line);
          return false;
        }
        if (!run(answer)) {
          return false;
        }
      }
    }

    private @Nullable Script rule(String line) {
      for (Map.Entry<Pattern, Script> rule : rules.entrySet()) {
        if (matches(rule.getKey(), line)) {
          return rule.getValue();
        }
      }
      return null;
    }

    private boolean matches(Pattern pattern, String line) {
      Matcher matcher = pattern.matcher(line);
      if (!matcher.matches()) {
        return false;
      }
      List<String> found = new ArrayList<>();
      for (int i = 1; i <= matcher.groupCount(); i++) {
        String group = matcher.group(i);
        found.add(group == null ? "" : group);
      }
      groups = found.isEmpty() ? groups : found;
      return true;
    }

    String filledIn(String line) {
      String filled = line;
      for (int i = groups.size(); i > 0; i--) {
        filled = filled.replace("$" + i, groups.get(i - 1));
      }
      return filled;
    }

    void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    private String readLine() throws IOException {
      String line = nextLine();
      received.add(line);
      return line;
    }

    private String nextLine() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new SocketException("The client went");
        }
        line.write(next);
      }
      String text = line.toString(ISO_8859_1);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    boolean readBody() throws IOException {
      StringBuilder body = new StringBuilder();
      for (String line = nextLine(); !line.equals("."); line = nextLine()) {
        body.append(line).append("\r\n");
      }
      bodies.add(body.toString().getBytes(ISO_8859_1));
      return true;
    }

    boolean readLiteral() throws IOException {
      bodies.add(in.readNBytes(Integer.parseInt(groups.get(0))));
      return true;
    }

    boolean secure(SSLContext identity) throws IOException {
      SSLSocketFactory factory = identity.getSocketFactory();
      SSLSocket secured =
          (SSLSocket) factory.createSocket(socket, "localhost", socket.getPort(), true);
      secured.setUseClientMode(false);
      secured.startHandshake();
      in = new BufferedInputStream(secured.getInputStream());
      out = secured.getOutputStream();
      return true;
    }

    boolean beSilent() throws IOException {
      byte[] ignored = new byte[8192];
      while (!socket.isClosed() && in.read(ignored) >= 0) {
        // Whatever comes stays without an answer.
      }
      return false;
    }
  }
}
