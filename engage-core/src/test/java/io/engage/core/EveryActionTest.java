package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.ActionRow.Where;
import io.engage.core.ActionScene.Played;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentAction;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goes through all that an agent can do: a new method of a desk gets a row in {@link WorkRows},
 * {@link WritingRows} or {@link SetupRows}, or stands in {@link #WITHOUT_A_ROW} with the reason.
 */
@Tag("TH-6")
@Tag("WK-10")
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryActionTest {
  /** What no agent has in hand: the host's timers and web hooks call it. */
  private static final Set<Class<?>> OF_THE_HOST =
      Set.of(MailDesk.class, OutboxDesk.class, SmsDesk.class, DistributionDesk.class);

  /** Which other test looks at it, or why nothing has to be looked at. */
  private static final Map<String, String> WITHOUT_A_ROW =
      Map.ofEntries(
          Map.entry("AgentDesk.agent", "says whose desk it is"),
          Map.entry("AgentDesk.customers", "a desk of its own"),
          Map.entry("AgentDesk.writing", "a desk of its own"),
          Map.entry("AgentDesk.calendar", "a desk of its own"),
          Map.entry("AgentDesk.texting", "a desk of its own"),
          Map.entry("AgentDesk.queue", "a desk of its own"),
          Map.entry("QueueDesk.beat", "of oneself: OwnSessionTest"),
          Map.entry("QueueDesk.beginBreak", "of oneself: OwnSessionTest"),
          Map.entry("QueueDesk.endBreak", "of oneself: OwnSessionTest"),
          Map.entry("QueueDesk.signOut", "of oneself: OwnSessionTest"),
          Map.entry("QueueDesk.info", "of oneself: OwnSessionTest"),
          Map.entry("AgentDesk.ratings", "a desk of its own"),
          Map.entry("SupervisorDesk.live", "a desk of its own"),
          Map.entry("SetupDesk.templates", "a desk of its own"),
          Map.entry("SetupDesk.quickReplies", "a desk of its own"),
          Map.entry("QueueDesk.messages", "one's own messages: SupervisorTest"),
          Map.entry("QueueDesk.seen", "one's own messages: SupervisorTest"),
          Map.entry("QueueDesk.answer", "who was written to may answer: SupervisorTest"),
          Map.entry("AgentDesk.leave", "ends one's own presence, for which nobody is asked"),
          Map.entry("SetupDesk.accounts", "leaves out where it is refused: below"),
          Map.entry("AgentDesk.inboxes", "leaves out where it is refused: below"),
          Map.entry("AgentDesk.list", "leaves out what may not be read: below and WorkTest"),
          Map.entry("AgentDesk.history", "leaves out what may not be read: below and WorkTest"),
          Map.entry("CustomerDesk.history", "leaves out what may not be read: below"),
          Map.entry("WritingDesk.outbox", "leaves out what may not be read: below"),
          Map.entry("QueueDesk.offers", "leaves out where it is refused: below"),
          Map.entry("ClientelingDesk.onboardable", "leaves out where it is refused: below"),
          Map.entry("ClientelingDesk.onboarded", "leaves out where it is refused: below"),
          Map.entry("WritingDesk.drafts", "one's own drafts: the tests of writing"),
          Map.entry("TextDesk.measure", "counts letters"),
          Map.entry("RecordingDesk.saveAttachment", "reads as read does: RecordingDeskTest"),
          Map.entry("AgentDesk.saveAttachment", "reads as open does: WorkTest"));

  private static final List<ActionRow> ROWS =
      Stream.of(
              WorkRows.OF_AGENTS,
              WorkRows.OF_CUSTOMERS,
              WorkRows.OF_CALENDARS,
              WorkRows.OF_SESSIONS,
              WorkRows.OF_TEXTS,
              WorkRows.OF_RATINGS,
              QueueRows.OF_OFFERS,
              WorkRows.OF_RECORDINGS,
              WorkRows.OF_AUDITORS,
              WorkRows.OF_PRIVACY,
              WritingRows.ALL,
              SupervisionRows.ALL,
              SetupRows.OF_INBOXES,
              SetupRows.OF_TEXTS_TO_CHOOSE,
              SetupRows.OF_RULES,
              SetupRows.OF_CLIENTELING)
          .flatMap(List::stream)
          .toList();

  @Test
  void nothing_that_an_agent_can_do_is_left_out() {
    Map<String, Long> rows =
        ROWS.stream().collect(Collectors.groupingBy(ActionRow::method, Collectors.counting()));

    Map<String, Long> missing =
        desks().stream()
            .flatMap(desk -> Arrays.stream(desk.getDeclaredMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .map(EveryActionTest::nameOf)
            .filter(name -> !WITHOUT_A_ROW.containsKey(name))
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    missing.entrySet().removeIf(each -> rows.getOrDefault(each.getKey(), 0L) >= each.getValue());

    assertThat(desks()).contains(AgentDesk.class, QuickReplyDesk.class, HeldDesk.class);
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void what_is_done_leaves_exactly_its_facts_by_whom_it_was_done(ActionRow row) throws IOException {
    try (ActionScene scene = new ActionScene(row)) {
      assertThat(byWhom(scene.play().left())).containsExactlyInAnyOrderElementsOf(row.facts());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void the_host_is_asked_first_about_agent_action_and_inbox_with_nothing_locked(ActionRow row)
      throws IOException {
    try (ActionScene scene = new ActionScene(row)) {
      scene.play();

      assertThat(scene.host.wasAsked(row.action(), ActionScene.WORKSHOP)).isTrue();
      assertThat(scene.host.wasBlocked()).isFalse();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void what_is_refused_changes_nothing_says_so_and_is_recorded(ActionRow row) throws IOException {
    try (ActionScene scene = new ActionScene(row)) {
      scene.refuse(row.where());
      List<Object> before = scene.all();

      Played played = scene.play();

      assertThat(isRefusal(played.answer())).as("%s", played.answer()).isTrue();
      assertThat(played.left())
          .extracting(AuditEntry::fact)
          .containsExactly(new AuditFact.ActionRefused(row.action().code(), "Ask Dirk"));
      assertThat(played.left()).allMatch(each -> each.actor().equals(Actor.agent(Shop.CLARA)));
      assertThat(scene.all()).isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void a_refusal_elsewhere_or_of_something_else_hinders_nobody(ActionRow row) throws IOException {
    try (ActionScene scene = new ActionScene(row)) {
      if (row.where() != Where.ANYWHERE) {
        scene.host.refuse(row.action(), ActionScene.SHOP);
      }
      Arrays.stream(AgentAction.values())
          .filter(action -> action != row.action())
          .forEach(action -> scene.host.refuse(action, ActionScene.SHOP));

      assertThat(byWhom(scene.play().left())).containsExactlyInAnyOrderElementsOf(row.facts());
    }
  }

  static Stream<ActionRow> rows() {
    return ROWS.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lists")
  void a_list_leaves_out_the_inboxes_in_which_it_is_refused(ActionRow row) throws IOException {
    try (ActionScene scene = new ActionScene(row)) {
      Object shown = scene.play().answer();
      scene.refuse(row.where());

      Object left = scene.play().answer();

      assertThat(ids(shown)).isNotEmpty().contains(ActionScene.WORKSHOP);
      assertThat(ids(left)).doesNotContain(ActionScene.WORKSHOP);
    }
  }

  static Stream<ActionRow> lists() {
    return WorkRows.LISTS.stream();
  }

  /** Those of agents and administrators. */
  private static Set<Class<?>> desks() {
    Set<Class<?>> desks = allDesks();
    desks.removeAll(OF_THE_HOST);
    return desks;
  }

  /** All desks that can be reached from Engage. */
  static Set<Class<?>> allDesks() {
    Set<Class<?>> desks = new LinkedHashSet<>();
    Deque<Class<?>> left = new ArrayDeque<>(List.of(Engage.class));
    while (!left.isEmpty()) {
      Arrays.stream(left.remove().getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .map(Method::getReturnType)
          .filter(type -> type.getSimpleName().endsWith("Desk") && desks.add(type))
          .forEach(left::add);
    }
    return desks;
  }

  private static String nameOf(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  /** Refused, each of them, or, as Javadoc says, nothing at all. */
  private static boolean isRefusal(Object answer) {
    if (answer instanceof Map<?, ?> each) {
      return !each.isEmpty() && each.values().stream().allMatch(EveryActionTest::isRefusal);
    }
    return answer instanceof Outcome.Refused
        || answer instanceof Collection<?> all && all.isEmpty()
        || answer instanceof Optional<?> one && one.isEmpty();
  }

  private static List<Object> ids(Object answer) {
    Collection<?> all = answer instanceof Page<?> page ? page.items() : (Collection<?>) answer;
    return all.stream().map(WorkRows::inboxOf).map(Object.class::cast).toList();
  }

  /** Clara's facts by their names alone; those of others with who did it. */
  private static List<String> byWhom(List<AuditEntry> entries) {
    return entries.stream()
        .map(
            each ->
                each.actor().equals(Actor.agent(Shop.CLARA))
                    ? each.fact().code()
                    : each.actor().id() + ": " + each.fact().code())
        .toList();
  }
}
