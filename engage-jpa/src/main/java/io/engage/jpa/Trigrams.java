package io.engage.jpa;

import io.engage.model.address.Address;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Criterion;
import io.engage.model.customer.CustomerId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which three letters follow each other in a text, each three as a number of 16 bits. What does not
 * have those of a word cannot have the word; what has them is looked through as well, since other
 * letters may have the same numbers.
 */
final class Trigrams {
  private static final int LETTERS = 3;

  private Trigrams() {}

  /** Those of everything that can be searched for words. */
  static Set<Short> of(Conversation conversation) {
    Set<Short> all = new TreeSet<>();
    Stream.of(
            Stream.of(
                conversation.subject(),
                conversation.exchange().label(),
                conversation.exchange().preview()),
            conversation.participants().stream().map(Address::value),
            conversation.findCustomer().map(CustomerId::value).stream())
        .flatMap(texts -> texts)
        .forEach(text -> add(all, Texts.caseless(text)));
    return all;
  }

  /** Those of a piece of text; a shorter one has none, and may be anywhere. */
  static Set<Short> of(String text) {
    Set<Short> all = new TreeSet<>();
    add(all, Texts.caseless(text));
    return all;
  }

  /** What has to be so of a row {@code t} of engage_conversation_trigram; empty when nothing. */
  static Optional<Clause> needed(Collection<String> words, Collection<Criterion> conjuncts) {
    return every(
        Stream.concat(
                words.stream().map(Trigrams::needed), conjuncts.stream().map(Trigrams::needed))
            .toList());
  }

  private static Optional<Clause> needed(Criterion criterion) {
    if (criterion instanceof Criterion.Contains contains) {
      return needed(contains.words());
    } else if (criterion instanceof Criterion.All all) {
      return every(all.of().stream().map(Trigrams::needed).toList());
    } else if (criterion instanceof Criterion.Any any) {
      return one(any.of().stream().map(Trigrams::needed).toList());
    }
    return Optional.empty();
  }

  private static Optional<Clause> needed(String text) {
    Set<Short> all = of(text);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(Clause.of("t.trigrams @> cast(? as smallint[])", all));
  }

  private static Optional<Clause> every(List<Optional<Clause>> parts) {
    List<Clause> known = parts.stream().flatMap(Optional::stream).distinct().toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(Clause.all(known));
  }

  /** When one alternative needs nothing, nothing is needed. */
  private static Optional<Clause> one(List<Optional<Clause>> parts) {
    return parts.isEmpty() || parts.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(Clause.any(parts.stream().flatMap(Optional::stream).distinct().toList()));
  }

  private static void add(Set<Short> all, String caseless) {
    for (int i = LETTERS; i <= caseless.length(); i++) {
      all.add(number(caseless.charAt(i - 3), caseless.charAt(i - 2), caseless.charAt(i - 1)));
    }
  }

  private static short number(char first, char second, char third) {
    return (short) ((((first * 0x2545 + second) * 0x2545 + third) * 0x9e3779b9) >>> 16);
  }
}
