package io.engage.stories;

import static io.engage.stories.RealStreet.about;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.found;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.messages;
import static io.engage.stories.RealStreet.open;
import static io.engage.stories.RealStreet.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.LinkRequest;
import io.engage.core.LinkResponse;
import io.engage.core.OpenedMessage;
import io.engage.core.Preview;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.Customer;
import io.engage.model.message.Direction;
import io.engage.model.message.FileName;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Rating;
import io.engage.model.writing.Draft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Second chapter: a customer writes, is confirmed, answered, and rates the answer. */
final class ContactAnswering extends ContactStage {
  private static final Pattern STARS =
      Pattern.compile(
          "\u2605\u2605\u2605\u2605\u2606"
              + " https://shop\\.example/engage(/r/[A-Za-z0-9_-]+)\\?chosen=4");

  ContactAnswering(RealStreet street) {
    super(street);
  }

  void play() throws IOException {
    theCustomerIsConfirmedAndTheAgentHasTheInteraction();
    theInteractionIsFound();
    theInteractionIsOpened();
    theAnswerIsShownTakenBackAndSentAsShown();
    theHistoryCanBeLeftOut();
    theCustomerRatesTheAnswer();
  }

  private void theCustomerIsConfirmedAndTheAgentHasTheInteraction() {
    receives(
        anas("My gears", "gears@customer.example")
            .saying("They slip. See the photo.")
            .enclosing("photo.png", "image/png", ContactStoryTest.PHOTO)
            .enclosing("bill.pdf", "application/pdf", ContactStoryTest.BILL));

    Conversation interaction = about(clara, "My gears");
    assertThat(anasMailbox())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.from()).isEqualTo("The Support <support@shop.example>");
              assertThat(mail.text())
                  .contains("We have it, Ana Silva. Number " + interaction.number());
              assertThat(mail.header("Return-Path")).contains(BounceTakingGreenMail.NOBODY);
              assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-replied");
              assertThat(mail.header("In-Reply-To")).isEqualTo("<gears@customer.example>");
            });
    assertThat(open(clara)).containsExactly(interaction);
    assertThat(interaction.unread()).isEqualTo(1);
    assertThat(interaction.messages()).isEqualTo(2);
    assertThat(codes(clara.auditTrail(interaction.id()))).contains("confirmed");
  }

  private void theInteractionIsFound() {
    for (String words : List.of("inbox:support", ANAS, "\"My gears\"", "customer:silva", "Silva")) {
      assertThat(found(clara, words))
          .as(words)
          .extracting(Conversation::id)
          .containsExactly(gears());
    }
    assertThat(found(clara, "inbox:outbound")).isEmpty();
  }

  private void theInteractionIsOpened() {
    OpenedMessage opened = opened(clara, question().id());

    assertThat(opened.conversation().inbox()).isEqualTo(SUPPORT);
    assertThat(opened.conversation().participants()).contains(EmailAddress.of(ANAS));
    assertThat(opened.conversation().findCustomer()).contains(ANA);
    assertThat(done(clara.customers().candidates(opened.message().id())))
        .extracting(Customer::name)
        .startsWith("Ana Silva");
    assertThat(messages(clara, gears()))
        .extracting(Message::direction)
        .containsExactly(Direction.INBOUND, Direction.OUTBOUND);
  }

  private void theAnswerIsShownTakenBackAndSentAsShown() throws IOException {
    Draft answer = done(writing.reply(question().id()));
    assertThat(answer.content().subject()).isEqualTo("Re: My gears");
    assertThat(answer.content().withHistory()).isTrue();
    answer = done(writing.useTemplate(answer, THANKS));
    answer =
        done(
            writing.attach(
                answer.id(),
                FileName.of("offer.pdf"),
                "application/pdf",
                new ByteArrayInputStream(ContactStoryTest.OFFER)));

    Preview preview = done(writing.preview(answer));
    assertThat(preview.mail().envelopeRecipients()).containsExactly(EmailAddress.of(ANAS));
    assertThat(preview.mail().text())
        .containsSubsequence(
            "Dear Ana Silva, thank you.",
            "Your support team, Support",
            "Rate our service",
            "\u2605\u2605\u2605\u2605\u2605 https://",
            "\u2605\u2606\u2606\u2606\u2606 https://",
            "wrote:",
            "> They slip.");

    Message sent = done(writing.send(answer));
    street.workOff();
    assertThat(anasMailbox()).as("before the window ends").hasSize(1);
    Draft back = done(writing.undo(sent.id()));
    assertThat(messages(clara, gears())).hasSize(2);
    sent = done(writing.send(back));
    street.afterTheWindow();

    ArrivedMail arrived = newestAt(ANAS);
    assertThat(anasMailbox()).hasSize(2);
    assertThat(masked(arrived.text())).isEqualTo(masked(preview.mail().text()));
    assertThat(arrived.files())
        .containsExactly(Map.entry("offer.pdf", ArrivedMail.sha256(ContactStoryTest.OFFER)));
    assertThat(street.post.holds("support", "Sent")).contains(sent.headers().messageId().value());
    assertThat(codes(clara.auditTrail(gears())))
        .containsSubsequence("reply-queued", "send-withdrawn", "reply-queued", "sent");
  }

  private void theHistoryCanBeLeftOut() {
    Draft answer = done(writing.reply(question().id()));
    Draft without = with(answer, answer.content().withText("Yes.").withHistory(false));

    assertThat(done(writing.preview(without)).mail().text())
        .contains("Yes.")
        .doesNotContain("wrote:");

    done(writing.discard(answer.id()));
    assertThat(writing.drafts(10)).isEmpty();
  }

  private void theCustomerRatesTheAnswer() {
    Matcher link = STARS.matcher(newestAt(ANAS).text());
    assertThat(link.find()).isTrue();
    MessageId answer = last(clara, gears()).id();

    assertThat(follow("GET", link.group(1), "chosen", "4").status()).isEqualTo(200);
    assertThat(clara.rating(answer)).isEmpty();
    assertThat(follow("POST", link.group(1), "stars", "4").body())
        .contains("Thank you, see you soon!");
    assertThat(clara.rating(answer)).map(Rating::stars).contains(4);
    assertThat(follow("POST", link.group(1), "stars", "5").status()).isEqualTo(200);
    assertThat(clara.rating(answer)).map(Rating::stars).contains(5);
    assertThat(clara.auditTrail(answer))
        .filteredOn(each -> each.fact() instanceof AuditFact.Rated)
        .hasSize(2)
        .extracting(AuditEntry::actor)
        .containsOnly(Actor.CUSTOMER);
  }

  private LinkResponse follow(String method, String path, String name, String stars) {
    return street.engage.links().handle(new LinkRequest(method, path, Map.of(name, stars)));
  }

  /** Each composing signs a link of its own. */
  private static String masked(String text) {
    return text.strip().replaceAll("/r/[A-Za-z0-9_-]+", "/r/X");
  }
}
