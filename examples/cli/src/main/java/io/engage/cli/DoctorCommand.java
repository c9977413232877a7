package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engage.core.AccountCheck.Finding;
import io.engage.core.AccountTrial;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Credentials;
import io.engage.spi.EngageException;
import io.engage.spi.MailSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engage doctor}: tries everything that an account needs, and says green or red and why. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Tries name, TLS, login and folders of an account: green, or red with the reason.",
      "With --bulk, looks also whether a domain is fit to send campaigns."
    })
final class DoctorCommand implements Callable<Integer> {
  /** IMAP and SMTP log in with the same tokens. */
  private static final AccountId TOKENS = AccountId.of("doctor");

  private final Console console;
  private final TextRecords dns;
  private final ObjectMapper json = new ObjectMapper();
  private int red;

  @Option(
      names = "--imap",
      paramLabel = "URL",
      description = "imaps://user@host[:port][/folder]; imap:// means STARTTLS.")
  private @Nullable String imap;

  @Option(
      names = "--smtp",
      paramLabel = "URL",
      description = "smtps://user@host[:port]; smtp:// means STARTTLS.")
  private @Nullable String smtp;

  @Option(names = "--json", description = "Print one JSON object for each finding.")
  private boolean asJson;

  @Mixin private PasswordOptions password = new PasswordOptions();

  @Mixin private OAuthOptions oauth = new OAuthOptions();

  @Mixin private BulkOptions bulk = new BulkOptions();

  private @Nullable Credentials credentials;

  @Spec private CommandSpec spec = CommandSpec.create();

  DoctorCommand(Console console, TextRecords dns) {
    this.console = console;
    this.dns = dns;
  }

  @Override
  public Integer call() throws IOException {
    if (imap == null && smtp == null && !bulk.given()) {
      throw new ParameterException(
          spec.commandLine(), "Name what to look at: --imap, --smtp, --bulk, or several");
    }
    BulkRules.@Nullable Sender sender =
        bulk.given() ? bulk.sender(smtp == null ? null : url(smtp).sendingAccount()) : null;
    if (!examineToken()) {
      return 1;
    }
    if (imap != null) {
      examineImap(url(imap).account());
    }
    if (smtp != null) {
      examineSmtp(url(smtp).sendingAccount());
    }
    if (sender != null) {
      examineBulk(sender);
    }
    return red == 0 ? 0 : 1;
  }

  /** Without a token there is nothing to log in with. */
  private boolean examineToken() throws IOException {
    if (!oauth.given()) {
      return true;
    }
    try {
      credentials = oauth.credentials(TOKENS);
      credentials.current(TOKENS);
      green("oauth token", "the token server gives access tokens");
      return true;
    } catch (EngageException refused) {
      red("oauth token", refused);
      return false;
    }
  }

  private MailboxUrl url(String text) {
    try {
      return MailboxUrl.parse(text);
    } catch (IllegalArgumentException notAUrl) {
      throw new ParameterException(spec.commandLine(), String.valueOf(notAUrl.getMessage()));
    }
  }

  private void examineImap(MailAccount account) throws IOException {
    ServerEndpoint server = account.imap();
    if (server == null || !examineName("imap", server)) {
      return;
    }
    print(new AccountTrial(mail(account)).imap(account));
  }

  private void examineSmtp(MailAccount account) throws IOException {
    ServerEndpoint server = account.smtp();
    if (server == null || !examineName("smtp", server)) {
      return;
    }
    print(new AccountTrial(mail(account)).smtp(account));
  }

  private void examineBulk(BulkRules.Sender sender) throws IOException {
    for (Verdict each : BulkRules.decide(sender, dns)) {
      print(each.good(), each.what(), each.words());
    }
  }

  private void print(List<Finding> findings) throws IOException {
    for (Finding each : findings) {
      print(each.good(), each.server().word() + " " + each.what(), each.words());
    }
  }

  private boolean examineName(String protocol, ServerEndpoint server) throws IOException {
    try {
      InetAddress[] all = InetAddress.getAllByName(server.host());
      green(
          protocol + " name",
          "%s has %d address%s".formatted(server.host(), all.length, all.length == 1 ? "" : "es"));
      return true;
    } catch (UnknownHostException unknown) {
      print(
          false,
          protocol + " name",
          "The host name '%s' is unknown. Check its spelling, and that this machine can look up names."
              .formatted(server.host()));
      return false;
    }
  }

  private MailSystem mail(MailAccount account) {
    Credentials got = credentials;
    return ImapMail.create(
        InMemoryCredentials.create()
            .with(account.id(), got == null ? password.credential() : got.current(TOKENS)));
  }

  private void green(String what, String finding) throws IOException {
    print(true, what, finding);
  }

  private void red(String what, EngageException failure) throws IOException {
    print(false, what, String.valueOf(failure.getMessage()));
  }

  private void print(boolean good, String what, String finding) throws IOException {
    red += good ? 0 : 1;
    if (asJson) {
      console
          .out()
          .println(
              json.writeValueAsString(
                  json.createObjectNode()
                      .put("check", what)
                      .put("ok", good)
                      .put("finding", finding)));
    } else {
      console.out().printf(Locale.ROOT, "%-5s  %-12s  %s%n", good ? "green" : "RED", what, finding);
    }
    console.out().flush();
  }
}
