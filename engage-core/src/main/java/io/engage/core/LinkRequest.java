package io.engage.core;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What a customer's browser asked for, as the host's own web framework tells it.
 *
 * @param method {@code GET}, {@code HEAD} or {@code POST}
 * @param path behind the host's public address, decoded, such as {@code /r/AbC…}
 * @param parameters from the query and from a form, decoded; the first value of each name. No name
 *     means something in both
 * @param headers of the request, with names in lower case, the first value of each; they only help
 *     to tell people from programs, so a host that has none at hand may leave them out
 */
public record LinkRequest(
    String method, String path, Map<String, String> parameters, Map<String, String> headers) {
  public LinkRequest {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    parameters = Map.copyOf(parameters);
    headers = Map.copyOf(headers);
  }

  /** A request of whose headers nothing is known. */
  public LinkRequest(String method, String path, Map<String, String> parameters) {
    this(method, path, parameters, Map.of());
  }

  /** What comes behind {@code prefix} where the last but one step of the path is it. */
  public Optional<String> findToken(String prefix) {
    int slash = path.lastIndexOf('/');
    return path.substring(0, slash + 1).endsWith(prefix)
        ? Optional.of(path.substring(slash + 1))
        : Optional.empty();
  }

  /** It says neither path nor values: a link is as good as a password for what it does. */
  @Override
  public String toString() {
    return "LinkRequest[" + method + "]";
  }
}
