package io.engage.core.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSeal;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.AuditVerdict;
import io.engage.model.audit.AuditVerdict.Broken;
import io.engage.model.audit.AuditVerdict.Damage;
import io.engage.model.audit.AuditVerdict.Intact;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.ContentDigest;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-10")
@DisplayNameGeneration(ReplaceUnderscores.class)
class VerifyingTest {
  private static final int ROUNDS = 3_000;

  private final List<FoundLink> chain = chain(8);

  @Test
  void a_chain_as_it_was_written_is_intact_up_to_its_end() {
    assertThat(verify(chain)).isEqualTo(new Intact(anchor(8)));
    assertThat(verify(List.of())).isEqualTo(new Intact(AuditAnchor.START));
  }

  @Test
  void an_entry_that_was_changed_is_found() {
    chain.set(3, changed(chain.get(3)));

    assertThat(verify(chain)).isEqualTo(new Broken(anchor(3), 4, Damage.CHANGED));
  }

  @Test
  void a_seal_that_was_changed_is_found() {
    FoundLink link = chain.get(3);
    chain.set(3, new FoundLink(link.sequence(), Sample.blob("other").digest(), link.form()));

    assertThat(verify(chain)).isEqualTo(new Broken(anchor(3), 4, Damage.CHANGED));
  }

  @Test
  void an_entry_that_was_changed_and_sealed_anew_is_found_at_the_next_one() {
    chain.set(3, resealed(changed(chain.get(3)), anchor(3)));

    assertThat(verify(chain))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.place()).isEqualTo(5));
  }

  @Test
  void an_entry_that_was_removed_is_found() {
    chain.remove(3);

    assertThat(verify(chain)).isEqualTo(new Broken(anchor(3), 4, Damage.MISSING));
  }

  @Test
  void an_entry_that_was_removed_is_found_when_the_others_are_numbered_anew() {
    chain.remove(3);

    assertThat(verify(numberedAnew(chain))).isEqualTo(new Broken(anchor(3), 4, Damage.MISSING));
  }

  @Test
  void an_entry_that_was_put_in_is_found() {
    chain.add(3, chain.get(6));

    assertThat(verify(numberedAnew(chain))).isEqualTo(new Broken(anchor(3), 4, Damage.INSERTED));
  }

  @Test
  void an_entry_that_was_put_in_under_a_number_that_was_given_is_found() {
    chain.add(3, chain.get(2));

    assertThat(verify(chain)).isEqualTo(new Broken(anchor(3), 4, Damage.INSERTED));
  }

  @Test
  void entries_that_changed_places_are_found() {
    Collections.swap(chain, 3, 4);

    assertThat(verify(chain)).isEqualTo(new Broken(anchor(3), 4, Damage.REORDERED));
    assertThat(verify(numberedAnew(chain))).isEqualTo(new Broken(anchor(3), 4, Damage.REORDERED));
  }

  @Test
  void an_end_that_was_cut_off_is_found_with_an_anchor() {
    AuditAnchor end = anchor(8);
    List<FoundLink> rest = chain.subList(0, 6);

    assertThat(verify(rest)).isEqualTo(new Intact(anchor(6)));
    assertThat(verify(rest, anchor(3), end)).isEqualTo(new Broken(anchor(6), 7, Damage.CUT_OFF));
  }

  @Test
  void a_chain_that_was_sealed_anew_from_some_place_on_is_found_with_an_anchor() {
    List<FoundLink> forged = new ArrayList<>(chain);
    forged.set(3, changed(chain.get(3)));
    for (int i = 3; i < forged.size(); i++) {
      forged.set(i, resealed(forged.get(i), anchorOf(forged.get(i - 1))));
    }

    assertThat(verify(forged)).isInstanceOf(Intact.class);
    assertThat(verify(forged, anchor(8), anchor(2)))
        .isEqualTo(new Broken(anchor(2), 8, Damage.REWRITTEN));
  }

  @Test
  void of_two_anchors_for_one_place_one_must_be_wrong() {
    AuditAnchor other = new AuditAnchor(5, Sample.blob("other").digest());

    assertThat(verify(chain, anchor(5), other))
        .isEqualTo(new Broken(AuditAnchor.START, 5, Damage.REWRITTEN));
  }

  @Test
  void what_stands_before_a_trusted_anchor_is_not_looked_at() {
    AuditVerdict verdict =
        Verifying.decide(
            anchor(5), chain.subList(5, 8).iterator(), List.of(anchor(2), anchor(5), anchor(7)));

    assertThat(verdict).isEqualTo(new Intact(anchor(8)));
  }

  @Test
  void no_more_than_one_link_behind_the_first_damage_is_looked_at() {
    chain.set(3, changed(chain.get(3)));
    AtomicInteger given = new AtomicInteger();
    Iterator<FoundLink> all = chain.iterator();
    Iterator<FoundLink> links =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public FoundLink next() {
            given.incrementAndGet();
            return all.next();
          }
        };

    Verifying.decide(AuditAnchor.START, links, List.of());

    assertThat(given.get()).isEqualTo(5);
  }

  @Test
  void any_single_tampering_with_any_fact_is_found() {
    Random random = new Random(20260302);
    List<FoundLink> written = chainOfEveryFact();
    AuditAnchor end = anchorOf(written.get(written.size() - 1));
    assertThat(verify(written, end).isIntact()).isTrue();

    for (int round = 0; round < ROUNDS; round++) {
      List<FoundLink> tampered = new ArrayList<>(written);
      String how = tamper(tampered, random);

      if (!tampered.equals(written)) {
        assertThat(verify(tampered, end).isIntact()).as("round %d: %s", round, how).isFalse();
      }
    }
  }

  private static String tamper(List<FoundLink> links, Random random) {
    int place = random.nextInt(links.size());
    int other = random.nextInt(links.size());
    boolean renumbered = random.nextBoolean();
    String how =
        switch (random.nextInt(7)) {
          case 0 -> drop(links, place);
          case 1 -> swap(links, place, other);
          case 2 -> move(links, place, other);
          case 3 -> insert(links, place, other);
          case 4 -> cut(links, place);
          case 5 -> reseal(links, place, random);
          default -> changeOneValue(links, place, random);
        };
    if (renumbered) {
      List<FoundLink> anew = numberedAnew(links);
      links.clear();
      links.addAll(anew);
    }
    return how + " at " + place + (renumbered ? ", numbered anew" : "");
  }

  private static String drop(List<FoundLink> links, int place) {
    links.remove(place);
    return "drop";
  }

  private static String swap(List<FoundLink> links, int place, int other) {
    Collections.swap(links, place, other);
    return "swap with " + other;
  }

  private static String move(List<FoundLink> links, int place, int other) {
    links.add(other, links.remove(place));
    return "move to " + other;
  }

  private static String insert(List<FoundLink> links, int place, int other) {
    links.add(place, links.get(other));
    return "insert " + other;
  }

  private static String cut(List<FoundLink> links, int place) {
    links.subList(place, links.size()).clear();
    return "cut";
  }

  private static String reseal(List<FoundLink> links, int place, Random random) {
    FoundLink link = links.get(place);
    FoundLink changed = new FoundLink(link.sequence(), link.seal(), tamperedForm(link, random));
    AuditAnchor before = place == 0 ? AuditAnchor.START : anchorOf(links.get(place - 1));
    links.set(place, resealed(changed, before));
    return "change and seal anew";
  }

  private static String changeOneValue(List<FoundLink> links, int place, Random random) {
    FoundLink link = links.get(place);
    links.set(place, new FoundLink(link.sequence(), link.seal(), tamperedForm(link, random)));
    return "change a value";
  }

  /** With one value, at any depth, changed, or left out, or one more. */
  private static Map<String, Object> tamperedForm(FoundLink link, Random random) {
    Map<String, Object> form = copyOf(link.form());
    List<Runnable> changes = new ArrayList<>();
    collect(form, changes);
    changes.get(random.nextInt(changes.size())).run();
    return form;
  }

  @SuppressWarnings("unchecked")
  private static void collect(Map<String, Object> form, List<Runnable> changes) {
    changes.add(() -> form.put("more", "x"));
    for (String name : List.copyOf(form.keySet())) {
      Object value = form.get(name);
      changes.add(() -> form.remove(name));
      if (value instanceof Map<?, ?> inner) {
        collect((Map<String, Object>) inner, changes);
      } else {
        changes.add(() -> form.put(name, other(value)));
        changes.add(() -> form.put(name + "s", form.remove(name)));
      }
    }
  }

  private static Object other(Object value) {
    if (value instanceof Boolean truth) {
      return !truth;
    }
    return value instanceof Long number ? (Object) (number + 1) : value + " ";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> copyOf(Map<String, ?> form) {
    Map<String, Object> copy = new HashMap<>(form);
    copy.replaceAll(
        (name, value) ->
            value instanceof Map<?, ?> inner ? copyOf((Map<String, Object>) inner) : value);
    return copy;
  }

  private AuditAnchor anchor(int sequence) {
    return anchorOf(chain(8).get(sequence - 1));
  }

  private static AuditAnchor anchorOf(FoundLink link) {
    return link.at(link.sequence());
  }

  private static AuditVerdict verify(List<FoundLink> links, AuditAnchor... known) {
    return Verifying.decide(AuditAnchor.START, links.iterator(), List.of(known));
  }

  private static FoundLink changed(FoundLink link) {
    Map<String, Object> form = new HashMap<>(link.form());
    form.put("at", "2020-01-01T00:00:00Z");
    return new FoundLink(link.sequence(), link.seal(), form);
  }

  private static FoundLink resealed(FoundLink link, AuditAnchor before) {
    ContentDigest seal = AuditSeal.of(before.sequence() + 1, before.seal(), link.form());
    return new FoundLink(link.sequence(), seal, link.form());
  }

  private static List<FoundLink> numberedAnew(List<FoundLink> links) {
    return IntStream.range(0, links.size())
        .mapToObj(i -> new FoundLink(i + 1, links.get(i).seal(), links.get(i).form()))
        .toList();
  }

  private static List<FoundLink> chain(int length) {
    return found(IntStream.rangeClosed(1, length).mapToObj(VerifyingTest::entry));
  }

  private static List<FoundLink> chainOfEveryFact() {
    AuditSubject strap = AuditSubject.of(Sample.workshop().id(), ConversationId.of("strap"));
    return found(SampleFacts.every().stream().map(fact -> Sample.entry(fact.code(), strap, fact)));
  }

  private static List<FoundLink> found(Stream<AuditEntry> entries) {
    List<AuditLink> links = new ArrayList<>();
    entries.forEach(
        entry ->
            links.add(
                links.isEmpty()
                    ? AuditLink.first(entry)
                    : links.get(links.size() - 1).next(entry)));
    return new ArrayList<>(links.stream().map(FoundLink::of).toList());
  }

  private static AuditEntry entry(long number) {
    return Sample.entry("e" + number, AuditSubject.NONE, new AuditFact.Completed());
  }
}
