package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.found;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.list;
import static io.engage.stories.RealStreet.messages;
import static io.engage.stories.RealStreet.open;
import static io.engage.stories.RealStreet.page;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Outcome;
import io.engage.core.RulesDesk;
import io.engage.core.Shop;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.inbox.AgentAction;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Message;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.rule.TextMatch;
import java.time.Instant;
import java.util.List;

/** Second chapter: what the team leader's rules do with mail. */
final class TeamRules extends TeamStage {
  private static final RuleSet RULES =
      RuleSet.of(
          Rule.named("publicit\u00e9")
              .when(Condition.subject(TextMatch.containing("promo")))
              .then(RuleAction.ignore()),
          Rule.named("pi\u00e8ces")
              .when(Condition.subject(TextMatch.containing("pi\u00e8ce")))
              .then(RuleAction.routeTo(PARTS)),
          Rule.named("expert")
              .when(Condition.body(TextMatch.containing("hydraulique")))
              .then(RuleAction.routeTo(Shop.DIRK)),
          Rule.named("nouveau")
              .when(Condition.subject(TextMatch.containing("nouveau dossier")))
              .then(RuleAction.startConversation()));

  TeamRules(RealStreet street) {
    super(street);
  }

  void play() {
    rulesAreTriedBeforeTheyGoLive();
    onlyTheLeaderSavesThem();
    adsAreIgnored();
    mailIsRoutedToAnotherTeam();
    mailIsRoutedToAnAdviser();
    aNewTicketBeginsAlthoughOneIsOpen();
    whatLooksLikeAnAdStaysInItsTicket();
  }

  private void rulesAreTriedBeforeTheyGoLive() {
    receives(anas("Une pi\u00e8ce pour mon v\u00e9lo"));
    List<AuditEntry> before = street.newest(1);

    RulesDesk.Replay replay =
        done(
            street.engage.rulesOf(BOSS).replay(SUPPORT, RULES, Instant.EPOCH, Instant.MAX, page()));

    assertThat(replay.differences())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.before().applied()).isFalse();
              assertThat(each.after().rules()).containsExactly("pi\u00e8ces");
              assertThat(each.after().inbox()).isEqualTo(PARTS);
              assertThat(each.after().explanation()).contains("subject contains 'pi\u00e8ce'");
            });
    assertThat(street.newest(1)).isEqualTo(before);
    assertThat(ticket("Une pi\u00e8ce pour mon v\u00e9lo").inbox()).isEqualTo(SUPPORT);
  }

  private void onlyTheLeaderSavesThem() {
    long version = street.inbox(SUPPORT).version();
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.CONFIGURE, SUPPORT, "Ask your team leader");

    Outcome<?> adviser = street.engage.setupOf(Shop.CLARA).saveRules(SUPPORT, version, RULES);

    assertThat(refused(adviser)).isEqualTo("Ask your team leader");
    assertThat(street.newest(1).get(0).fact())
        .isEqualTo(new AuditFact.ActionRefused("configure", "Ask your team leader"));
    done(setup.saveRules(SUPPORT, version, RULES));
    assertThat(refused(setup.saveRules(SUPPORT, version, RuleSet.none())))
        .contains("changed by somebody else");
  }

  private void adsAreIgnored() {
    receives(anas("PROMO pneus"));
    receives(anas("Rien de sp\u00e9cial"));

    assertThat(found(clara, "PROMO")).isEmpty();
    assertThat(done(held().list(SUPPORT, "", 10)))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.cause()).isEqualTo(HeldMail.Cause.RULE);
              assertThat(mail.reason()).contains("'publicit\u00e9'");
            });
    assertThat(ticket("Rien de sp\u00e9cial").isCompleted()).isFalse();
  }

  private void mailIsRoutedToAnotherTeam() {
    receives(anas("Pi\u00e8ce d\u00e9tach\u00e9e"));

    Conversation part = ticket("Pi\u00e8ce d\u00e9tach\u00e9e");
    assertThat(part.inbox()).isEqualTo(PARTS);
    assertThat(part.findAssignee()).isEmpty();
    assertThat(clara.auditTrail(part.id()))
        .extracting(AuditEntry::fact)
        .filteredOn(AuditFact.RulesApplied.class::isInstance)
        .singleElement()
        .asString()
        .contains("pi\u00e8ces", "because subject");
    street.permissions.refuse(Shop.DIRK.id(), AgentAction.READ, PARTS, "Not your team");
    assertThat(open(street.engage.deskOf(Shop.DIRK)))
        .isNotEmpty()
        .noneMatch(each -> each.inbox().equals(PARTS));
  }

  private void mailIsRoutedToAnAdviser() {
    receives(anas("Mes freins").saying("Le circuit hydraulique fuit."));

    Conversation brakes = ticket("Mes freins");
    assertThat(brakes.inbox()).isEqualTo(SUPPORT);
    assertThat(list(clara, ConversationFilter.open().assignedTo(Shop.DIRK.id())))
        .containsExactly(brakes);
    List<AuditEntry> trail = clara.auditTrail(brakes.id());
    assertThat(codes(trail))
        .containsSubsequence("received", "conversation-opened", "rules-applied", "assigned");
    assertThat(trail).extracting(AuditEntry::actor).containsOnly(Actor.RECEIVING);
  }

  private void aNewTicketBeginsAlthoughOneIsOpen() {
    Message first = last(clara, ticket("Mes freins").id());
    receives(anas("nouveau dossier").answering(first.headers().messageId()));
    receives(anas("Re: Mes freins").answering(first.headers().messageId()));

    assertThat(ticket("nouveau dossier").messages()).isEqualTo(1);
    assertThat(ticket("nouveau dossier").isCompleted()).isFalse();
    assertThat(messages(clara, first.conversation())).hasSize(2);
  }

  private void whatLooksLikeAnAdStaysInItsTicket() {
    Message first = messages(clara, ticket("Mes freins").id()).get(0);

    receives(anas("Re: Mes freins, et la PROMO?").answering(first.headers().messageId()));

    assertThat(messages(clara, first.conversation())).hasSize(3);
    assertThat(done(held().list(SUPPORT, "", 10))).hasSize(1);
  }
}
