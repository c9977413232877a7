package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Reply;
import io.engage.model.message.RfcMessageId;
import io.engage.testkit.peers.Dovecot;
import io.engage.testkit.peers.SmtpSink;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The street between a real IMAP server and a real SMTP server. */
class RealServersTest {
  private Dovecot dovecot;
  private SmtpSink sink;
  private Engage engage;
  private AgentDesk clara;

  @BeforeEach
  void start() {
    dovecot = Dovecot.start();
    sink = SmtpSink.start();
    MailAccount account =
        MailAccount.of(
            Shop.ACCOUNT.value(),
            "shop",
            ServerEndpoint.loopback(dovecot.port()),
            ServerEndpoint.loopback(sink.port()));
    engage =
        Engage.builder()
            .storage(InMemoryStorage.create())
            .blobs(InMemoryBlobStore.create())
            .mail(
                ImapMail.create(
                    InMemoryCredentials.create()
                        .with(Shop.ACCOUNT, Credential.password(Dovecot.PASSWORD))))
            .customers(
                InMemoryCustomerDirectory.create().with("ana", "Ana Silva", Shop.ANA.address()))
            .signingKeys(Shop.KEY)
            .account(account)
            .inbox(Shop.workshop())
            .build();
    clara = engage.deskOf(Shop.CLARA);
  }

  @AfterEach
  void stop() {
    if (engage != null) {
      engage.close();
    }
    if (sink != null) {
      sink.close();
    }
    if (dovecot != null) {
      dovecot.close();
    }
  }

  @Test
  @Tag("WK-5")
  @Tag("TH-1")
  void a_reply_arrives_with_our_ids_and_the_customers_answer_joins_the_conversation()
      throws Exception {
    arrives(Street.fromAna("question@customer.example", "Is it ready?"));
    engage.mail().sync(Shop.ACCOUNT);

    Message answer = clara.reply(only().id(), Reply.of("On Friday.")).findValue().orElseThrow();
    engage.outbox().workOff();
    RfcMessageId id = answer.headers().messageId();
    arrives(
        Street.fromAna("thanks@customer.example", "Thanks!")
            .replace("Subject:", "In-Reply-To: <" + id + ">\nSubject:"));
    engage.mail().sync(Shop.ACCOUNT);

    assertThat(sink.mails())
        .singleElement()
        .asString()
        .contains("Message-ID: <" + id + ">")
        .contains("In-Reply-To: <question@customer.example>")
        .contains("References: <question@customer.example>")
        .contains("To: Ana Silva <ana@customer.example>");
    assertThat(only().messages()).isEqualTo(3);
    assertThat(deliveryOf(answer.id())).isEqualTo(Delivery.SENT);
  }

  @Test
  @Tag("SY-5")
  void reading_and_deleting_reach_the_server() throws Exception {
    arrives(Street.fromAna("read@customer.example", "Read me"));
    arrives(Street.mailFrom("ben@customer.example", "delete@customer.example", "Delete me"));
    engage.mail().sync(Shop.ACCOUNT);
    List<Conversation> both = open();
    Conversation read = named(both, "Read me");
    Conversation deleted = named(both, "Delete me");

    clara.open(messages(read).get(0).id());
    clara.delete(List.of(deleted.id()));
    engage.outbox().workOff();

    assertThat(onServer()).containsExactly("read@customer.example seen");
  }

  @Test
  @Tag("SY-1")
  void a_watch_imports_a_new_mail_by_itself() throws Exception {
    try (Running running = engage.start()) {
      arrives(Street.fromAna("1@customer.example", "First"));
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> open().size() == 1);

      arrives(Street.mailFrom("ben@customer.example", "2@customer.example", "Second"));

      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> open().size() == 2);
      assertThat(running).isNotNull();
    }
  }

  private Conversation only() {
    assertThat(open()).hasSize(1);
    return open().get(0);
  }

  private List<Conversation> open() {
    return clara.list(ConversationFilter.open(), Page.Request.first(10)).items();
  }

  private Conversation named(List<Conversation> all, String preview) {
    return all.stream()
        .filter(each -> messages(each).get(0).preview().equals(preview))
        .findFirst()
        .orElseThrow();
  }

  private List<Message> messages(Conversation conversation) {
    return clara
        .messages(conversation.id(), Page.Request.first(10))
        .findValue()
        .orElseThrow()
        .items();
  }

  private Delivery deliveryOf(MessageId id) {
    return messages(only()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow()
        .state()
        .delivery();
  }

  private void arrives(String mail) throws MessagingException {
    Session session = session();
    try (Store store = store(session)) {
      byte[] bytes = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(bytes));
      store.getFolder("INBOX").appendMessages(new jakarta.mail.Message[] {message});
    }
  }

  /** What lies in INBOX: each Message-ID, and whether it was read. */
  private List<String> onServer() throws MessagingException {
    Session session = session();
    try (Store store = store(session);
        Folder inbox = store.getFolder("INBOX")) {
      inbox.open(Folder.READ_ONLY);
      List<String> found = new ArrayList<>();
      for (jakarta.mail.Message each : inbox.getMessages()) {
        String id = each.getHeader("Message-ID")[0].replaceAll("[<>]", "");
        found.add(id + (each.isSet(Flags.Flag.SEEN) ? " seen" : ""));
      }
      return found;
    }
  }

  private static Session session() {
    Properties properties = new Properties();
    properties.setProperty("mail.imap.timeout", "20000");
    return Session.getInstance(properties);
  }

  private Store store(Session session) throws MessagingException {
    Store store = session.getStore("imap");
    store.connect("127.0.0.1", dovecot.port(), "shop", Dovecot.PASSWORD);
    return store;
  }
}
