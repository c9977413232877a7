package io.engage.core;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a customer's browser asked for, as the host's own web framework tells it.
 *
 * @param method {@code GET}, {@code HEAD} or {@code POST}
 * @param path behind the host's public address, decoded, such as {@code /r/AbC…}
 * @param parameters from the query and from a form, decoded; the first value of each name. No name
 *     means something in both
 */
public record LinkRequest(String method, String path, Map<String, String> parameters) {
  public LinkRequest {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    parameters = Map.copyOf(parameters);
  }

  /** It says neither path nor values: a link is as good as a password for what it does. */
  @Override
  public String toString() {
    return "LinkRequest[" + method + "]";
  }
}
