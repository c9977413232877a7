package io.engage.core.auditing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleFacts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("WK-10")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FactsTest {

  @ParameterizedTest
  @MethodSource
  void a_fact_reads_like_a_sentence(AuditFact fact, String sentence) {
    assertThat(describe(fact)).isEqualTo("Clara Contreras " + sentence);
  }

  static Stream<Arguments> a_fact_reads_like_a_sentence() {
    return Stream.of(
        arguments(
            new AuditFact.Assigned(Sample.dario().id(), "Dario Dini"),
            "gave the conversation to Dario Dini."),
        arguments(
            new AuditFact.Transferred(InboxId.of("sales"), InboxId.of("workshop")),
            "moved the conversation from inbox sales to inbox workshop."),
        arguments(
            new AuditFact.LinkedToCustomer(CustomerId.of("ana"), "same address"),
            "linked the conversation to customer ana: same address."),
        arguments(new AuditFact.Sent("250 2.0.0", 1), "sent a message to 1 recipient (250 2.0.0)."),
        arguments(new AuditFact.Bounced("", false), "got a message back for now."),
        arguments(new AuditFact.Bounced("5.1.1", true), "got a message back for good (5.1.1)."),
        arguments(new AuditFact.InboxConfigured("Sales", List.of()), "set up inbox Sales."),
        arguments(
            new AuditFact.InboxConfigured("Sales", List.of("name", "schedule")),
            "changed inbox Sales: name, schedule."),
        arguments(
            new AuditFact.MembersChanged(List.of(Sample.dario().id()), List.of()),
            "changed the members of the inbox: dario added, nobody removed."),
        arguments(
            new AuditFact.ActionRefused("delete", "Ask Dirk"), "was refused to delete: Ask Dirk."));
  }

  @Test
  void every_fact_has_words_of_its_own_and_says_all_that_it_holds_on_one_line() {
    for (AuditFact fact : SampleFacts.every()) {
      String sentence = describe(fact);

      assertThat(sentence)
          .as(fact.code())
          .doesNotContain("left the entry", "\n")
          .startsWith("Clara Contreras ")
          .endsWith(".");
      if (fact.toString().contains("reason=")) {
        assertThat(sentence).as(fact.code()).contains("reason “é\" \\ 😀");
      }
    }
  }

  @Test
  void two_facts_never_read_alike() {
    assertThat(SampleFacts.every().stream().map(FactsTest::describe)).doesNotHaveDuplicates();
  }

  @Test
  void a_part_of_the_library_is_named() {
    AuditEntry entry =
        new AuditEntry(
            AuditEntryId.of("e1"),
            Sample.MONDAY,
            Actor.RECEIVING,
            AuditSubject.NONE,
            new AuditFact.ConversationOpened("nothing to join"));

    assertThat(Facts.describe(entry))
        .isEqualTo("Engage (receiving) opened a conversation: nothing to join.");
  }

  private static String describe(AuditFact fact) {
    return Facts.describe(Sample.entry("e1", AuditSubject.NONE, fact));
  }
}
