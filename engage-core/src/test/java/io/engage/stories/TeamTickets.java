package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.messages;
import static io.engage.stories.RealStreet.page;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Preview;
import io.engage.core.Texted;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Attachment;
import io.engage.model.message.Channel;
import io.engage.model.message.FileName;
import io.engage.model.message.Message;
import io.engage.model.sms.InboundSms;
import io.engage.model.writing.Draft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Third chapter: what advisers write, and how they change the channel. */
final class TeamTickets extends TeamStage {

  TeamTickets(RealStreet street) {
    super(street);
  }

  void play() throws IOException {
    copiesOpenAndBlindAreSent();
    aThirdPartyAnswersInTheTicket();
    textIsFormattedAndHasPictures();
    whoHasNoAddressGetsNoMailAndWhoHasNoPhoneNoText();
    theAdviserSwitchesToText();
    theTrailTellsAll();
  }

  private void copiesOpenAndBlindAreSent() {
    Draft answer = done(writing.replyToAll(question().id()));
    done(
        writing.send(
            with(
                answer,
                answer
                    .content()
                    .withText("Nous regardons.")
                    .withCopies(List.of(MARC), List.of(CHIEF)))));
    street.afterTheWindow();

    for (String address :
        List.of("ana@customer.example", MARC.address().value(), CHIEF.address().value())) {
      ArrivedMail mail = newestAt(address);
      assertThat(mail.text()).startsWith("Nous regardons.");
      assertThat(mail.header("Cc")).isEqualTo("Marc <marc@customer.example>");
      assertThat(mail.header("Bcc")).isEmpty();
    }
    assertThat(brakes().participants()).contains(MARC.address()).doesNotContain(CHIEF.address());
  }

  private void aThirdPartyAnswersInTheTicket() {
    int before = brakes().messages();

    receives(
        from("Marc <marc@customer.example>", "Re: Mes freins")
            .answering(last(clara, brakes().id()).headers().messageId()));

    assertThat(brakes().messages()).isEqualTo(before + 1);
  }

  private void textIsFormattedAndHasPictures() throws IOException {
    byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    Draft begun = done(writing.reply(question().id()));
    Draft pictured =
        done(
            writing.attachImage(
                begun.id(),
                FileName.of("frein.png"),
                "image/png",
                new ByteArrayInputStream(picture)));
    String html =
        "<p><b>Bonjour</b> <img src=\"cid:%s\"></p><script>x()</script>"
            .formatted(pictured.content().files().get(0).contentId());
    Draft draft = with(pictured, pictured.content().withHtml(html));
    Preview preview = done(writing.preview(draft));

    done(writing.send(draft));
    street.afterTheWindow();

    ArrivedMail mail = newestAt("ana@customer.example");
    assertThat(mail.html())
        .contains("<b>Bonjour</b>", "<img src=\"cid:")
        .doesNotContain("script")
        .isEqualToIgnoringWhitespace(preview.mail().html());
    assertThat(mail.text()).startsWith("Bonjour");
    assertThat(mail.files()).containsEntry("frein.png", ArrivedMail.sha256(picture));
    assertThat(preview.attachments()).singleElement().matches(Attachment::inline);
  }

  private void whoHasNoAddressGetsNoMailAndWhoHasNoPhoneNoText() {
    Draft draft = done(writing.begin(SUPPORT, GUS));

    assertThat(draft.content().to()).isEmpty();
    assertThat(
            refused(
                writing.send(
                    with(draft, draft.content().withSubject("Bonjour").withText("Bonjour")))))
        .contains("Add a recipient");
    assertThat(refused(clara.texting().begin(SUPPORT, BEN, PhoneNumber.of("+14155550102"), "Hi")))
        .contains("none of the customer's");
  }

  private void theAdviserSwitchesToText() {
    done(street.engage.clientelingOf(BOSS).onboard(SUPPORT, OURS, "(415) 555-0190", true));
    Texted asked = done(clara.texting().begin(SUPPORT, ANA, ANAS, "Bonjour"));
    street.workOff();
    street.clock.advance(Duration.ofSeconds(5));
    done(
        street
            .engage
            .sms()
            .receive(new InboundSms("in-1", ANAS, OURS, "YES", street.clock.instant())));
    street.clock.advance(Duration.ofSeconds(5));
    done(clara.texting().send(asked.message().conversation(), "Vos freins sont pr\u00eats."));
    street.workOff();

    assertThat(asked).isInstanceOf(Texted.AskedFirst.class);
    assertThat(street.gateway.sent()).hasSize(2);
    List<Message> activities = clara.customers().history(ANA, page()).items();
    assertThat(activities).extracting(Message::channel).contains(Channel.EMAIL, Channel.SMS);
    assertThat(activities.get(0).preview()).isEqualTo("Vos freins sont pr\u00eats.");
    assertThat(activities).isSortedAccordingTo((newer, older) -> older.at().compareTo(newer.at()));
  }

  private void theTrailTellsAll() {
    assertThat(codes(clara.auditTrail(brakes().id())))
        .startsWith("received")
        .containsSubsequence("conversation-opened", "rules-applied", "assigned", "sent");
    assertThat(done(street.engage.auditOf(BOSS).verify()).isIntact()).isTrue();
  }

  private Conversation brakes() {
    return ticket("Mes freins");
  }

  private Message question() {
    return messages(clara, brakes().id()).get(0);
  }
}
