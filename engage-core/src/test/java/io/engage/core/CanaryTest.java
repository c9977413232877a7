package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemorySmsGateway;
import io.engage.model.address.Address;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditForm;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.NewCustomer;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.rule.TextMatch;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsReceipt;
import io.engage.model.sms.SmsReport;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.PortFailure;
import io.engage.spi.SmsGateway;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets and customers' words are let loose everywhere, and repeated by servers and by the host's
 * own parts in whatever they answer or throw. None may turn up where it cannot be taken back: in
 * the log, the audit trail, the events, the health of an account, or the text of a failure.
 */
@Tag("G-34")
@Tag("WK-10")
@Tag("PO-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CanaryTest {
  private static final Logger LOG = LoggerFactory.getLogger(CanaryTest.class);
  private static final String PASSWORD = "canary-pass";
  private static final String TOKEN = "canary-token";
  private static final String FROM = "canary-from";
  private static final String SUBJECT = "canary-subject";
  private static final String BODY = "canary-body";
  private static final String FILE = "canary-file";
  private static final String PHONE = "4155550177";
  private static final List<String> CANARIES =
      List.of(PASSWORD, TOKEN, FROM, SUBJECT, BODY, FILE, PHONE);
  private static final String ALL =
      String.join(" ", CANARIES) + " +1" + PHONE + " " + FROM + "@customer.example";

  private final Street street = new Street();
  private final PrintStream error = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void listenToTheLog() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    street.close();
    System.setErr(error);
  }

  private String mail(String id) {
    return """
    From: %1$s <%1$s@customer.example>
    To: repairs@shop.example
    Subject: %2$s
    Message-ID: <%5$s@customer.example>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="b"

    --b
    Content-Type: text/plain

    %3$s %5$s
    --b
    Content-Type: application/pdf; name="%4$s.pdf"
    Content-Disposition: attachment; filename="%4$s.pdf"

    PDF
    --b--
    """
        .formatted(FROM, SUBJECT, BODY, FILE, id);
  }

  /** A customer's mail is here, and an answer to it waits to be sent. */
  private Conversation answered() {
    street.arrives(mail("1"));
    street.sync();
    Conversation asked = street.onlyConversation();
    street.clara.reply(asked.id(), Reply.of(BODY));
    return asked;
  }

  private static Script imap(String answer) {
    return ScriptedServer.script()
        .say("* OK [CAPABILITY IMAP4rev1] ready")
        .expect("(\\S+) LOGIN .*")
        .say("$1 " + answer)
        .whenever("(\\S+) .*", "$1 NO " + ALL)
        .obey();
  }

  private static Script smtp(String login, String recipient) {
    return ScriptedServer.script()
        .say("220 ready")
        .expect("EHLO .*")
        .say("250-here", "250 AUTH PLAIN")
        .expect("AUTH PLAIN .*")
        .say(login)
        .whenever("MAIL .*", "250 fine")
        .whenever("RCPT .*", recipient)
        .whenever("RSET", "250 fine")
        .whenever("QUIT", "221 bye")
        .obey();
  }

  /** The same shop over servers that talk too much. */
  private Engage over(Script imap, Script smtp) {
    ScriptedServer imapServer = ScriptedServer.start(imap);
    ScriptedServer smtpServer = ScriptedServer.start(smtp);
    opened.add(imapServer);
    opened.add(smtpServer);
    Engage engage =
        Engage.builder()
            .storage(street.storage)
            .blobs(street.blobs)
            .mail(
                ImapMail.create(
                    InMemoryCredentials.create().with(Shop.ACCOUNT, Credential.password(PASSWORD))))
            .customers(street.customers)
            .account(
                MailAccount.of(
                    Shop.ACCOUNT.value(),
                    "shop",
                    ServerEndpoint.loopback(imapServer.port()),
                    ServerEndpoint.loopback(smtpServer.port())))
            .signingKeys(Shop.KEY)
            .clock(street.clock)
            .build();
    opened.add(0, engage);
    return engage;
  }

  private void assertSilent(String... more) {
    List<String> said = new ArrayList<>(List.of(more));
    said.add(log.toString(StandardCharsets.UTF_8));
    for (AuditEntry entry : street.storage.audit().newest(1000)) {
      said.add(AuditForm.of(entry).toString());
      said.add(entry.toString());
    }
    for (LedgerEntry entry : street.storage.ledger().entriesAfter(Shop.INBOX_FOLDER, 1, 0, 1000)) {
      said.add(entry.toString());
    }
    assertThat(said)
        .allSatisfy(
            text -> assertThat(text).doesNotContainIgnoringCase(CANARIES.toArray(String[]::new)));
  }

  /** Where warnings are logged at all, this one was: nothing is proved by an empty log. */
  private void assertLogged(String words) {
    if (LOG.isWarnEnabled()) {
      assertThat(log.toString(StandardCharsets.UTF_8)).contains(words);
    }
  }

  @Test
  void servers_that_repeat_what_they_hear_are_not_repeated() {
    answered();
    Engage refused = over(imap("NO [AUTHENTICATIONFAILED] " + ALL), smtp("535 5.7.8 " + ALL, ""));

    Throwable failure = catchThrowable(() -> refused.mail().sync(Shop.ACCOUNT));
    refused.outbox().workOff();

    assertThat(failure).isInstanceOf(PortFailure.class);
    assertLogged("could not be sent now");
    assertSilent(failure.toString(), refused.mail().health(Shop.ACCOUNT).toString());
  }

  @Test
  void servers_that_explain_why_they_refuse_a_mail_or_a_command_are_not_repeated() {
    Conversation asked = answered();
    street.clara.open(street.messages(asked).get(0).id());
    Engage refused = over(imap("OK in"), smtp("235 in", "550 5.1.1 " + ALL));

    Throwable failure = catchThrowable(() -> refused.mail().sync(Shop.ACCOUNT));
    refused.outbox().workOff();

    assertThat(failure).isInstanceOf(PortFailure.class);
    assertThat(street.lastMessage(asked).state().delivery().code()).isEqualTo("failed");
    assertSilent(failure.toString(), refused.mail().health(Shop.ACCOUNT).toString());
  }

  @Test
  void a_password_that_is_tried_and_refused_is_not_recorded() {
    Engage refused = over(imap("NO [AUTHENTICATIONFAILED] " + ALL), smtp("535 5.7.8 " + ALL, ""));
    Inbox rentals = Inbox.of("rentals", "Rentals", "rent@shop.example", Shop.ACCOUNT);

    Outcome<SavedInbox> outcome = refused.setupOf(Shop.CLARA).saveInbox(rentals);

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertSilent(outcome.toString(), Credential.password(PASSWORD).toString(), token().toString());
  }

  private static Credential token() {
    return Credential.accessToken(TOKEN);
  }

  @Test
  void rules_that_look_for_a_customer_and_mail_that_they_hold_leave_no_trace_of_the_customer() {
    Inbox workshop = Shop.workshop();
    street.keep(
        workshop.withSettings(
            workshop
                .settings()
                .change()
                .rules(
                    RuleSet.of(
                        Rule.named("known trouble")
                            .when(
                                Condition.sender(TextMatch.containing(FROM))
                                    .and(Condition.subject(TextMatch.containing(SUBJECT))))
                            .then(RuleAction.ignore())))
                .build()));
    street.arrives(mail("1"));

    SyncReport report = street.sync();

    assertThat(report.ignored()).isEqualTo(1);
    assertThat(held()).hasSize(1);
    assertSilent(report.toString(), held().toString());
  }

  private List<Document> held() {
    return street
        .storage
        .documents()
        .ofOwner(DocumentKey.Kind.HELD_MAIL, Shop.workshop().id().value(), "", 10);
  }

  @Test
  void what_a_directory_or_a_listener_throws_is_not_repeated() {
    street.engage.close();
    Engage engage =
        street
            .builder()
            .customers(new TalkativeDirectory())
            .listener(
                entries -> {
                  throw new IllegalStateException(ALL);
                })
            .build();
    opened.add(engage);
    street.arrives(mail("1"));

    Throwable failure = catchThrowable(() -> engage.mail().sync(Shop.ACCOUNT));
    engage.outbox().workOff();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                !LOG.isWarnEnabled() || log.toString(StandardCharsets.UTF_8).contains("listener"));

    assertThat(failure).isNotNull();
    assertSilent(engage.mail().health(Shop.ACCOUNT).toString());
  }

  @Test
  void what_an_sms_gateway_says_is_not_repeated() {
    PhoneNumber ours = PhoneNumber.of("+14155550111");
    PhoneNumber hers = PhoneNumber.of("+1" + PHONE);
    InMemorySmsGateway numbers = InMemorySmsGateway.create().withFreeNumbers(ours);
    Engage engage = street.builder().sms(new TalkativeGateway(numbers)).build();
    opened.add(engage);
    engage.clientelingOf(Shop.CLARA).onboard(Shop.workshop().id(), ours, "(415) 555-0190", true);

    engage.sms().receive(new InboundSms("in-1", hers, ours, BODY, street.clock.instant()));
    Conversation texted = street.onlyConversation();
    engage.deskOf(Shop.CLARA).texting().send(texted.id(), BODY);
    engage.outbox().workOff();
    engage
        .sms()
        .report(new SmsReport("out-1", SmsReport.Status.FAILED, ALL, street.clock.instant()));
    engage
        .sms()
        .report(
            new SmsReport(
                "out-2", SmsReport.Status.OPTED_OUT, "she wrote " + BODY, street.clock.instant()));

    assertThat(street.messages(texted)).isNotEmpty();
    assertSilent();
  }

  @Test
  void values_that_hold_a_customers_words_do_not_say_them() {
    Conversation asked = answered();
    List<Message> messages = street.messages(asked);

    List<String> values = new ArrayList<>();
    values.add(asked.toString());
    messages.forEach(message -> values.add(message.toString()));
    street
        .storage
        .outbox()
        .unsettledOf(Shop.ACCOUNT, null, 10)
        .forEach(entry -> values.add(entry.toString()));
    values.add(street.clara.writing().beginFrom(messages.get(0).id()).toString());
    values.add(street.clara.writing().reply(messages.get(0).id()).toString());
    values.add(
        street.clara.list(ConversationFilter.open(), Page.Request.first(10)).items().toString());

    assertThat(values)
        .allSatisfy(
            text -> assertThat(text).doesNotContainIgnoringCase(SUBJECT, BODY, FILE, PASSWORD));
  }

  private static final class TalkativeDirectory implements CustomerDirectory {
    @Override
    public Map<Address, List<CustomerId>> findByAddresses(Collection<Address> addresses) {
      throw new PortFailure(ALL, true, new IllegalStateException(ALL));
    }

    @Override
    public List<Customer> findByIds(Collection<CustomerId> ids) {
      throw new PortFailure(ALL, true);
    }

    @Override
    public List<Customer> search(String words, int limit) {
      throw new PortFailure(ALL, true);
    }

    @Override
    public Customer create(NewCustomer customer) {
      throw new PortFailure(ALL, true);
    }
  }

  private record TalkativeGateway(SmsGateway numbers) implements SmsGateway {
    @Override
    public SmsReceipt send(OutboundSms message) {
      throw new PortFailure(ALL, true);
    }

    @Override
    public List<PhoneNumber> freeNumbers() {
      return numbers.freeNumbers();
    }

    @Override
    public void forwardCalls(PhoneNumber number, PhoneNumber to) {
      throw new PortFailure(ALL, true);
    }
  }
}
