package io.engage.stories;

import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.list;
import static io.engage.stories.RealStreet.messages;
import static io.engage.stories.RealStreet.page;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.OfferedText;
import io.engage.core.Outcome;
import io.engage.core.TextPreview;
import io.engage.core.Texted;
import io.engage.core.WritingDesk;
import io.engage.core.templating.FilledTemplate;
import io.engage.core.texting.TextMeasure;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsReport;
import io.engage.model.writing.Draft;
import java.time.Duration;
import java.util.List;

/** Second chapter: an associate and a customer, by text and by mail. */
final class StoreTexting extends StoreStage {

  StoreTexting(RealStreet street) {
    super(street);
  }

  void play() {
    theFirstMessageAsksForConsent();
    theCustomerAgrees();
    aQuickReplyIsSentAndReported();
    theSameQuickReplyAnswersAMail();
    aTextThatComesByMailJoins();
  }

  private void theFirstMessageAsksForConsent() {
    Texted texted = done(texting.begin(DOWNTOWN, ANA, ANAS, "Your order is ready"));
    street.workOff();

    assertThat(texted).isInstanceOf(Texted.AskedFirst.class);
    assertThat(street.gateway.sent())
        .singleElement()
        .satisfies(
            sms -> {
              assertThat(sms.from()).isEqualTo(FIRST);
              assertThat(sms.to()).isEqualTo(ANAS);
              assertThat(sms.text())
                  .isEqualTo("Downtown: may we text you? Reply YES, or STOP to end.");
            });
    assertThat(consent(anas()).state()).isEqualTo(SmsConsent.State.REQUESTED);
    assertThat(consent(anas()).evidence())
        .extracting(SmsConsent.Evidence::by)
        .containsExactly("clara");
    assertThat(refused(texting.begin(DOWNTOWN, ANA, ANAS, "Your order is ready")))
        .contains("has not agreed yet");
    assertThat(refused(texting.preview(anas(), "Your order"))).contains("has not agreed yet");
  }

  private void theCustomerAgrees() {
    street.clock.advance(Duration.ofSeconds(5));
    InboundSms yes = new InboundSms("in-1", ANAS, FIRST, "Yes", street.clock.instant());

    Message heard = done(street.engage.sms().receive(yes));
    Outcome<Message> repeated = street.engage.sms().receive(yes);

    assertThat(repeated).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(heard.conversation()).isEqualTo(anas());
    assertThat(heard.state().customer()).isEqualTo(ANA);
    assertThat(messages(clara, anas())).hasSize(2);
    assertThat(consent(anas()).state()).isEqualTo(SmsConsent.State.OPTED_IN);
    assertThat(consent(anas()).evidence())
        .last()
        .satisfies(
            it -> {
              assertThat(it.by()).isEqualTo("START");
              assertThat(it.reference()).isEqualTo(heard.id().value());
            });
    assertThat(codes(clara.auditTrail(anas()))).contains("consent-changed");
  }

  private void aQuickReplyIsSentAndReported() {
    List<OfferedText> offered = done(texting.quickReplies(anas()));
    assertThat(offered).extracting(OfferedText::title).containsExactly("Bye", "Ready");
    String ready = ((FilledTemplate.Complete) offered.get(1).filled()).text();
    assertThat(ready).isEqualTo("Hello Ana Silva, your order is ready.");
    TextPreview preview = done(texting.preview(anas(), ready));
    assertThat(preview.from()).isEqualTo(FIRST);
    assertThat(preview.measure().alphabet()).isEqualTo(TextMeasure.Alphabet.GSM_7);
    assertThat(preview.measure().segments()).hasSize(1);

    street.clock.advance(Duration.ofSeconds(5));
    Texted texted = done(texting.send(anas(), ready));
    street.workOff();

    assertThat(texted).isInstanceOf(Texted.Queued.class);
    assertThat(sent()).last().isEqualTo(ready);
    assertThat(report(texted.message(), SmsReport.Status.DELIVERED).isDone()).isTrue();
    assertThat(report(texted.message(), SmsReport.Status.DELIVERED))
        .isInstanceOf(Outcome.AlreadySo.class);
    report(texted.message(), SmsReport.Status.FAILED);
    assertThat(delivery(texted.message())).isEqualTo(Delivery.DELIVERED);
    assertThat(clara.customers().history(ANA, Channel.SMS, page()).items()).hasSize(3);
  }

  private void theSameQuickReplyAnswersAMail() {
    street.arrives(
        "stores",
        Letter.from("Ana Silva <ana@customer.example>")
            .to("downtown@shop.example")
            .about("My order")
            .id("order@customer.example")
            .saying("Where is it?"));
    street.sync(STORES);
    WritingDesk writing = clara.writing();
    Message mail = last(clara, with(ANA, Channel.EMAIL));
    Draft answer = done(writing.reply(mail.id()));
    List<OfferedText> offered = done(writing.quickReplies(answer));
    assertThat(offered).extracting(OfferedText::title).containsExactly("Bye", "Ready");

    done(writing.send(done(writing.useQuickReply(answer, offered.get(1).id()))));
    street.afterTheWindow();

    assertThat(street.post.arrivedAt("ana@customer.example"))
        .singleElement()
        .satisfies(
            arrived ->
                assertThat(arrived.text()).startsWith("Hello Ana Silva, your order is ready."));
    assertThat(clara.history(ANA, page()).items())
        .extracting(Message::channel)
        .containsExactly(Channel.EMAIL, Channel.EMAIL, Channel.SMS, Channel.SMS, Channel.SMS);
  }

  private void aTextThatComesByMailJoins() {
    int unread = thread().unread();
    street.arrives(
        "stores",
        Letter.from("SMS <sms@gateway.example>")
            .to("downtown@shop.example")
            .about("SMS from +14155550101")
            .id("sms-1@gateway.example")
            .saying("On my way."));

    street.sync(STORES);

    assertThat(messages(clara, anas())).hasSize(4);
    assertThat(last(clara, anas()).preview()).isEqualTo("On my way.");
    assertThat(thread().unread()).isEqualTo(unread + 1);
  }

  private Conversation thread() {
    return list(clara, ConversationFilter.open().with(ANA).through(Channel.SMS)).get(0);
  }

  private Outcome<Message> report(Message message, SmsReport.Status status) {
    String name = street.gateway.nameOf(message.id());
    return street.engage.sms().report(new SmsReport(name, status, "", street.clock.instant()));
  }
}
