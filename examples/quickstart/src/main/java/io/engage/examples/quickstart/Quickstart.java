package io.engage.examples.quickstart;

import static io.engage.model.conversation.Page.Request.first;
import static io.engage.model.inbox.Credential.password;

import io.engage.core.Engage;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.message.Reply;
import java.io.PrintStream;
import java.util.Map;

/**
 * Imports a mailbox, lists what is open, and answers the newest: really, so try it with a mailbox
 * of your own. The environment says which: {@code ENGAGE_IMAP} (such as {@code
 * imap.example.com:993}), {@code ENGAGE_SMTP} ({@code smtp.example.com:465}), {@code ENGAGE_USER}
 * and {@code ENGAGE_PASSWORD}.
 */
public final class Quickstart {
  private final Map<String, String> environment;
  private final PrintStream out;

  Quickstart(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  public static void main(String[] args) {
    new Quickstart(System.getenv(), System.out).run();
  }

  void run() {
    // The README shows what stands from here ...
    var shop =
        MailAccount.of("shop", env("ENGAGE_USER"), server("ENGAGE_IMAP"), server("ENGAGE_SMTP"));
    var login = InMemoryCredentials.create().with(shop.id(), password(env("ENGAGE_PASSWORD")));
    var parts = Engage.builder().mail(ImapMail.create(login)).blobs(InMemoryBlobStore.create());
    parts.storage(InMemoryStorage.create()).customers(InMemoryCustomerDirectory.create());
    parts.account(shop).inbox(Inbox.of("shop", "Our shop", shop.user(), shop.id()));
    try (Engage engage = parts.build()) {
      engage.mail().sync(shop.id());
      var desk = engage.deskOf(Agent.of("sam", "Sam"));
      var open = desk.list(ConversationFilter.open(), first(20)).items();
      open.forEach(each -> out.println(each.subject()));
      var answer = Reply.of("Thank you, we are on it.");
      open.stream().limit(1).forEach(newest -> desk.reply(newest.id(), answer));
      engage.outbox().workOff();
    }
    // ... to here.
  }

  private String env(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "Set %s in the environment; the comment on Quickstart says to what.".formatted(name));
    }
    return value;
  }

  /** A server elsewhere is spoken to by TLS, one on this machine in clear text. */
  private ServerEndpoint server(String name) {
    String server = env(name);
    int colon = server.lastIndexOf(':');
    String host = server.substring(0, Math.max(colon, 0));
    int port = Integer.parseInt(server.substring(colon + 1));
    return host.equals("localhost")
        ? ServerEndpoint.loopback(port)
        : ServerEndpoint.tls(host, port);
  }
}
