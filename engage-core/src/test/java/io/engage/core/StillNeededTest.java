package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Person;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What others need is not deleted with what goes, here and on the server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StillNeededTest {
  private static final Duration YEAR = Duration.ofDays(365);

  private final Street street = new Street();
  private final PrivacyDesk desk = street.engage.privacyOf(Shop.CLARA);

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("IN-12")
  @Tag("PO-6")
  void a_mail_that_another_inbox_holds_is_let_in_after_the_inbox_that_took_it_has_forgotten_it() {
    bothGetAMailThatTheShopHolds();
    street.clock.advance(Duration.ofDays(400));

    Erasure erasure = desk.retain(Shop.workshop().id(), YEAR).findValue().orElseThrow();

    street.engage.outbox().workOff();
    assertThat(erasure.messages()).isEqualTo(1);
    assertThat(street.mailsOnServer()).isEqualTo(1);
    Message letIn = letIn();
    assertThat(letIn.inbox()).isEqualTo(Shop.shop().id());
    assertThat(street.clara.open(letIn.id()).findValue().orElseThrow().content().text())
        .contains("My green bell");
  }

  @Test
  @Tag("PO-6")
  void an_erasure_takes_no_more_steps_where_thousands_have_the_same_text() {
    int few = stepsBeside(10);

    int many = stepsBeside(10_000);

    assertThat(many).isEqualTo(few);
  }

  @Test
  @Tag("G-8")
  void whoever_stores_the_same_bytes_while_they_are_being_deleted_keeps_them() {
    street.arrives(Street.fromAna("1@customer.example", "ok thanks"));
    street.sync();
    Message anas = street.lastMessage(street.onlyConversation());
    street.clock.advance(Duration.ofHours(2));
    BlobStore overtaken = deleting(() -> commitEqual(street, putAgain(anas)));

    eraseAna(overtaken);

    assertReadable("bens");
  }

  @Test
  @Tag("G-8")
  void whoever_has_put_the_same_bytes_and_commits_while_they_are_being_deleted_keeps_them() {
    street.arrives(Street.fromAna("1@customer.example", "ok thanks"));
    street.sync();
    Message anas = street.lastMessage(street.onlyConversation());
    street.clock.advance(Duration.ofHours(2));
    Message put = putAgain(anas);
    street.clock.advance(Duration.ofMinutes(10));
    BlobStore overtaken = deleting(() -> commitEqual(street, put));

    eraseAna(overtaken);

    assertReadable("bens");
  }

  private void eraseAna(BlobStore blobs) {
    try (Engage node = street.engageOn(street.storage, street.mail, blobs, street.customers)) {
      node.privacyOf(Shop.CLARA).erase(Person.at(Shop.ANA.address()));
      street.workOffLater();
      street.workOffLater();
    }
  }

  private void assertReadable(String id) {
    OpenedMessage opened = street.clara.open(MessageId.of(id)).findValue().orElseThrow();
    assertThat(opened.content().text()).contains("ok thanks");
  }

  /** What Ben sends is what Ana has sent. */
  private Message putAgain(Message anas) {
    try (InputStream content = street.blobs.open(anas.source().digest())) {
      street.blobs.put(content);
      return anas;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void commitEqual(Street street, Message anas) {
    Conversation bens = Shop.conversation("bens", Shop.workshop(), Shop.BEN);
    AnasTraces.commit(
        street,
        InboxChange.builder()
            .conversations(List.of(bens.withVersion(0)))
            .messages(List.of(equalTo(anas, "bens", bens))));
  }

  /** Somebody else is faster, between the question and the deletion. */
  private BlobStore deleting(Runnable before) {
    AtomicBoolean done = new AtomicBoolean();
    return (BlobStore)
        Proxy.newProxyInstance(
            BlobStore.class.getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals("delete") && done.compareAndSet(false, true)) {
                before.run();
              }
              return called.invoke(street.blobs, arguments);
            });
  }

  /** Of the erasure of one mail that so many others have too. */
  private static int stepsBeside(int others) {
    try (Street other = new Street()) {
      other.arrives(Street.fromAna("1@customer.example", "ok thanks"));
      other.sync();
      Message anas = other.lastMessage(other.onlyConversation());
      Conversation bens = Shop.conversation("bens", Shop.workshop(), Shop.BEN);
      AnasTraces.commit(
          other,
          InboxChange.builder()
              .conversations(List.of(bens.withVersion(0)))
              .messages(
                  IntStream.range(0, others)
                      .mapToObj(i -> equalTo(anas, "copy" + i, bens))
                      .toList()));
      CountingStorage counting = new CountingStorage(other.storage);
      try (Engage node = other.engageOn(counting.storage(), other.mail, Runnable::run)) {
        int before = counting.steps();
        node.privacyOf(Shop.CLARA).erase(Person.at(Shop.ANA.address()));
        assertThat(other.list(ConversationFilter.all())).hasSize(1);
        return counting.steps() - before;
      }
    }
  }

  private static Message equalTo(Message other, String id, Conversation conversation) {
    return new Message(
        MessageId.of(id),
        conversation.id(),
        conversation.inbox(),
        other.channel(),
        other.direction(),
        other.kind(),
        other.trust(),
        MailHeaders.EMPTY,
        null,
        other.preview(),
        List.of(),
        other.source(),
        other.at(),
        other.state().withOnServer(null).withCustomer(null),
        0);
  }

  private void bothGetAMailThatTheShopHolds() {
    Inbox shop =
        street.storage.inboxes().inboxes().stream()
            .filter(each -> each.id().equals(Shop.shop().id()))
            .findFirst()
            .orElseThrow();
    street.keep(shop.withSettings(shop.settings().change().knownContactsOnly(true).build()));
    street.arrives(
        Street.mailFrom("zoe@new.example", "1@new.example", "My green bell")
            .replace("To: repairs@shop.example", "To: repairs@shop.example, hello@shop.example"));
    street.sync();
    assertThat(street.onlyConversation().inbox()).isEqualTo(Shop.workshop().id());
  }

  private Message letIn() {
    HeldDesk held = street.engage.mail().heldFor(Shop.CLARA);
    HeldMail only =
        held.list(Shop.shop().id(), "", 10).findValue().orElseThrow().stream()
            .findFirst()
            .orElseThrow();
    return held.letIn(Shop.shop().id(), only.key()).findValue().orElseThrow();
  }
}
