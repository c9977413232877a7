package io.engage.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.engage.model.inbox.Secret;
import io.engage.oauth.OAuthClient.SecretSentBy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks token servers, once each time, within finite time, and follows them nowhere else. */
final class TokenEndpoint {
  private static final int LONGEST_ANSWER = 64 << 10;

  private final HttpClient http;
  private final Duration patience;
  private final Clock clock;

  TokenEndpoint(Duration connect, Duration patience, Clock clock, @Nullable SSLContext tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    this.http = (tls == null ? builder : builder.sslContext(tls)).build();
    this.patience = patience;
    this.clock = clock;
  }

  Answer ask(OAuthClient client, Secret refreshToken) {
    CompletableFuture<HttpResponse<String>> asked =
        http.sendAsync(request(client, refreshToken), said -> new BoundedText(LONGEST_ANSWER));
    try {
      HttpResponse<String> said = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      String retryAfter = said.headers().firstValue("Retry-After").orElse("");
      return Answering.decide(said.statusCode(), retryAfter, said.body(), clock.instant());
    } catch (TimeoutException late) {
      return later("it did not answer in time");
    } catch (ExecutionException broken) {
      return later(reason(broken));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return later("this process stopped asking it");
    } finally {
      asked.cancel(true);
    }
  }

  private HttpRequest request(OAuthClient client, Secret refreshToken) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "refresh_token");
    fields.put("refresh_token", refreshToken.reveal());
    if (!client.scopes().isEmpty()) {
      fields.put("scope", String.join(" ", client.scopes()));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.tokenEndpoint())
            .timeout(patience)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded");
    identify(client, fields, request);
    return request.POST(BodyPublishers.ofString(form(fields))).build();
  }

  private static void identify(
      OAuthClient client, Map<String, String> fields, HttpRequest.Builder request) {
    Secret secret = client.clientSecret();
    if (secret != null && client.secretSentBy() == SecretSentBy.BASIC) {
      String both = encoded(client.clientId()) + ":" + encoded(secret.reveal());
      request.header(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)));
      return;
    }
    fields.put("client_id", client.clientId());
    if (secret != null) {
      fields.put("client_secret", secret.reveal());
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static Answer later(String reason) {
    return new Answer.Later(reason, Duration.ZERO);
  }

  private static String reason(ExecutionException broken) {
    if (has(broken, HttpTimeoutException.class)) {
      return "it did not answer in time";
    }
    if (has(broken, UnresolvedAddressException.class) || has(broken, UnknownHostException.class)) {
      return "its host name is unknown";
    }
    if (has(broken, CertificateException.class) || has(broken, CertPathValidatorException.class)) {
      return "its certificate is not trusted or names another host";
    }
    if (has(broken, ConnectException.class)) {
      return "nothing listens there";
    }
    if (has(broken, SSLException.class)) {
      return "it offers no TLS that can be used";
    }
    return has(broken, IOException.class)
        ? "the connection to it broke, or it said too much"
        : "it could not be asked";
  }

  private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
