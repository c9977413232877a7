package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Confirmation;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.template.Template;
import io.engage.spi.MailTransport.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody asks to be told when their mail is read: nobody is (RFC 8098, section 2.1). */
@Tag("G-25")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadReceiptTest {
  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void reading_a_mail_that_asks_for_a_receipt_sends_nothing() {
    Message asking = arrived(street.engage);

    street.clara.open(asking.id());
    street.clara.markRead(List.of(asking.conversation()));
    street.clara.complete(List.of(asking.conversation()));
    street.clara.delete(List.of(asking.conversation()));
    street.engage.outbox().workOff();
    street.sync();

    assertThat(street.mail.sent()).isEmpty();
  }

  @Test
  void an_answer_is_an_answer_and_no_receipt() throws IOException {
    Message asking = arrived(street.engage);

    street.clara.reply(asking.id(), Reply.of("On Friday."));
    street.engage.outbox().workOff();

    assertThat(street.mail.sent()).hasSize(1);
    assertThat(textOf(street.mail.sent().get(0)))
        .contains("on friday.")
        .doesNotContain("disposition", "return-receipt", "x-confirm-reading", "multipart/report");
  }

  @Test
  @Tag("IN-11")
  void a_confirmation_says_that_a_mail_came_and_not_that_it_was_read() throws IOException {
    Template received =
        Template.of("received", "Received", Template.Purpose.CONFIRMATION, "We have it", "We do.");
    commit(received);
    Confirmation confirming =
        new Confirmation(received.id(), false, Shop.MORNING.minus(Duration.ofDays(1)));
    Inbox workshop = Shop.workshop();
    try (Engage engage =
        street.engageWith(
            Shop.shop(),
            workshop.withSettings(workshop.settings().change().confirmation(confirming).build()))) {
      arrived(engage);

      engage.outbox().workOff();
    }

    assertThat(street.mail.sent()).hasSize(1);
    assertThat(textOf(street.mail.sent().get(0)))
        .contains("we do", "auto-submitted: auto-replied")
        .doesNotContain("disposition", "return-receipt", "x-confirm-reading", "multipart/report");
  }

  private Message arrived(Engage engage) {
    street.arrives(
        """
        Authentication-Results: mx.shop.example; dmarc=pass header.from=customer.example
        Disposition-Notification-To: Ana Silva <ana@customer.example>
        Disposition-Notification-Options: signed-receipt-protocol=required,pkcs7-signature
        Return-Receipt-To: ana@customer.example
        X-Confirm-Reading-To: ana@customer.example
        """
            + Street.fromAna("1@customer.example", "Is it ready?"));
    engage.mail().sync(Shop.ACCOUNT);
    return street.messages(street.onlyConversation()).get(0);
  }

  private void commit(Template template) {
    street
        .storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .document(template)
                .audit(
                    List.of(
                        new AuditEntry(
                            AuditEntryId.of("template-entry"),
                            Shop.MORNING,
                            Actor.CONFIGURATION,
                            AuditSubject.NONE,
                            new AuditFact.TemplateChanged(template.id(), "Received"))))
                .build());
  }

  private static String textOf(Envelope envelope) throws IOException {
    try (InputStream in = envelope.content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }
  }
}
