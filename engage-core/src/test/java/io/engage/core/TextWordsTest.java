package io.engage.core;

import static io.engage.core.TextStreet.ANA;
import static io.engage.core.TextStreet.ANAS;
import static io.engage.core.TextStreet.OURS;
import static io.engage.core.TextStreet.WORKSHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsReport;
import io.engage.model.writing.Draft;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of an agent's words: kept until the customer agrees, sent again, erased. */
class TextWordsTest {
  private final TextStreet texts = new TextStreet();

  @AfterEach
  void close() {
    texts.close();
  }

  @Test
  @Tag("WK-8")
  @Tag("WK-9")
  void
      words_that_the_opt_in_request_took_the_place_of_are_kept_and_sent_when_the_customer_agrees() {
    Texted asked = texts.clara.begin(WORKSHOP, ANA, ANAS, "Ready").findValue().orElseThrow();
    Conversation conversation = texts.onlyConversation();
    Draft kept = texts.clara.unsent(conversation.id()).findValue().orElseThrow().get(0);
    Outcome<Texted> early = texts.clara.sendKept(conversation.id(), kept.id());
    texts.engage.outbox().workOff();
    texts.receive("Yes");

    Outcome<Texted> sent = texts.clara.sendKept(conversation.id(), kept.id());

    assertThat(asked).isEqualTo(new Texted.AskedFirst(asked.message(), kept));
    assertThat(early).isInstanceOf(Outcome.Refused.class);
    assertThat(sent.isDone()).isTrue();
    assertThat(texts.sent()).extracting(OutboundSms::text).last().isEqualTo("Ready");
    assertThat(texts.clara.unsent(conversation.id()).findValue().orElseThrow()).isEmpty();
    assertThat(texts.clara.sendKept(conversation.id(), kept.id()))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("WK-9")
  void kept_words_are_thrown_away() {
    texts.clara.begin(WORKSHOP, ANA, ANAS, "Ready");
    Conversation conversation = texts.onlyConversation();
    Draft kept = texts.clara.unsent(conversation.id()).findValue().orElseThrow().get(0);

    texts.clara.discardKept(conversation.id(), kept.id());

    assertThat(texts.clara.unsent(conversation.id()).findValue().orElseThrow()).isEmpty();
  }

  @Test
  @Tag("WK-8")
  void a_text_is_seen_before_there_is_a_conversation() {
    TextPreview preview =
        texts.clara.preview(WORKSHOP, ANA, ANAS, "Ready").findValue().orElseThrow();

    assertThat(preview.isRequest()).isTrue();
    assertThat(preview.from()).isEqualTo(OURS);
    assertThat(preview.words()).contains("YES", "STOP");
    assertThat(texts.street.storage.search().sms(List.of(ANAS))).isEmpty();
  }

  @Test
  @Tag("WK-7")
  @Tag("WK-10")
  void a_conversation_that_an_agent_begins_is_theirs_and_its_trail_has_the_beginning() {
    texts.clara.begin(WORKSHOP, ANA, ANAS, "Ready");

    Conversation conversation = texts.onlyConversation();
    assertThat(conversation.findAssignee()).contains(Shop.CLARA.id());
    assertThat(texts.agent.auditTrail(conversation.id()))
        .filteredOn(entry -> entry.fact() instanceof AuditFact.ConversationStarted)
        .hasSize(1);
  }

  @Test
  @Tag("WK-9")
  void a_text_that_failed_is_sent_again_once_somebody_wishes_it() {
    Conversation conversation = texts.agreed();
    Message failed =
        texts.clara.send(conversation.id(), "Ready").findValue().orElseThrow().message();
    Outcome<Texted> early = texts.clara.sendAgain(failed.id());
    texts.engage.outbox().workOff();
    report(failed, SmsReport.Status.FAILED);

    Message again = texts.clara.sendAgain(failed.id()).findValue().orElseThrow().message();

    assertThat(early).isInstanceOf(Outcome.Refused.class);
    assertThat(texts.sent()).extracting(OutboundSms::text).endsWith("Ready", "Ready");
    assertThat(texts.stored(again).state().delivery()).isEqualTo(Delivery.SENT);
  }

  @Test
  @Tag("PO-6")
  @Tag("SM-5")
  void the_names_that_a_gateway_gave_go_with_their_messages() {
    Conversation conversation = texts.agreed();
    Message sent = texts.clara.send(conversation.id(), "Ready").findValue().orElseThrow().message();
    texts.engage.outbox().workOff();
    report(sent, SmsReport.Status.DELIVERED);
    List<Message> all = texts.street.messages(conversation);
    boolean hadSome = !gatewaysNamesOf(all).isEmpty();
    texts.street.clock.advance(Duration.ofDays(10));

    texts.engage.privacyOf(Shop.DIRK).erase(Person.of(ANA));

    assertThat(hadSome).isTrue();
    assertThat(gatewaysNamesOf(all)).isEmpty();
  }

  @Test
  @Tag("PO-6")
  @Tag("SM-5")
  void a_text_that_its_gateway_repeats_after_the_erasure_does_not_come_back() {
    texts.receive("My blue bell is broken");
    texts.engage.privacyOf(Shop.DIRK).erase(Person.of(ANA));

    Outcome<Message> repeated =
        texts
            .engage
            .sms()
            .receive(
                new InboundSms(
                    "in-1", ANAS, OURS, "My blue bell is broken", texts.street.clock.instant()));

    texts.street.clock.advance(BlobRemovals.GRACE.plusSeconds(1));
    texts.engage.outbox().workOff();
    assertThat(repeated).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(MemoryGrep.find("blue bell", texts.street.storage, texts.street.blobs)).isEmpty();
  }

  @Test
  @Tag("PO-6")
  @Tag("SM-5")
  void what_a_gateway_called_a_text_is_forgotten_when_it_can_repeat_nothing_any_more() {
    texts.receive("My blue bell is broken");
    Message kept =
        texts.receive(PhoneNumber.of("+14155550188"), OURS, "Hello").findValue().orElseThrow();
    texts.engage.privacyOf(Shop.DIRK).erase(Person.of(ANA));
    texts.engage.sms().report(stray("stray-1", Duration.ofDays(3650)));
    texts.street.clock.advance(Duration.ofDays(6));
    texts.engage.sms().report(stray("stray-2", Duration.ZERO));
    texts.engage.outbox().workOff();
    int before = ofNobody();

    texts.street.clock.advance(Duration.ofDays(2));
    texts.engage.outbox().workOff();

    assertThat(before).isEqualTo(3);
    assertThat(ofNobody()).isEqualTo(1);
    assertThat(gatewaysNamesOf(List.of(kept))).isNotEmpty();
    assertThat(texts.street.storage.audit().newest(20))
        .extracting(AuditEntry::fact)
        .contains(new AuditFact.GatewayNamesForgotten(1));
  }

  private SmsReport stray(String id, Duration ahead) {
    return new SmsReport(
        id, SmsReport.Status.DELIVERED, "", texts.street.clock.instant().plus(ahead));
  }

  private int ofNobody() {
    return Stream.of(DocumentKey.Kind.SMS_ARRIVAL, DocumentKey.Kind.SMS_DISPATCH)
        .mapToInt(kind -> texts.street.storage.documents().ofOwner(kind, "", "", 100).size())
        .sum();
  }

  private List<Document> gatewaysNamesOf(List<Message> messages) {
    return messages.stream()
        .flatMap(
            message ->
                Stream.of(DocumentKey.Kind.SMS_ARRIVAL, DocumentKey.Kind.SMS_DISPATCH)
                    .flatMap(
                        kind ->
                            texts
                                .street
                                .storage
                                .documents()
                                .ofOwner(kind, message.id().value(), "", 10)
                                .stream()))
        .toList();
  }

  private void report(Message message, SmsReport.Status status) {
    texts
        .engage
        .sms()
        .report(
            new SmsReport(
                texts.gateway.nameOf(message.id()), status, "", texts.street.clock.instant()));
  }
}
