package io.engage.cli;

import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.oauth.OAuthClient;
import io.engage.oauth.OAuthClient.SecretSentBy;
import io.engage.oauth.OAuthCredentials;
import io.engage.spi.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How access tokens are got with a refresh token, which lies in a file of its own. */
final class OAuthOptions {
  @Option(
      names = "--token-server",
      paramLabel = "SERVER",
      description = "google, microsoft, microsoft:TENANT, or the URL of a token endpoint.")
  private @Nullable String server;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "Under which we are registered there; ENGAGE_CLIENT_SECRET is its secret.")
  private @Nullable String clientId;

  @Option(
      names = "--refresh-token-file",
      paramLabel = "FILE",
      description = "A file with the refresh token; a new one is written there at once.")
  private @Nullable Path file;

  @Spec private CommandSpec spec = CommandSpec.create();

  boolean given() {
    return server != null;
  }

  Credentials credentials(AccountId account) {
    if (clientId == null || file == null) {
      throw refused("A token server needs --client-id and --refresh-token-file too");
    }
    FileTokenStore store = FileTokenStore.open(file);
    if (store.find(account).isEmpty()) {
      store.save(account, Grant.of(store.firstToken()));
    }
    return OAuthCredentials.builder(store).account(account, client(clientId)).build();
  }

  private OAuthClient client(String id) {
    String given = String.valueOf(server);
    String secret = System.getenv("ENGAGE_CLIENT_SECRET");
    Secret known = secret == null || secret.isEmpty() ? null : Secret.of(secret);
    try {
      if (given.equals("google")) {
        return OAuthClient.google(id, known == null ? Secret.of("") : known);
      } else if (given.equals("microsoft") || given.startsWith("microsoft:")) {
        int colon = given.indexOf(':');
        return OAuthClient.microsoft(colon < 0 ? "common" : given.substring(colon + 1), id, known);
      }
      return new OAuthClient(URI.create(given), id, known, SecretSentBy.FIELD, List.of());
    } catch (IllegalArgumentException wrong) {
      throw refused(String.valueOf(wrong.getMessage()));
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
