package io.engage.core;

import static io.engage.core.TextStreet.ANA;
import static io.engage.core.TextStreet.ANAS;
import static io.engage.core.TextStreet.OURS;
import static io.engage.core.TextStreet.SECOND;
import static io.engage.core.TextStreet.SHOP;
import static io.engage.core.TextStreet.STRANGERS;
import static io.engage.core.TextStreet.WORKSHOP;
import static io.engage.model.rule.Condition.body;
import static io.engage.model.rule.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Criterion;
import io.engage.model.inbox.InboxSettings.CompletedAnswered;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsReport;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where texts go: rules, transfers, and conversations that were completed. */
class TextPlacesTest {
  private static final ConversationFilter IGNORED =
      ConversationFilter.all().matching(new Criterion.Tagged("ignored"));

  private final TextStreet texts = new TextStreet();

  @AfterEach
  void close() {
    texts.close();
  }

  @Test
  @Tag("SM-2")
  @Tag("SM-5")
  @Tag("WK-1")
  void an_opt_out_at_the_carrier_counts_for_the_number_that_was_written_from_though_transferred() {
    texts.clienteling.onboard(SHOP, SECOND, "(415) 555-0191", true);
    Conversation conversation = texts.agreed();
    Message message =
        texts.clara.send(conversation.id(), "Your bike").findValue().orElseThrow().message();
    texts.engage.outbox().workOff();
    texts.agent.transfer(List.of(conversation.id()), SHOP);

    texts
        .engage
        .sms()
        .report(
            new SmsReport(
                texts.gateway.nameOf(message.id()),
                SmsReport.Status.OPTED_OUT,
                "21610",
                texts.street.clock.instant()));

    assertThat(consent(conversation)).satisfies(each -> assertThat(each.ours()).isEqualTo(OURS));
    assertThat(consent(conversation).state()).isEqualTo(SmsConsent.State.OPTED_OUT);
    assertThat(texts.stored(message).state().delivery()).isEqualTo(Delivery.FAILED);
    assertThat(texts.clara.send(conversation.id(), "Hello")).isInstanceOf(Outcome.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("SM-2")
  @Tag("WK-1")
  void after_a_transfer_it_goes_on_from_the_number_that_the_customer_knows(boolean hasNumber) {
    if (hasNumber) {
      texts.clienteling.onboard(SHOP, SECOND, "(415) 555-0191", true);
    }
    Conversation conversation = texts.agreed();
    texts.agent.transfer(List.of(conversation.id()), SHOP);

    Outcome<Texted> outcome = texts.clara.send(conversation.id(), "Your bike is ready");
    texts.receive("Thank you");

    assertThat(outcome.findValue()).get().isInstanceOf(Texted.Queued.class);
    assertThat(texts.sent())
        .last()
        .extracting(OutboundSms::from, OutboundSms::text)
        .containsExactly(OURS, "Your bike is ready");
    assertThat(texts.onlyConversation().id()).isEqualTo(conversation.id());
    assertThat(texts.onlyConversation().inbox()).isEqualTo(SHOP);
    assertThat(texts.onlyConversation().messages()).isEqualTo(4);
  }

  @Test
  @Tag("SY-8")
  @Tag("WK-1")
  void a_text_by_mail_follows_its_conversation_to_another_inbox_too() {
    Conversation conversation = texts.agreed();
    texts.agent.transfer(List.of(conversation.id()), SHOP);

    texts.receiveByMail("Is it ready?");
    texts.receiveByMail("STOP");

    assertThat(texts.onlyConversation().id()).isEqualTo(conversation.id());
    assertThat(texts.onlyConversation().messages()).isEqualTo(5);
    assertThat(consent(conversation).state()).isEqualTo(SmsConsent.State.OPTED_OUT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("WK-2")
  void a_text_reopens_what_was_completed(boolean byMail) {
    Conversation conversation = texts.agreed();
    texts.agent.complete(List.of(conversation.id()));

    say("One more thing", byMail);

    assertThat(texts.onlyConversation().id()).isEqualTo(conversation.id());
    assertThat(texts.agent.auditTrail(conversation.id()))
        .anyMatch(entry -> entry.fact() instanceof AuditFact.Reopened);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("WK-2")
  void where_it_opens_another_a_text_does(boolean byMail) {
    texts.change(WORKSHOP, each -> each.completedAnswered(CompletedAnswered.OPENS_ANOTHER));
    Conversation conversation = texts.agreed();
    texts.agent.complete(List.of(conversation.id()));

    say("One more thing", byMail);

    assertThat(texts.onlyConversation().id()).isNotEqualTo(conversation.id());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("WK-2")
  @Tag("SM-2")
  void a_keyword_reopens_nothing(boolean byMail) {
    Conversation conversation = texts.agreed();
    texts.agent.complete(List.of(conversation.id()));

    say("STOP", byMail);

    assertThat(texts.list(ConversationFilter.open())).isEmpty();
    assertThat(texts.list(ConversationFilter.all()))
        .extracting(Conversation::id)
        .containsExactly(conversation.id());
    assertThat(consent(conversation).state()).isEqualTo(SmsConsent.State.OPTED_OUT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("TH-5")
  void the_same_rule_does_the_same_to_a_text_whichever_way_it_came(boolean byMail) {
    rules(
        Rule.named("brakes")
            .when(body(containing("brake")))
            .then(RuleAction.tag("safety"), RuleAction.priority(1), RuleAction.routeTo(Shop.DIRK)));

    say("My brake is gone", byMail);

    Conversation.State state = texts.onlyConversation().state();
    assertThat(state.tags()).containsExactly("safety");
    assertThat(state.priority()).isEqualTo(1);
    assertThat(state.assignee()).isEqualTo(Shop.DIRK.id());
    assertThat(texts.agent.auditTrail(texts.onlyConversation().id()).toString())
        .contains("RulesApplied[rules=brakes");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("TH-5")
  void a_rule_sends_a_text_elsewhere_unless_it_belongs_where_it_came(boolean byMail) {
    rules(Rule.named("sales").when(body(containing("buy"))).then(RuleAction.routeTo(SHOP)));
    say("May I buy one?", byMail);
    boolean routed = texts.onlyConversation().inbox().equals(SHOP);
    texts.agent.complete(List.of(texts.onlyConversation().id()));
    texts.change(SHOP, each -> each.completedAnswered(CompletedAnswered.OPENS_ANOTHER));
    texts.change(WORKSHOP, each -> each.rules(RuleSet.of()));

    say("STOP", byMail);

    assertThat(routed).isTrue();
    assertThat(texts.clara.begin(WORKSHOP, ANA, ANAS, "Hi")).isInstanceOf(Outcome.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("TH-5")
  void a_rule_starts_another_conversation(boolean byMail) {
    rules(
        Rule.named("new").when(body(containing("new bike"))).then(RuleAction.startConversation()));
    say("My old bike squeaks", byMail);

    say("And I want a new bike", byMail);

    assertThat(texts.list(ConversationFilter.open())).hasSize(2);
  }

  @Test
  @Tag("TH-5")
  @Tag("IN-12")
  void an_ignored_text_opens_nothing_and_is_kept_where_it_can_be_reviewed() {
    rules(Rule.named("adverts").when(body(containing("cheap"))).then(RuleAction.ignore()));

    texts.receive(STRANGERS, OURS, "Cheap tyres");
    texts.receive(STRANGERS, OURS, "Really cheap tyres");

    assertThat(texts.list(ConversationFilter.open())).isEmpty();
    assertThat(texts.list(IGNORED))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.messages()).isEqualTo(2);
              assertThat(each.unread()).isZero();
              assertThat(texts.agent.auditTrail(each.id()).toString())
                  .contains("rule 'adverts' ignores it");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("SM-2")
  @Tag("TH-5")
  @Tag("IN-12")
  void nobody_can_ignore_a_stop(boolean byMail) {
    Conversation conversation = texts.agreed();
    texts.agent.complete(List.of(conversation.id()));
    texts.change(WORKSHOP, each -> each.knownContactsOnly(true));
    rules(Rule.named("everything").always().then(RuleAction.ignore()));

    say("STOP", byMail);

    assertThat(consent(conversation).state()).isEqualTo(SmsConsent.State.OPTED_OUT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("SM-2")
  @Tag("TH-5")
  void nobody_can_ignore_a_refusal_in_own_words(boolean byMail) {
    Conversation conversation = texts.agreed();
    rules(Rule.named("everything").always().then(RuleAction.ignore()));

    say("Please stop texting me", byMail);

    assertThat(consent(conversation).held()).isTrue();
    assertThat(texts.onlyConversation().unread()).isEqualTo(2);
  }

  @Test
  @Tag("IN-12")
  void strangers_open_nothing_by_text_where_only_known_contacts_do() {
    texts.change(WORKSHOP, each -> each.knownContactsOnly(true));

    texts.receive(STRANGERS, OURS, "Hello");
    texts.receive(STRANGERS, OURS, "HELP");
    texts.receive(STRANGERS, OURS, "Anybody there?");
    texts.receive(ANAS, OURS, "Is my bike ready?");

    assertThat(texts.onlyConversation().findCustomer()).contains(ANA);
    assertThat(texts.list(IGNORED))
        .singleElement()
        .satisfies(each -> assertThat(each.messages()).isEqualTo(2));
  }

  @Test
  @Tag("SM-5")
  void a_text_to_a_number_that_nobody_has_leaves_no_words_behind() {
    texts.receive(ANAS, SECOND, "My blue bell is broken");

    assertThat(MemoryGrep.find("blue bell", texts.street.storage, texts.street.blobs)).isEmpty();
  }

  private void rules(Rule... rules) {
    texts.change(WORKSHOP, each -> each.rules(RuleSet.of(rules)));
  }

  private void say(String words, boolean byMail) {
    if (byMail) {
      texts.receiveByMail(words);
    } else {
      texts.receive(words);
    }
  }

  private SmsConsent consent(Conversation conversation) {
    return texts.clara.consent(conversation.id()).findValue().orElseThrow();
  }
}
