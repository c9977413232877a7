package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.attending.Telling;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.queue.AgentMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What agents were told and have not seen is not kept of whoever is erased, nor for ever. */
@Tag("PO-6")
@Tag("DI-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ToldTracesTest {
  private static final Person ANA = Person.of(CustomerId.of("ana"));

  private final Street street = new Street();
  private final PrivacyDesk desk = street.engage.privacyOf(Shop.CLARA);

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void whoever_is_erased_is_in_nothing_that_agents_were_told_and_the_rest_stays() {
    told("Ben wants his saddle", "Ana Silva is furious", "Ask ana@customer.example", "Hurry up");

    desk.erase(ANA);

    assertThat(unseen()).containsExactly("Ben wants his saddle", "Hurry up");
  }

  @Test
  void it_is_found_on_however_many_pages_and_whoever_was_told() {
    for (int i = 0; i < 450; i++) {
      tell(i, i % 2 == 0 ? Shop.CLARA : Shop.DIRK, "Hurry up");
    }
    tell(450, Shop.DIRK, "Ana Silva again");

    desk.erase(ANA);

    assertThat(unseen()).hasSize(450).containsOnly("Hurry up");
  }

  @Test
  void what_nobody_has_seen_for_thirty_days_is_forgotten() {
    told("Ana is furious");
    street.clock.advance(Telling.KEPT.minus(Duration.ofDays(1)));
    tell(7, Shop.DIRK, "Hurry up");
    job().run(new Stop());
    List<String> before = unseen();
    street.clock.advance(Duration.ofDays(2));

    job().run(new Stop());

    assertThat(before).containsExactly("Ana is furious", "Hurry up");
    assertThat(unseen()).containsExactly("Hurry up");
    assertThat(street.storage.audit().newest(1).get(0).fact())
        .isEqualTo(new AuditFact.RetentionApplied(street.clock.instant().minus(Telling.KEPT), 1));
  }

  private void told(String... texts) {
    for (int i = 0; i < texts.length; i++) {
      tell(i, Shop.CLARA, texts[i]);
    }
  }

  private void tell(int number, Agent to, String text) {
    String id = "%015d-a".formatted(number);
    AgentMessage message =
        new AgentMessage(id, to.id(), Shop.CLARA, text, street.clock.instant(), 0);
    street
        .engage
        .foundation()
        .commit(
            InboxChange.builder().document(message),
            Actor.agent(Shop.CLARA),
            AuditSubject.NONE,
            new AuditFact.AgentMessaged(to.id()));
  }

  /** Whoever was told. */
  private List<String> unseen() {
    return street.storage.documents().ofKind(DocumentKey.Kind.AGENT_MESSAGE, "", 1000).stream()
        .map(each -> ((AgentMessage) each).text())
        .toList();
  }

  private Job job() {
    return street.engage.jobs().stream()
        .filter(each -> each.name().equals("agent-messages"))
        .findFirst()
        .orElseThrow();
  }
}
