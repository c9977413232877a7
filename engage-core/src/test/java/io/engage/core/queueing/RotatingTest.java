package io.engage.core.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Member;
import io.engage.model.queue.Rotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DI-2")
class RotatingTest {

  @Test
  void who_was_served_last_and_is_still_there_stays_where_turns_go_on() {
    Rotation rotation = behind("luis", 1);

    assertThat(decide(rotation, "ana luis mia", "mia luis ana tom")).isSameAs(rotation);
  }

  @Test
  void when_they_leave_turns_go_on_where_they_stood() {
    assertThat(decide(behind("luis", 1), "ana luis mia", "ana mia")).isEqualTo(behind("ana", 0));
    assertThat(decide(behind("luis", 1), "ana luis mia", "ana zoe mia"))
        .isEqualTo(behind("ana", 0));
  }

  @Test
  void when_others_leave_with_them_nobody_is_passed_over() {
    assertThat(decide(behind("mia", 2), "ana luis mia tom eva", "tom eva"))
        .isEqualTo(behind("mia", 0));
    assertThat(next(behind("mia", 0), "tom eva")).isEqualTo("tom");
  }

  @Test
  void one_who_left_without_a_word_is_gone_on_from_by_the_place_where_they_stood() {
    assertThat(next(behind("luis", 1), "ana mia tom")).isEqualTo("mia");
    assertThat(next(behind("tom", 3), "ana luis mia")).isEqualTo("ana");
    assertThat(next(behind("tom", 12), "ana luis mia")).isEqualTo("ana");
    assertThat(decide(behind("luis", 1), "ana mia tom", "tom")).isEqualTo(behind("luis", 0));
    assertThat(decide(behind("luis", 9), "ana mia", "mia ana")).isEqualTo(behind("mia", 0));
  }

  /**
   * Members come, go and are away while conversations are given out one by one, by nodes that know
   * nothing but what is stored; beside it somebody with a finger on a list of names.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 22, 2026, 11_22})
  void turns_are_exact_whoever_comes_goes_or_is_away_and_whichever_node_decides(long seed) {
    Random random = new Random(seed);
    Finger finger = new Finger();
    List<String> members = new ArrayList<>(List.of("ana", "luis", "mia"));
    finger.names.addAll(List.of("ana", "luis", "mia"));
    Rotation stored = null;
    List<String> given = new ArrayList<>();
    List<String> expected = new ArrayList<>();

    for (int step = 0; step < 5000; step++) {
      for (int change = random.nextInt(8) == 0 ? random.nextInt(4) : 0; change > 0; change--) {
        List<Member> before = members(members);
        changeSome(members, finger, "agent" + step + "-" + change, random);
        stored = stored == null ? null : Rotating.decide(stored, before, members(members));
      }
      Set<String> away = new TreeSet<>(members);
      away.removeIf(each -> random.nextInt(3) > 0);
      QueuePlan plan = plan(stored, members, away);
      for (QueuePlan.Planned each : plan.offers()) {
        stored = each.rotation();
        given.add(each.to().id().value());
      }
      String next = finger.next(away);
      if (next != null) {
        expected.add(next);
      }
    }

    assertThat(given).isEqualTo(expected).hasSizeGreaterThan(3000);
  }

  private static void changeSome(
      List<String> members, Finger finger, String newName, Random random) {
    if (random.nextBoolean()) {
      for (int leaving = random.nextInt(3); leaving > 0 && !members.isEmpty(); leaving--) {
        finger.names.remove(members.remove(random.nextInt(members.size())));
      }
    } else {
      int place = random.nextInt(members.size() + 1);
      finger.add(newName, place == members.size() ? null : members.get(place));
      members.add(place, newName);
    }
  }

  /** A list of names with a finger in between: behind it turns go on. */
  private static final class Finger {
    private static final String FINGER = "☞";
    final List<String> names = new ArrayList<>(List.of(FINGER));

    void add(String name, @Nullable String before) {
      names.add(before == null ? names.size() : names.indexOf(before), name);
    }

    @Nullable String next(Set<String> away) {
      int at = names.indexOf(FINGER);
      String next =
          Stream.concat(names.subList(at + 1, names.size()).stream(), names.subList(0, at).stream())
              .filter(each -> !away.contains(each))
              .findFirst()
              .orElse(null);
      if (next != null) {
        names.remove(FINGER);
        names.add(names.indexOf(next) + 1, FINGER);
      }
      return next;
    }
  }

  private static QueuePlan plan(
      @Nullable Rotation rotation, List<String> members, Set<String> away) {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.ROUND_ROBIN)
            .members(members.toArray(String[]::new))
            .rotation(rotation)
            .waiting("watch");
    away.forEach(workshop::offline);
    return workshop.plan();
  }

  private static String next(Rotation rotation, String members) {
    return plan(rotation, List.of(members.split(" ")), Set.of()).offers().get(0).to().id().value();
  }

  private static Rotation decide(Rotation rotation, String before, String after) {
    return Rotating.decide(
        rotation, members(List.of(before.split(" "))), members(List.of(after.split(" "))));
  }

  private static List<Member> members(List<String> names) {
    return names.stream().map(Member::of).toList();
  }

  private static Rotation behind(String name, int place) {
    return new Rotation(Workshop.REPAIRS, AgentId.of(name), place, 4);
  }
}
