package io.engage.oauth;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How we are registered with a token server.
 *
 * @param tokenEndpoint where tokens are got; https, or http on this machine
 * @param clientId the name under which we are registered
 * @param clientSecret null for a public client
 * @param scopes what the tokens are for; empty for whatever the owner granted
 */
public record OAuthClient(
    URI tokenEndpoint,
    String clientId,
    @Nullable Secret clientSecret,
    SecretSentBy secretSentBy,
    List<String> scopes) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** How the client secret travels (RFC 6749 section 2.3.1). */
  public enum SecretSentBy {
    /** As a field of the request, which Google and Microsoft take. */
    FIELD,
    /** By HTTP Basic authentication. */
    BASIC
  }

  public OAuthClient {
    requireNonNull(secretSentBy, "secretSentBy");
    scopes = List.copyOf(scopes);
    String host = tokenEndpoint.getHost();
    String scheme = String.valueOf(tokenEndpoint.getScheme()).toLowerCase(Locale.ROOT);
    if (host == null || tokenEndpoint.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "A token endpoint needs a host and no password, as in https://login.example.com/token");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && THIS_MACHINE.contains(host))) {
      throw new IllegalArgumentException(
          "Token server '%s' would be told secrets in clear text. Use https.".formatted(host));
    }
    if (clientId.isBlank()) {
      throw new IllegalArgumentException(
          "Token server '%s' needs the client id under which we are registered".formatted(host));
    }
  }

  /** Registered with Google; the refresh token has to be for {@code https://mail.google.com/}. */
  public static OAuthClient google(String clientId, Secret clientSecret) {
    return new OAuthClient(
        URI.create("https://oauth2.googleapis.com/token"),
        clientId,
        requireNonNull(clientSecret, "clientSecret"),
        SecretSentBy.FIELD,
        List.of());
  }

  /**
   * Registered with Microsoft Entra, for IMAP and SMTP.
   *
   * @param tenant the id or domain of the tenant; {@code common} for all, {@code consumers} for
   *     personal accounts
   * @param clientSecret null for a public client
   */
  public static OAuthClient microsoft(
      String tenant, String clientId, @Nullable Secret clientSecret) {
    if (!tenant.matches("[A-Za-z0-9.-]{1,255}")) {
      throw new IllegalArgumentException(
          "A tenant is named by its id or its domain, such as shop.onmicrosoft.com");
    }
    return new OAuthClient(
        URI.create("https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token"),
        clientId,
        clientSecret,
        SecretSentBy.FIELD,
        List.of(
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access"));
  }

  /** In words, for messages. */
  String server() {
    return "Token server '%s'".formatted(tokenEndpoint.getHost());
  }

  @Override
  public String toString() {
    return "OAuthClient[" + tokenEndpoint.getHost() + "]";
  }
}
