package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.list;
import static io.engage.stories.RealStreet.opened;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Outcome;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.sms.SmsConsent;
import java.time.Duration;
import java.util.List;

/** Third chapter: what customers say about being texted counts, at once and for good. */
final class StoreConsent extends StoreStage {

  StoreConsent(RealStreet street) {
    super(street);
  }

  void play() {
    whoAsksForHelpGetsIt();
    whoSaysStopGetsNothingMore();
    onlyTheyCanBeginAgain();
    aRefusalInOwnWordsWaitsForAPerson();
    localWordsCountToo();
    aNumberOfNobodyIsToldApart();
    theTrailTellsAll();
  }

  private void whoAsksForHelpGetsIt() {
    SmsConsent before = consent(anas());
    int sent = sent().size();

    anaTexts("HELP");
    street.workOff();

    assertThat(sent().subList(sent, sent().size())).singleElement().asString().contains("STOP");
    assertThat(consent(anas()).state()).isEqualTo(before.state());
  }

  private void whoSaysStopGetsNothingMore() {
    Message late = done(texting.send(anas(), "One more thing")).message();

    anaTexts("STOP");
    street.workOff();

    assertThat(sent()).doesNotContain("One more thing").last().asString().contains("no more");
    assertThat(delivery(late)).isEqualTo(Delivery.FAILED);
    assertThat(consent(anas()).state()).isEqualTo(SmsConsent.State.OPTED_OUT);
    assertThat(refused(texting.send(anas(), "But"))).contains("Only they can begin again");
    int said = sent().size();
    for (String word : List.of("STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT")) {
      anaTexts(word);
    }
    street.workOff();
    assertThat(sent()).hasSize(said);
    assertThat(texting.release(anas())).isInstanceOf(Outcome.AlreadySo.class);
  }

  private void onlyTheyCanBeginAgain() {
    anaTexts("UNSTOP");

    assertThat(consent(anas()).state()).isEqualTo(SmsConsent.State.OPTED_IN);
    done(texting.send(anas(), "Welcome back"));
    street.workOff();
    assertThat(sent()).last().isEqualTo("Welcome back");
    assertThat(consent(anas()).evidence())
        .extracting(SmsConsent.Evidence::by)
        .as("of many ends the first and the last")
        .containsExactly("clara", "START", "HELP", "STOP", "STOP", "START");
    assertThat(consent(anas()).evidence())
        .allSatisfy(it -> assertThat(it.reference()).isNotBlank())
        .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
  }

  private void aRefusalInOwnWordsWaitsForAPerson() {
    done(texting.begin(HARBOUR, BEN, BENS, "Hello"));
    street.workOff();
    receives(BENS, SECOND, "Yes");
    done(texting.send(bens(), "Your bike is ready"));

    receives(BENS, SECOND, "please stop texting my old number");
    street.workOff();
    assertThat(sent()).doesNotContain("Your bike is ready");
    refused(texting.send(bens(), "Sorry"));
    assertThat(opened(clara, last(clara, bens()).id()).content().text()).contains("my old number");

    done(texting.release(bens()));
    street.clock.advance(Duration.ofMinutes(16));
    street.workOff();

    assertThat(sent()).last().isEqualTo("Your bike is ready");
    assertThat(codes(clara.auditTrail(bens()))).containsSubsequence("sms-held", "sms-released");
  }

  private void localWordsCountToo() {
    done(manager.changeWords(List.of("BASTA"), List.of("SI")));

    receives(BENS, SECOND, "Basta");

    assertThat(consent(bens()).state()).isEqualTo(SmsConsent.State.OPTED_OUT);
  }

  private void aNumberOfNobodyIsToldApart() {
    List<Conversation> before = list(clara, ConversationFilter.all());

    Outcome<Message> outcome = receives(ANAS, PhoneNumber.of("+14155550199"), "Is anybody there?");

    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    assertThat(list(clara, ConversationFilter.all())).isEqualTo(before);
  }

  private void theTrailTellsAll() {
    List<AuditEntry> trail = clara.auditTrail(anas());

    assertThat(codes(trail))
        .containsSubsequence(
            "sms-queued",
            "consent-changed",
            "received",
            "consent-changed",
            "sms-queued",
            "sent",
            "sms-reported");
    assertThat(trail.toString()).doesNotContain(ANAS.value(), "Ana Silva", "your order");
    assertThat(done(street.engage.auditOf(BOSS).verify()).isIntact()).isTrue();
  }
}
