package io.engage.cli;

import io.engage.model.message.MailHeaders;
import io.engage.model.message.RfcMessageId;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The order in which mails would have arrived: what a mail names comes before it, and otherwise the
 * date decides. So neither the order of the files nor a wrong clock matters.
 */
final class ArrivalOrder<T> {
  private final Function<T, MailHeaders> headers;
  private final Map<String, List<T>> byId = new HashMap<>();
  private final Set<T> taken = new HashSet<>();
  private final List<T> ordered = new ArrayList<>();

  private ArrivalOrder(Function<T, MailHeaders> headers) {
    this.headers = headers;
  }

  /**
   * @param name tells apart what has the same date
   */
  static <T> List<T> of(List<T> mails, Function<T, MailHeaders> headers, Function<T, String> name) {
    ArrivalOrder<T> order = new ArrivalOrder<>(headers);
    List<T> dated = new ArrayList<>(mails);
    dated.sort(
        Comparator.comparingLong((T each) -> second(headers.apply(each))).thenComparing(name));
    dated.forEach(order::index);
    dated.forEach(order::take);
    return order.ordered;
  }

  private static long second(MailHeaders headers) {
    OffsetDateTime date = headers.date();
    return date == null ? Long.MAX_VALUE : date.toEpochSecond();
  }

  private void index(T mail) {
    RfcMessageId id = headers.apply(mail).messageId();
    if (id != null) {
      byId.computeIfAbsent(id.caseless(), any -> new ArrayList<>()).add(mail);
    }
  }

  /** Threads may be thousands of mails deep, and name one another in a circle. */
  private void take(T mail) {
    Deque<T> waiting = new ArrayDeque<>(List.of(mail));
    Set<T> entered = new HashSet<>();
    while (!waiting.isEmpty()) {
      T next = waiting.peek();
      if (taken.contains(next)) {
        waiting.pop();
      } else if (entered.add(next)) {
        ancestors(next).filter(each -> !entered.contains(each)).forEach(waiting::push);
      } else {
        waiting.pop();
        taken.add(next);
        ordered.add(next);
      }
    }
  }

  private Stream<T> ancestors(T mail) {
    return headers.apply(mail).ancestors().stream()
        .flatMap(id -> byId.getOrDefault(id.caseless(), List.of()).stream())
        .filter(each -> !taken.contains(each));
  }
}
