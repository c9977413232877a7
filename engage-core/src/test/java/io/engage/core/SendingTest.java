package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryMail.Step;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.BlobStore;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the outbox does when servers, stores and administrators are not as it would like them. */
class SendingTest {
  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("G-30")
  void a_blob_store_that_is_away_for_a_minute_leaves_no_mail_in_doubt() {
    Message answer = answered();
    MoodyBlobs moody = new MoodyBlobs(street.blobs);
    moody.failures.set(1);
    try (Engage node = street.engageOn(street.storage, street.mail, moody, street.customers)) {
      node.outbox().workOff();
      Delivery meanwhile = delivery(answer);
      street.clock.advance(Duration.ofMinutes(2));
      node.outbox().workOff();

      assertThat(meanwhile).isEqualTo(Delivery.QUEUED);
    }
    assertThat(delivery(answer)).isEqualTo(Delivery.SENT);
    assertThat(street.mail.sent()).hasSize(1);
  }

  @Test
  @Tag("IN-2")
  @Tag("G-30")
  void a_mail_account_may_be_called_as_the_gateway_of_texts_is() {
    AccountId sms = AccountId.SMS;
    Inbox lobby = Inbox.of("lobby", "Lobby", "lobby@shop.example", sms);
    try (Engage node =
        street
            .builder()
            .account(
                MailAccount.of(
                    sms.value(),
                    "lobby",
                    ServerEndpoint.loopback(143),
                    ServerEndpoint.loopback(25)))
            .inbox(lobby)
            .build()) {
      street.mail.deliver(
          sms,
          Street.fromAna("1@customer.example", "Is it ready?")
              .replace("repairs@", "lobby@")
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.UTF_8));
      node.mail().sync(sms);
      AgentDesk clara = node.deskOf(Shop.CLARA);
      Message answer =
          clara
              .reply(street.onlyConversation().id(), Reply.of("On Friday."))
              .findValue()
              .orElseThrow();

      node.outbox().workOff();

      assertThat(delivery(answer)).isEqualTo(Delivery.SENT);
    }
  }

  @Test
  @Tag("IN-14")
  void what_an_inbox_has_queued_waits_while_it_is_switched_off_and_counts_no_attempt() {
    Message answer = answered();
    switched(false);

    street.engage.outbox().workOff();
    List<OutboxEntry> waiting = street.storage.outbox().unsettled(10);
    street.clock.advance(Duration.ofDays(3));
    street.engage.outbox().workOff();
    Delivery whileOff = delivery(answer);
    switched(true);
    street.clock.advance(Duration.ofMinutes(2));
    street.engage.outbox().workOff();

    assertThat(waiting).singleElement().satisfies(each -> assertThat(each.attempts()).isZero());
    assertThat(whileOff).isEqualTo(Delivery.QUEUED);
    assertThat(delivery(answer)).isEqualTo(Delivery.SENT);
    assertThat(street.mail.sent()).hasSize(1);
  }

  @Test
  @Tag("G-30")
  void after_a_mail_in_doubt_the_others_of_the_account_wait_a_minute_and_are_nobodys() {
    answered();
    street.clara.reply(street.onlyConversation().id(), Reply.of("Or on Saturday."));
    street.mail.answerNext(new SendOutcome.InDoubt("the server went silent"), true);

    street.engage.outbox().workOff();
    List<OutboxEntry> left = street.storage.outbox().unsettled(10);
    Instant now = street.clock.instant();
    boolean atOnce = street.storage.outbox().claim(10, now, now).isEmpty();
    street.clock.advance(Duration.ofMinutes(1));
    street.engage.outbox().workOff();

    assertThat(left).hasSize(1);
    assertThat(street.storage.outbox().held(List.of(left.get(0).id()))).isEmpty();
    assertThat(atOnce).isTrue();
    assertThat(street.mail.sent()).hasSize(2);
  }

  @Test
  @Tag("G-30")
  void what_could_not_be_looked_at_is_given_back_and_not_held_until_the_lease_ends() {
    answered();
    AtomicBoolean away = new AtomicBoolean();
    try (Engage node = street.engageOn(withInboxes(away), street.mail)) {
      away.set(true);
      assertThatThrownBy(() -> node.outbox().workOff()).isInstanceOf(PortFailure.class);
      away.set(false);
      street.clock.advance(Duration.ofMinutes(1));

      node.outbox().workOff();
    }

    assertThat(street.mail.sent()).hasSize(1);
  }

  /** The street's storage, of which one part may be away. */
  private Storage withInboxes(AtomicBoolean away) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (away.get() && method.getName().equals("inboxes")) {
                throw new PortFailure("The storage is away. Try again later.", true);
              }
              return method.invoke(street.storage, arguments);
            });
  }

  @Test
  @Tag("G-30")
  void what_may_not_be_begun_any_more_is_given_back_at_once() {
    answered();

    AtomicInteger asked = new AtomicInteger();
    street.engage.outbox().workOff(() -> asked.incrementAndGet() == 1, Runnable::run);
    Instant now = street.clock.instant();

    assertThat(street.mail.sent()).isEmpty();
    assertThat(street.storage.outbox().claim(10, now, now.plusSeconds(1))).hasSize(1);
  }

  @Test
  @Tag("G-30")
  void on_an_executor_without_a_thread_to_spare_whoever_asks_does_the_work() throws Exception {
    answered();
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (Engage node = street.engageOn(street.storage, street.mail, one)) {
      int worked = one.submit(() -> node.outbox().workOff()).get();

      assertThat(worked).isGreaterThan(0);
      assertThat(street.mail.sent()).hasSize(1);
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  @Tag("G-16")
  void a_token_that_only_the_sending_server_refuses_is_told_once_until_it_is_taken() {
    street.sync();
    answered();
    for (int attempt = 0; attempt < 3; attempt++) {
      street.mail.failNext(Step.CONNECT_TO_SEND, Reason.TOKEN_REFUSED, 1);
      street.engage.outbox().workOff();
      street.sync();
      street.clock.advance(Duration.ofMinutes(10));
    }
    AccountHealth refused = street.engage.mail().health(Shop.ACCOUNT);

    street.engage.outbox().workOff();

    assertThat(refused.needsConsent()).isTrue();
    assertThat(facts(AuditFact.ConsentNeeded.class)).hasSize(1);
    assertThat(street.mail.sent()).hasSize(1);
    assertThat(street.engage.mail().health(Shop.ACCOUNT).needsConsent()).isFalse();
  }

  private <T extends AuditFact> List<T> facts(Class<T> kind) {
    return street.storage.audit().newest(1000).stream()
        .map(AuditEntry::fact)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private void switched(boolean on) {
    Inbox workshop =
        street.storage.inboxes().inboxes().stream()
            .filter(each -> each.id().equals(Shop.workshop().id()))
            .findFirst()
            .orElseThrow();
    street.keep(workshop.withSettings(workshop.settings().change().enabled(on).build()));
  }

  private Message answered() {
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    return street
        .clara
        .reply(street.onlyConversation().id(), Reply.of("On Friday."))
        .findValue()
        .orElseThrow();
  }

  private Delivery delivery(Message message) {
    return street.storage.inboxes().messages(List.of(message.id())).get(0).state().delivery();
  }

  /** A blob store that is away for some reads. */
  private record MoodyBlobs(InMemoryBlobStore good, AtomicInteger failures) implements BlobStore {
    MoodyBlobs(InMemoryBlobStore good) {
      this(good, new AtomicInteger());
    }

    @Override
    public Blob put(InputStream content) throws IOException {
      return good.put(content);
    }

    @Override
    public void makeDurable() {
      good.makeDurable();
    }

    @Override
    public InputStream open(ContentDigest digest) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new PortFailure("The blob store is away. Try again later.", true);
      }
      return good.open(digest);
    }

    @Override
    public Optional<Blob> find(ContentDigest digest) {
      return good.find(digest);
    }

    @Override
    public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
      return good.delete(digests, unlessPutWithin);
    }
  }
}
