package io.engage.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth 2.0 token server on 127.0.0.1 that refreshes (RFC 6749 section 6) as one is told to, for
 * testing whatever gets access tokens.
 *
 * <pre>{@code
 * try (TokenServer server = TokenServer.start(clock).rotating().knows("refresh-1")) {
 *   server.next(Answer.status(429).with("Retry-After", "120"));
 *   ... use server.uri() as the token endpoint ...
 *   assertThat(server.calls()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>By default a refresh token may be used again and again and never ends. A {@link #rotating} one
 * gives a new refresh token each time, and takes a second use of the old one for a theft: it then
 * revokes all that came of it (RFC 9700 section 4.14.2), unless a {@link #grace} time was given.
 */
public final class TokenServer implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool(TokenServer::daemon);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Clock clock;
  private final Queue<Answer> next = new ArrayDeque<>();
  private final List<Map<String, String>> requests = new ArrayList<>();
  private final Map<String, Instant> knownSince = new HashMap<>();
  private final Map<String, Instant> usedAt = new HashMap<>();
  private final Set<String> accessTokens = new HashSet<>();
  private @Nullable Duration grace;
  private @Nullable Duration refreshLife;
  private Duration accessLife = Duration.ofHours(1);
  private boolean rotates;
  private int number;

  private TokenServer(Clock clock) throws IOException {
    this.clock = clock;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/token", this::handle);
  }

  /** Starts one that knows no refresh token yet. */
  public static TokenServer start(Clock clock) {
    try {
      TokenServer server = new TokenServer(requireNonNull(clock, "clock"));
      server.http.start();
      return server;
    } catch (IOException noPort) {
      throw new UncheckedIOException("No port is free for a token server", noPort);
    }
  }

  /** Where it listens, in clear text. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/token");
  }

  /** Takes this refresh token from now on. */
  public synchronized TokenServer knows(String refreshToken) {
    knownSince.put(refreshToken, clock.instant());
    return this;
  }

  /** Gives a new refresh token each time, and takes each once. */
  public synchronized TokenServer rotating() {
    rotates = true;
    return this;
  }

  /** Takes a refresh token that has been rotated away for so long still. */
  public synchronized TokenServer grace(Duration time) {
    grace = requireNonNull(time, "time");
    return this;
  }

  /** Takes no refresh token that is older than this. */
  public synchronized TokenServer refreshTokensLast(Duration time) {
    refreshLife = requireNonNull(time, "time");
    return this;
  }

  /** For how long it says that access tokens are good; an hour when not told. */
  public synchronized TokenServer accessTokensLast(Duration time) {
    accessLife = requireNonNull(time, "time");
    return this;
  }

  /** Answers the next requests so, one after the other, and then as usual again. */
  public synchronized TokenServer next(Answer... answers) {
    next.addAll(List.of(answers));
    return this;
  }

  /** The owner takes back what was granted. */
  public synchronized void revokeAll() {
    knownSince.clear();
    accessTokens.clear();
  }

  /** Whether a mail server would take this access token. */
  public synchronized boolean isGood(String accessToken) {
    return accessTokens.contains(accessToken);
  }

  /** How often it was asked. */
  public synchronized int calls() {
    return requests.size();
  }

  /** The fields of each request, and its {@code Authorization} if there was one. */
  public synchronized List<Map<String, String>> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Answer answer = answer(exchange, body);
      await(answer.gate);
      send(exchange, answer.told ? answer : usual(fields(body)));
    }
  }

  private synchronized Answer answer(HttpExchange exchange, String body) {
    Map<String, String> fields = fields(body);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null) {
      fields.put("Authorization", authorization);
    }
    requests.add(fields);
    Answer told = next.poll();
    return told == null ? usual(fields) : told;
  }

  private synchronized Answer usual(Map<String, String> fields) {
    String token = fields.getOrDefault("refresh_token", "");
    Instant now = clock.instant();
    if (!fields.getOrDefault("grant_type", "").equals("refresh_token")) {
      return Answer.error(400, "unsupported_grant_type");
    }
    Instant since = knownSince.get(token);
    if (since == null || (refreshLife != null && now.isAfter(since.plus(refreshLife)))) {
      return Answer.error(400, "invalid_grant");
    }
    Instant used = usedAt.putIfAbsent(token, now);
    if (rotates && used != null && (grace == null || now.isAfter(used.plus(grace)))) {
      revokeAll();
      return Answer.error(400, "invalid_grant");
    }
    return issued(now);
  }

  private Answer issued(Instant now) {
    number++;
    String access = "access-" + number;
    accessTokens.add(access);
    String rotated = "";
    if (rotates) {
      knownSince.put("refresh-of-" + access, now);
      rotated = ",\"refresh_token\":\"refresh-of-%s\"".formatted(access);
    }
    return Answer.json(
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}"
            .formatted(access, accessLife.toSeconds(), rotated));
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    if (answer.hangs) {
      await(closed);
    }
    if (answer.hangs || answer.drops) {
      return;
    }
    answer.headers.forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(answer.status, answer.repeated > 0 ? 0 : answer.body.length);
    exchange.getResponseBody().write(answer.body);
    for (long i = 0; i < answer.repeated && closed.getCount() > 0; i++) {
      exchange.getResponseBody().write(answer.body);
    }
    if (answer.stalls) {
      exchange.getResponseBody().flush();
      await(closed);
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> fields(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : form.split("&", -1)) {
      String[] both = pair.split("=", 2);
      fields.put(
          URLDecoder.decode(both[0], UTF_8),
          both.length == 1 ? "" : URLDecoder.decode(both[1], UTF_8));
    }
    return fields;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "token-server");
    thread.setDaemon(true);
    return thread;
  }

  /** One answer that is told beforehand. Each method gives another one. */
  public static final class Answer {
    private static final CountDownLatch OPEN = new CountDownLatch(0);

    private int status = 200;
    private byte[] body = {};
    private long repeated;
    private boolean hangs;
    private boolean drops;
    private boolean stalls;
    private boolean told = true;
    private CountDownLatch gate = OPEN;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Answer() {}

    /** Only a status. */
    public static Answer status(int code) {
      return json(code, "{}");
    }

    /** An error of RFC 6749 section 5.2. */
    public static Answer error(int code, String error) {
      return json(code, "{\"error\":\"%s\"}".formatted(error));
    }

    /** Any body, said to be JSON. */
    public static Answer json(int code, String body) {
      Answer answer = new Answer().with("Content-Type", "application/json");
      answer.status = code;
      answer.body = body.getBytes(UTF_8);
      return answer;
    }

    /** {@code text} over and over again. */
    public static Answer endless(String text) {
      Answer answer = json(200, text);
      answer.repeated = Long.MAX_VALUE;
      return answer;
    }

    /** Nothing, with the connection left open. */
    public static Answer hang() {
      Answer answer = new Answer();
      answer.hangs = true;
      return answer;
    }

    /** Half an answer, and then nothing, with the connection left open. */
    public static Answer stall() {
      Answer answer = json(200, "{\"access_token\":");
      answer.stalls = true;
      answer.repeated = 1;
      return answer;
    }

    /** Ends the connection without an answer. */
    public static Answer drop() {
      Answer answer = new Answer();
      answer.drops = true;
      return answer;
    }

    /** What it would answer by itself, once the gate is open. */
    public static Answer usualAfter(CountDownLatch gate) {
      Answer answer = new Answer();
      answer.told = false;
      answer.gate = requireNonNull(gate, "gate");
      return answer;
    }

    /** With a header field. */
    public Answer with(String field, String value) {
      headers.put(field, value);
      return this;
    }
  }
}
