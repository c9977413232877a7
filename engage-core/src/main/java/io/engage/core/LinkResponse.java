package io.engage.core;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What to answer a customer's browser: status, header fields and body go out as they are.
 *
 * @param body what {@link #bytes} are made of; empty for a {@code HEAD}
 */
public record LinkResponse(int status, Map<String, String> headers, String body) {
  /** For every page: nothing is loaded, framed, guessed, kept or told to others. */
  private static final Map<String, String> SAFE =
      Map.of(
          "Content-Type", "text/html; charset=utf-8",
          "Content-Security-Policy",
              "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store");

  public LinkResponse {
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
  }

  /** A page of HTML. */
  public static LinkResponse page(int status, String body) {
    return new LinkResponse(status, SAFE, body);
  }

  /** A picture. */
  public static LinkResponse picture(String contentType, byte[] bytes) {
    Map<String, String> headers = new HashMap<>(SAFE);
    headers.put("Content-Type", contentType);
    return new LinkResponse(200, headers, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** What goes out: text in UTF-8, everything else as it is. */
  public byte[] bytes() {
    boolean text = headers.getOrDefault("Content-Type", "text/").startsWith("text/");
    return body.getBytes(text ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  /** As a {@code HEAD} is answered. */
  public LinkResponse withoutBody() {
    return new LinkResponse(status, headers, "");
  }
}
