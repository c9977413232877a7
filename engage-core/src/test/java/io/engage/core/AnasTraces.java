package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.document.Document;
import io.engage.model.message.Blob;
import io.engage.model.message.FileName;
import io.engage.model.message.Message;
import io.engage.model.message.Rating;
import io.engage.model.message.Reply;
import io.engage.model.queue.AgentMessage;
import io.engage.model.sms.SmsConsent;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Everything that a shop can know of Ana, by mail, by text message, and in its own words. */
final class AnasTraces {
  static final PhoneNumber PHONE = PhoneNumber.of("+14155550101");
  static final PhoneNumber SHOPS_PHONE = PhoneNumber.of("+14155550100");

  /** By what she would be found. */
  static final List<String> ALL =
      List.of(
          "ana",
          "ana@customer.example",
          "ana silva",
          "4155550101",
          "555-0101",
          "blue bell",
          "anas-bell.jpg",
          "QmVsbA==",
          "AnasPhoto",
          "AnasDrawing",
          "AnasSketch",
          "1@customer.example");

  private AnasTraces() {}

  static void leaveIn(Street street) {
    street.customers.with("ana", "Ana Silva", Shop.ANA.address(), PHONE);
    Conversation bike = bikeWithPhoto(street);
    answered(bike, street);
    withFiles(street.messages(bike).get(0), street);
    bensWithCopyToAna(street);
    street.arrives(
        """
        From: SMS <sms@gateway.example>
        To: repairs@shop.example
        Subject: SMS from (415) 555-0101
        Message-ID: <s1@gateway.example>

        Where is my blue bell?
        """);
    street.arrives(fromAna("5@customer.example", "Never mind the blue bell"));
    street.sync();
    Conversation deleted =
        street.list(ConversationFilter.all()).stream()
            .filter(
                each -> each.exchange().preview().contains("Never mind") || isLast(each, street))
            .findFirst()
            .orElseThrow();
    street.clara.delete(List.of(deleted.id()));
    written(bike, street);
    merged(street);
  }

  private static boolean isLast(Conversation each, Street street) {
    return street.lastMessage(each).preview().contains("Never mind");
  }

  private static Conversation bikeWithPhoto(Street street) {
    street.arrives(
        """
        From: Ana Silva <ana@customer.example>
        To: repairs@shop.example
        Subject: My blue bell
        Message-ID: <1@customer.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        My blue bell is broken.
        --b
        Content-Type: image/jpeg; name="anas-bell.jpg"
        Content-Disposition: attachment; filename="anas-bell.jpg"
        Content-Transfer-Encoding: base64

        QmVsbA==
        --b
        Content-Type: image/jpeg; name="anas-bell.jpg"
        Content-Disposition: attachment; filename="anas-bell.jpg"
        Content-Transfer-Encoding: base64

        QW5hc1Bob3Rv
        --b--
        """);
    street.sync();
    return street.onlyConversation();
  }

  /** One answer has gone, one waits. */
  private static void answered(Conversation bike, Street street) {
    street.clara.reply(bike.id(), Reply.of("Your blue bell is ready."));
    street.engage.outbox().workOff();
    street.clara.reply(bike.id(), Reply.of("Your blue bell still waits."));
  }

  /** A mail with attachments was forwarded, a file was sent, another one was thrown away. */
  private static void withFiles(Message mail, Street street) {
    WritingDesk desk = street.clara.writing();
    Draft forward = desk.forward(mail.id()).findValue().orElseThrow();
    desk.send(
        forward.withContent(
            forward.content().to(NamedAddress.of("supplier@bells.example")), forward.changedAt()));
    desk.send(withFile(desk, mail, "AnasDrawing"));
    desk.discard(withFile(desk, mail, "AnasSketch").id());
    street.clock.advance(Duration.ofMinutes(1));
    street.engage.outbox().workOff();
  }

  private static Draft withFile(WritingDesk desk, Message mail, String content) {
    Draft draft = desk.reply(mail.id()).findValue().orElseThrow();
    try {
      return desk.attach(
              draft.id(),
              FileName.of("anas-bell.jpg"),
              "image/jpeg",
              new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
          .findValue()
          .orElseThrow();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void bensWithCopyToAna(Street street) {
    street.arrives(mailFrom("Ben <ben@customer.example>", "7@ben.example", "My saddle"));
    street.arrives(
        mailFrom("Ben <ben@customer.example>", "8@ben.example", "Ana has a blue bell")
            .replace(
                "Subject:",
                "Cc: Ana Silva <ANA@customer.example>\nIn-Reply-To: <7@ben.example>\nSubject:"));
    street.sync();
  }

  private static void written(Conversation bike, Street street) {
    Conversation side =
        Shop.conversation("side", Shop.workshop(), Shop.MALLORY)
            .withExchange(
                Conversation.Exchange.NONE
                    .besides(bike.id())
                    .withNewest("Ana Silva", "her blue bell"))
            .withCounts(0, 0)
            .withVersion(0);
    commit(
        street,
        InboxChange.builder()
            .conversations(List.of(side))
            .documents(
                List.<Document>of(
                    new Note(
                        NoteId.of("n1"),
                        bike.id(),
                        Shop.CLARA,
                        "Ana Silva likes her blue bell",
                        Shop.MORNING,
                        0),
                    told("000000000000001-a", "Ana Silva is furious about her blue bell"),
                    told("000000000000002-b", "Call (415) 555-0101: ana@customer.example"),
                    new Rating(
                        street.lastMessage(bike).id(), bike.inbox(), null, 5, Shop.MORNING, 0),
                    new SmsConsent(
                        SHOPS_PHONE,
                        PHONE,
                        SmsConsent.State.OPTED_OUT,
                        false,
                        List.of(
                            new SmsConsent.Evidence(
                                Shop.MORNING, SmsConsent.State.OPTED_OUT, "STOP", "")),
                        0))));
    street.storage.drafts().save(draft(street));
  }

  /** Clara has not seen it yet. */
  private static AgentMessage told(String id, String text) {
    return new AgentMessage(id, Shop.CLARA.id(), Shop.DIRK, text, Shop.MORNING, 0);
  }

  private static Draft draft(Street street) {
    Blob bell = put(street, "the drawing of the blue bell");
    return new Draft(
        DraftId.of("d1"),
        Draft.Kind.NEW,
        Shop.workshop().id(),
        null,
        null,
        Shop.CLARA.id(),
        Composition.empty()
            .to(NamedAddress.of("Ana Silva", "ana@customer.example"))
            .withText("Your blue bell")
            .withFiles(
                List.of(new Composition.File(FileName.of("anas-bell.jpg"), "image/jpeg", bell))),
        Shop.MORNING,
        0);
  }

  private static Blob put(Street street, String text) {
    try {
      return street.blobs.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Whom the directory knows as Ana Costa was Ana Silva all the time. */
  private static void merged(Street street) {
    street.customers.with("ana-costa", "Ana Costa", EmailAddress.of("costa@before.example"));
    street.arrives(mailFrom("costa@before.example", "9@before.example", "My blue bell again"));
    street.sync();
    street.clara.customers().merge(CustomerId.of("ana"), CustomerId.of("ana-costa"));
  }

  static void onlyKnownContacts(Street street) {
    street.storage.inboxes().inboxes().stream()
        .map(inbox -> inbox.withSettings(inbox.settings().change().knownContactsOnly(true).build()))
        .forEach(
            inbox -> {
              street.clock.advance(Duration.ofSeconds(1));
              commit(street, InboxChange.builder().inbox(inbox));
            });
  }

  static void commit(Street street, InboxChange.Builder change) {
    street
        .storage
        .inboxes()
        .commit(
            change
                .audit(
                    List.of(
                        new AuditEntry(
                            AuditEntryId.of("a-" + street.clock.instant()),
                            Shop.MORNING,
                            Actor.agent(Shop.CLARA),
                            AuditSubject.NONE,
                            new AuditFact.HandedBack())))
                .build());
  }
}
