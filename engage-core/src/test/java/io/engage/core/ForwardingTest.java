package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.address.EmailAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForwardingTest {
  private static final AccountId EVERYTHING = AccountId.of("in-shop-example");
  private static final Inbox DEALER =
      Inbox.of("dealer", "Dealer", "support@dealer.example", AccountId.of("dealer-mail"));

  private final ManualClock clock = ManualClock.at(Shop.MORNING);
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  private final Engage engage =
      Engage.builder()
          .storage(InMemoryStorage.create())
          .blobs(InMemoryBlobStore.create())
          .mail(mail)
          .customers(InMemoryCustomerDirectory.create())
          .signingKeys(Shop.KEY)
          .account(
              MailAccount.of(EVERYTHING.value(), "everything", ServerEndpoint.loopback(143), null))
          .account(MailAccount.of("dealer-mail", "dealer", null, ServerEndpoint.loopback(25)))
          .forwardingDomain("In.Shop.Example", EVERYTHING)
          .inbox(DEALER)
          .clock(clock)
          .build();

  @AfterEach
  void close() {
    engage.close();
  }

  @Test
  void mail_that_a_mailbox_elsewhere_forwards_arrives_in_the_inbox() {
    EmailAddress forwarding = given();
    mail.deliver(
        EVERYTHING,
        """
        Received: from mx.dealer.example by in.shop.example for <%s>; Mon, 2 Mar 2026 08:00:00 +0000
        From: Ana Silva <ana@customer.example>
        To: support@dealer.example
        Subject: My tractor
        Message-ID: <1@customer.example>

        It is broken.
        """
            .formatted(forwarding)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8));

    SyncReport report = engage.mail().sync(EVERYTHING);

    assertThat(report.imported()).isEqualTo(1);
    assertThat(
            engage
                .deskOf(Shop.CLARA)
                .list(ConversationFilter.open(), Page.Request.first(10))
                .items())
        .extracting(Conversation::inbox)
        .containsExactly(DEALER.id());
  }

  @Test
  void each_address_is_another_one_and_the_earlier_ones_keep_leading_to_the_inbox() {
    EmailAddress first = given();
    EmailAddress second = given();

    assertThat(second).isNotEqualTo(first);
    assertThat(first.domain()).isEqualTo("in.shop.example");
    assertThat(first.localPart()).startsWith("dealer-").hasSizeGreaterThan(30);
    assertThat(engage.inboxes().get(0).addresses()).contains(first, second);
  }

  @Test
  void a_new_inbox_whose_account_only_sends_has_its_forwarding_address_after_one_call() {
    Inbox tractors =
        Inbox.of("tractors", "Tractors", "tractors@dealer.example", AccountId.of("dealer-mail"));

    Outcome<SavedInbox> outcome = engage.setupOf(Shop.CLARA).saveInbox(tractors);

    Inbox saved = outcome.findValue().orElseThrow().inbox();
    assertThat(saved.settings().forwarding())
        .isNotNull()
        .extracting(EmailAddress::value)
        .asString()
        .matches("tractors-.+@in\\.shop\\.example");
    assertThat(saved.settings().receiving()).isTrue();
    assertThat(engage.inboxes()).contains(saved);
  }

  private EmailAddress given() {
    Inbox inbox =
        engage.setupOf(Shop.CLARA).giveForwardingAddress(DEALER.id()).findValue().orElseThrow();
    EmailAddress forwarding = inbox.settings().forwarding();
    if (forwarding == null) {
      throw new AssertionError("There is no forwarding address");
    }
    return forwarding;
  }
}
