package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.memory.InMemoryMail.Step;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.ServerUid;
import io.engage.spi.MailAccessFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a look at a mailbox asks, and what it leaves for another time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LookingTest {
  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("SY-5")
  void without_counted_changes_flags_are_listed_now_and_then_and_not_at_each_look() {
    street.mail.withoutModSeq();
    ServerUid uid = street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    street.sync();
    street.mail.failNext(Step.SURVEY, MailAccessFailure.Reason.CONNECTION_LOST, 1);

    street.mail.markSeen(uid, true);
    street.sync();
    int unreadBefore = street.onlyConversation().unread();
    street.clock.advance(FlagPace.EVERY);
    assertThatThrownBy(street::sync).isInstanceOf(MailAccessFailure.class);
    street.sync();

    assertThat(unreadBefore).isEqualTo(1);
    assertThat(street.onlyConversation().unread()).isZero();
  }

  @Test
  @Tag("SY-6")
  void without_counted_changes_a_deletion_is_noticed_at_the_next_look() {
    street.mail.withoutModSeq();
    ServerUid uid = street.arrives(mailFrom("zoe@new.example", "1@new.example", "Nobody's"));
    street.sync();
    street.sync();

    street.mail.remove(uid);
    street.sync();

    assertThat(street.open()).isEmpty();
  }

  @Test
  @Tag("SY-1")
  void a_missing_folder_does_not_keep_its_neighbours_back_and_is_told() {
    MailAccount three =
        new MailAccount(
            Shop.ACCOUNT,
            "shop",
            ServerEndpoint.loopback(143),
            ServerEndpoint.loopback(25),
            List.of("INBOX", "Gone", "Orders"),
            MailAccount.SentCopies.APPENDED);
    street.arrives(fromAna("1@customer.example", "In the inbox"));
    street.mail.deliver(
        Shop.ACCOUNT,
        "Orders",
        fromAna("2@customer.example", "An order").replace("\n", "\r\n").getBytes());
    try (Engage engage =
        Engage.builder()
            .storage(street.storage)
            .blobs(street.blobs)
            .mail(street.mail)
            .customers(street.customers)
            .account(three)
            .inbox(Shop.shop())
            .inbox(Shop.workshop())
            .signingKeys(Shop.KEY)
            .clock(street.clock)
            .build()) {

      assertThatThrownBy(() -> engage.mail().sync(Shop.ACCOUNT))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure ->
                  assertThat(failure.reason()).isEqualTo(MailAccessFailure.Reason.NO_FOLDER));

      assertThat(street.open()).hasSize(2);
      assertThat(engage.mail().health(Shop.ACCOUNT).isGood()).isFalse();
    }
  }
}
