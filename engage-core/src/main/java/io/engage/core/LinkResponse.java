package io.engage.core;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What to answer a customer's browser: status, header fields and body go out as they are.
 *
 * @param body HTML in UTF-8; empty for a {@code HEAD}
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

  static LinkResponse page(int status, String body) {
    return new LinkResponse(status, SAFE, body);
  }

  LinkResponse withoutBody() {
    return new LinkResponse(status, headers, "");
  }
}
