package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("DI-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class StirsTest {
  private static final ConversationId BIKE = ConversationId.of("bike");
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final InboxId SHOP = Shop.shop().id();

  private final InMemoryStorage storage = InMemoryStorage.create();
  private final ChainFollower chain =
      new ChainFollower(storage.audit(), Runnable::run, Duration.ofDays(1));
  private final Stirs stirs = new Stirs(BIKE);
  private final AtomicInteger wakes = new AtomicInteger();

  @BeforeEach
  void follow() {
    stirs.follow(chain, wakes::incrementAndGet);
    stirs.take();
  }

  @Test
  void what_happens_to_the_conversation_is_worth_a_look() {
    happens(AuditSubject.of(WORKSHOP, BIKE, MessageId.of("m1")), new AuditFact.HandedBack());

    assertThat(wakes).hasValue(1);
    assertThat(stirs.take().messages()).containsExactly(MessageId.of("m1"));
  }

  @ParameterizedTest
  @MethodSource
  void what_may_change_each_conversation_of_an_inbox_is_worth_a_look(AuditFact fact) {
    happens(AuditSubject.of(WORKSHOP), fact);

    assertThat(wakes).hasValue(1);
    assertThat(stirs.take().conversation()).isTrue();
  }

  static Stream<AuditFact> what_may_change_each_conversation_of_an_inbox_is_worth_a_look() {
    return Stream.of(
        new AuditFact.InboxDeleted("Workshop", SHOP),
        new AuditFact.MembersChanged(List.of(), List.of(Shop.CLARA.id())),
        new AuditFact.InboxConfigured("Workshop", List.of("name")));
  }

  @Test
  void a_day_of_what_happens_elsewhere_is_not() {
    for (int i = 0; i < 200; i++) {
      happens(AuditSubject.of(SHOP, ConversationId.of("c" + i)), new AuditFact.HandedBack());
      happens(AuditSubject.NONE, new AuditFact.SyncRequested());
      happens(AuditSubject.of(WORKSHOP), new AuditFact.SmsPolicyChanged());
    }

    assertThat(wakes).hasValue(0);
    assertThat(stirs.hasStirred()).isFalse();
  }

  private void happens(AuditSubject subject, AuditFact fact) {
    AuditEntry entry =
        new AuditEntry(
            AuditEntryId.of(UUID.randomUUID().toString()),
            Instant.parse("2026-03-02T09:00:00Z"),
            Actor.RECEIVING,
            subject,
            fact);
    storage.inboxes().commit(InboxChange.builder().audit(List.of(entry)).build());
    chain.wake();
  }
}
