package io.engage.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.memory.InMemoryMail.Step;
import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.message.MailContent;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.TransportSession;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InMemoryMailTest {
  private static final EmailAddress SHOP = EmailAddress.of("service@shop.example");
  private static final EmailAddress WORKSHOP = EmailAddress.of("workshop@shop.example");

  private final MailAccount account =
      MailAccount.of(
          "workshop", "workshop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private final InMemoryMail mail = InMemoryMail.create(new UnusedMailFormat(), Clock.systemUTC());

  @Test
  void what_is_sent_to_a_mailbox_here_arrives_there_stamped_as_a_server_does() {
    mail.mailbox(WORKSHOP, account.id());

    try (TransportSession session = mail.transport().open(account)) {
      MailContent content = MailContent.of("Subject: strap\r\n\r\n?\r\n".getBytes(US_ASCII));
      session.send(new Envelope(SHOP, List.of(WORKSHOP), content));
    }

    assertThat(mail.mails(account.id(), "INBOX"))
        .singleElement()
        .satisfies(
            arrived ->
                assertThat(new String(arrived.source(), US_ASCII))
                    .startsWith("Return-Path: <service@shop.example>\r\n")
                    .contains("Delivered-To: workshop@shop.example\r\nSubject: strap"));
  }

  @Test
  void a_step_fails_as_often_as_it_was_told_to() {
    mail.failNext(Step.LOOK, Reason.TIMEOUT, 2);

    for (int i = 0; i < 2; i++) {
      try (MailboxSession session = mail.source().open(account)) {
        assertThatThrownBy(() -> session.look("INBOX"))
            .isInstanceOfSatisfying(
                MailAccessFailure.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
      }
    }
    try (MailboxSession session = mail.source().open(account)) {
      assertThat(session.look("INBOX").messages()).isZero();
    }
  }

  @Test
  void after_a_failure_a_session_can_only_be_closed() {
    mail.failNext(Step.LOOK, Reason.BUSY, 1);
    MailboxSession session = mail.source().open(account);
    assertThatThrownBy(() -> session.look("INBOX")).isInstanceOf(MailAccessFailure.class);

    assertThatThrownBy(() -> session.look("INBOX"))
        .isInstanceOfSatisfying(
            MailAccessFailure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST));
  }
}
