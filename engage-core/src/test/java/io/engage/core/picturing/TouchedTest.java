package io.engage.core.picturing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TouchedTest {
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final InboxId ELSEWHERE = Shop.shop().id();
  private static final ConversationId BIKE = ConversationId.of("bike");
  private static final ConversationId BELL = ConversationId.of("bell");
  private static final AgentId CLARA = Shop.CLARA.id();
  private static final AuditFact OPENED = new AuditFact.ConversationOpened("nothing known");

  @Test
  void whatever_happens_in_a_watched_inbox_is_looked_at() {
    Touched touched = decide(entry(0, AuditSubject.of(WORKSHOP, BIKE), OPENED));

    assertThat(touched.conversations()).containsOnlyKeys(BIKE);
  }

  @Test
  void a_conversation_is_looked_at_once_when_it_was_named_last() {
    Touched touched =
        decide(
            entry(0, AuditSubject.of(WORKSHOP, BIKE), OPENED),
            entry(1, AuditSubject.of(WORKSHOP, BELL), OPENED),
            entry(2, AuditSubject.of(WORKSHOP, BIKE), new AuditFact.Completed()));

    assertThat(touched.conversations())
        .containsExactly(Map.entry(BELL, at(1)), Map.entry(BIKE, at(2)));
  }

  @Test
  void mail_that_comes_in_elsewhere_is_passed_over() {
    Touched touched = decide(entry(0, AuditSubject.of(ELSEWHERE, BIKE), OPENED));

    assertThat(touched.conversations()).isEmpty();
  }

  @Test
  void of_mail_that_is_imported_elsewhere_nothing_is_kept_whatever_is_done_with_it() {
    Touched touched =
        decide(
            entry(
                0,
                AuditSubject.of(ELSEWHERE, BIKE),
                new AuditFact.ConversationJoined("it answers a mail")),
            entry(1, AuditSubject.of(ELSEWHERE, BIKE), new AuditFact.RulesApplied("vip", "from")),
            entry(2, AuditSubject.of(ELSEWHERE, BIKE), new AuditFact.Tagged("vip")),
            entry(3, AuditSubject.of(ELSEWHERE, BIKE), new AuditFact.PriorityChanged(50)));

    assertThat(touched).isEqualTo(Touched.NONE);
  }

  @Test
  void what_gives_work_to_somebody_elsewhere_is_looked_at_since_they_are_busy_then() {
    Touched touched =
        decide(
            entry(
                0,
                AuditSubject.of(ELSEWHERE, BIKE),
                new AuditFact.Assigned(CLARA, Shop.CLARA.name())));

    assertThat(touched.conversations()).containsOnlyKeys(BIKE);
  }

  @Test
  void what_was_here_is_looked_at_wherever_it_went() {
    Touched touched =
        Touched.decide(
            List.of(entry(0, AuditSubject.of(ELSEWHERE, BIKE), OPENED)),
            WORKSHOP::equals,
            BIKE::equals);

    assertThat(touched.conversations()).containsOnlyKeys(BIKE);
  }

  @Test
  void whose_session_is_another_now_is_looked_at() {
    Touched touched =
        decide(
            entry(0, AuditSubject.NONE, new AuditFact.SignedIn(CLARA, Shop.CLARA.name())),
            entry(1, AuditSubject.NONE, new AuditFact.BreakBegun(CLARA, "lunch")),
            entry(
                2, AuditSubject.NONE, new AuditFact.SignedOut(Shop.DIRK.id(), "no sign of life")));

    assertThat(touched.agents())
        .containsExactly(Map.entry(CLARA, at(1)), Map.entry(Shop.DIRK.id(), at(2)));
  }

  @Test
  void an_inbox_that_is_set_up_otherwise_is_read_again() {
    Touched touched =
        decide(
            entry(
                0,
                AuditSubject.of(WORKSHOP),
                new AuditFact.MembersChanged(List.of(CLARA), List.of())));

    assertThat(touched.settings()).isTrue();
    assertThat(touched.inboxes()).isEmpty();
  }

  @Test
  void who_inherits_an_inbox_is_counted_anew() {
    Touched touched =
        decide(
            entry(
                0,
                AuditSubject.of(ELSEWHERE),
                new AuditFact.InboxDeleted(Shop.shop().name(), WORKSHOP)));

    assertThat(touched.settings()).isTrue();
    assertThat(touched.inboxes()).containsExactly(WORKSHOP);
  }

  private static Touched decide(AuditEntry... entries) {
    return Touched.decide(List.of(entries), WORKSHOP::equals, any -> false);
  }

  private static Instant at(int second) {
    return Shop.MORNING.plusSeconds(second);
  }

  private static AuditEntry entry(int second, AuditSubject subject, AuditFact fact) {
    return new AuditEntry(
        AuditEntryId.of("entry-" + second), at(second), Actor.agent(Shop.CLARA), subject, fact);
  }
}
