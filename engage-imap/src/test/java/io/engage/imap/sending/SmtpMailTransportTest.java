package io.engage.imap.sending;

import static io.engage.testkit.ScriptedServer.script;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.spi.MailTransport;
import io.engage.testkit.MailTransportContract;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The promises, on a server that keeps what it takes and misbehaves on demand. */
@Tag("G-30")
class SmtpMailTransportTest extends MailTransportContract {
  private final Map<String, String> refusals = new LinkedHashMap<>();
  private Script data = script().say("354 go on").body().say("250 2.0.0 taken");
  private String toSender = "250 2.1.0 fine";
  private ScriptedServer server;

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected MailTransport transport() {
    return ImapMail.create(Shop.password("watch")).transport();
  }

  @Override
  protected MailAccount account() {
    return MailAccount.of("workshop", "ana@shop.example", null, reached(endpoint()));
  }

  /** How the server is reached. */
  protected ServerEndpoint reached(ServerEndpoint plain) {
    return plain;
  }

  /** What the server can do besides. */
  protected String offer() {
    return "PIPELINING";
  }

  private ServerEndpoint endpoint() {
    if (server == null) {
      Script script = script().say("220 mail.shop.example ESMTP");
      for (Map.Entry<String, String> refusal : refusals.entrySet()) {
        script = script.whenever("RCPT TO:<" + refusal.getKey() + ">", refusal.getValue());
      }
      server =
          ScriptedServer.start(
              script
                  .whenever("EHLO .*", "250-mail.shop.example", "250-" + offer(), "250 SIZE 100000")
                  .whenever("MAIL FROM:.*", toSender)
                  .whenever("RCPT TO:.*|RSET", "250 2.1.0 fine")
                  .whenever("DATA", data)
                  .whenever("QUIT", script().say("221 bye").drop())
                  .obey());
    }
    return ServerEndpoint.loopback(server.port());
  }

  @Override
  protected List<Arrived> arrived() {
    List<Arrived> arrived = new ArrayList<>();
    Iterator<byte[]> bodies =
        server == null ? List.<byte[]>of().iterator() : server.bodies().iterator();
    String sender = "";
    List<String> recipients = new ArrayList<>();
    for (String line : server == null ? List.<String>of() : server.received()) {
      if (line.startsWith("MAIL FROM:")) {
        sender = address(line);
        recipients = new ArrayList<>();
      } else if (line.startsWith("RCPT TO:") && !refusals.containsKey(address(line))) {
        recipients.add(address(line));
      } else if (line.equals("DATA") && bodies.hasNext()) {
        byte[] body = withoutStuffing(bodies.next());
        if (recipients.isEmpty()) {
          assertThat(body).as("what is sent for nobody").isEmpty();
        } else {
          arrived.add(new Arrived(sender, recipients, body));
        }
      }
    }
    return arrived;
  }

  private static String address(String line) {
    return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
  }

  private static byte[] withoutStuffing(byte[] body) {
    return new String(body, ISO_8859_1).replaceAll("(?m)^\\.", "").getBytes(ISO_8859_1);
  }

  @Override
  protected void refuse(EmailAddress recipient) {
    refusals.put(recipient.value(), "550 5.1.1 nobody of that name");
  }

  @Override
  protected void defer(EmailAddress recipient) {
    refusals.put(recipient.value(), "451 4.3.0 later");
  }

  @Override
  protected void refuseSenders() {
    toSender = "550 5.1.0 sender address rejected";
    data = script().say("503 5.5.1 no sender yet");
  }

  @Override
  protected void loseNextMail() {
    data = script().drop();
  }

  @Override
  protected void loseNextAnswer() {
    data = script().say("354 go on").body().drop();
  }

  @Override
  protected void stop() {
    endpoint();
    server.close();
  }
}
