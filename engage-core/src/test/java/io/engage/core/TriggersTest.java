package io.engage.core;

import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.QueueState;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever makes an offer possible has it made, without anybody asking for it. */
@Tag("DI-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TriggersTest {
  private static final Strategy ALWAYS_CLARA =
      Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR);

  private final Bench bench =
      Bench.of(
          it ->
              it.strategy(ALWAYS_CLARA)
                  .limits(new Limits(1, 100))
                  .members(List.of(Member.of("clara"))));

  @BeforeEach
  void signIn() {
    bench.signIn(Shop.CLARA).settle();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private ConversationId writes(String name) {
    bench.street.arrives(
        mailFrom(name + "@customer.example", name + "@customer.example", "Is it ready?"));
    bench.engage.mail().sync(Shop.ACCOUNT);
    bench.settle();
    return conversations().stream()
        .filter(each -> each.participants().toString().contains(name))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private List<Conversation> conversations() {
    return bench
        .street
        .storage
        .search()
        .find(ConversationFilter.all(), Page.Request.first(100))
        .items();
  }

  private Conversation get(ConversationId id) {
    return bench.get(id.value());
  }

  @Test
  void mail_is_offered_when_it_comes_and_somebody_is_free() {
    ConversationId first = writes("ana");

    ConversationId second = writes("ben");

    assertThat(bench.offered(first.value())).isEqualTo("clara");
    assertThat(get(second).queueState()).isEqualTo(QueueState.QUEUED);
  }

  /** Clara has one, which is all she may have, and another one waits. */
  private record Scene(Bench bench, ConversationId hers, ConversationId next) {
    AgentDesk desk() {
      return bench.engage.deskOf(Shop.CLARA);
    }
  }

  static Stream<Named<Consumer<Scene>>> whatFreesHer() {
    return Stream.of(
        Named.of("completed", it -> it.desk().complete(List.of(it.hers))),
        Named.of("transferred", it -> it.desk().transfer(List.of(it.hers), Shop.shop().id())),
        Named.of("deleted", it -> it.desk().delete(List.of(it.hers))),
        Named.of("given to a colleague", it -> it.desk().assign(List.of(it.hers), Shop.DIRK)),
        Named.of(
            "a higher limit",
            it -> it.bench.setUp(settings -> settings.limits(new Limits(2, 100)))),
        Named.of(
            "another member",
            it ->
                it.bench
                    .signIn(Shop.DIRK)
                    .setUp(
                        settings ->
                            settings.members(List.of(Member.of("clara"), Member.of("dirk"))))),
        Named.of(
            "another strategy",
            it ->
                it.bench.setUp(
                    settings ->
                        settings
                            .strategy(ALWAYS_CLARA.with(Eligibility.OMNI, Distribution.LINEAR))
                            .limits(new Limits(3, 100)))));
  }

  @ParameterizedTest
  @MethodSource("whatFreesHer")
  void the_next_one_is_offered_as_soon_as_there_is_room(Consumer<Scene> frees) {
    ConversationId hers = writes("ana");
    bench.clara.accept(hers);
    ConversationId next = writes("ben");
    boolean before = get(next).queueState() == QueueState.QUEUED;

    frees.accept(new Scene(bench, hers, next));
    bench.settle();

    assertThat(before).isTrue();
    assertThat(get(next).queueState()).isEqualTo(QueueState.OFFERED);
  }

  @Test
  void what_is_handed_back_goes_before_what_came_later() {
    ConversationId hers = writes("ana");
    bench.clara.accept(hers);
    ConversationId next = writes("ben");

    bench.engage.deskOf(Shop.CLARA).handBack(List.of(hers));
    bench.settle();

    assertThat(get(hers).queueState()).isEqualTo(QueueState.OFFERED);
    assertThat(get(next).queueState()).isEqualTo(QueueState.QUEUED);
  }

  @Test
  void what_is_declined_or_reopened_makes_room_for_another() {
    ConversationId declined = writes("ana");
    ConversationId next = writes("ben");

    bench.clara.decline(declined);
    bench.settle();

    assertThat(get(declined).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(get(next).queueState()).isEqualTo(QueueState.OFFERED);
  }

  @Test
  void what_waits_is_offered_when_somebody_signs_in_or_ends_their_break() {
    bench.pause(Shop.CLARA, "lunch").settle();
    ConversationId first = writes("ana");
    boolean paused = get(first).queueState() == QueueState.QUEUED;
    bench.pause(Shop.CLARA, null).settle();
    boolean back = get(first).queueState() == QueueState.OFFERED;
    bench.signOut(Shop.CLARA).settle();
    boolean gone = get(first).queueState() == QueueState.QUEUED;

    bench.signIn(Shop.CLARA).settle();

    assertThat(List.of(paused, back, gone)).containsOnly(true);
    assertThat(get(first).queueState()).isEqualTo(QueueState.OFFERED);
  }

  @Test
  void what_is_opened_again_is_offered_again() {
    ConversationId hers = writes("ana");
    bench.clara.accept(hers);
    bench.engage.deskOf(Shop.CLARA).complete(List.of(hers));
    bench.settle();

    bench.engage.deskOf(Shop.CLARA).reopen(List.of(hers));
    bench.engage.deskOf(Shop.CLARA).handBack(List.of(hers));
    bench.settle();

    assertThat(get(hers).queueState()).isEqualTo(QueueState.OFFERED);
  }

  @Test
  void who_is_freed_in_one_inbox_is_offered_what_waits_in_another() {
    bench.street.keep(
        Shop.shop()
            .withSettings(
                Shop.shop()
                    .settings()
                    .change()
                    .strategy(ALWAYS_CLARA.with(Eligibility.INTERACTION, Distribution.LINEAR))
                    .members(List.of(Member.of("clara")))
                    .build()));
    ConversationId hers = writes("ana");
    bench.clara.accept(hers);
    ConversationId other = writes("ben");
    bench.engage.deskOf(Shop.DIRK).transfer(List.of(other), Shop.shop().id());
    bench.settle();
    QueueState busy = get(other).queueState();

    bench.engage.deskOf(Shop.CLARA).complete(List.of(hers));
    bench.settle();

    assertThat(busy).isEqualTo(QueueState.QUEUED);
    assertThat(bench.offered(other.value())).isEqualTo("clara");
  }

  @Test
  void an_inbox_in_which_agents_take_by_hand_offers_nothing() {
    bench.setUp(it -> it.strategy(null)).settle();

    ConversationId first = writes("ana");

    assertThat(get(first).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(bench.offeredTo(first.value())).isEqualTo(Map.of(first.value(), "nobody"));
  }
}
