package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.ConversationFilter;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an agent looks for in a list: a filter, what stands in the search box, and what stands
 * behind single columns. All of it has to be so.
 *
 * <p>The box takes what {@code from:(acme OR "j. doe") AND NOT subject:invoice AND
 * received>=2026-01-01} shows: words, alone or in quotes, stand in any column; {@code column:word}
 * in that one. The columns are {@code from}, {@code subject}, {@code text} (the beginning of the
 * newest message), {@code tag}, {@code agent} (their name, where the host gave an {@link
 * io.engage.spi.AgentDirectory}, or the id that it gave them; {@code agent:me} are one's own),
 * {@code handled} (the same, also of whoever had it once or answered in it), {@code inbox}, {@code
 * customer}, {@code channel} (email or sms), {@code campaign} (the name or id of a campaign whose
 * mail was answered), {@code is} (open, completed, unread, linked, assigned, side), {@code
 * received}, {@code opened}, {@code completed} (a year, a month, a day, a minute, today or
 * yesterday, also compared) and {@code priority}. {@code AND}, {@code OR} and {@code NOT} (or a
 * minus sign) are written in capitals; two words side by side mean both; parentheses group, also
 * behind a column.
 *
 * @param filter where to look, and in which order; everywhere, also among completed ones, when
 *     nothing else is said
 * @param text what stands in the search box; blank for nothing
 * @param columns by the name of a column, what stands behind it, without the name: {@code acme OR
 *     "j. doe"}
 * @param zone where a day begins and ends when the agent looks at it
 */
public record Search(
    ConversationFilter filter, String text, Map<String, String> columns, ZoneId zone) {
  public Search {
    requireNonNull(filter, "filter");
    requireNonNull(text, "text");
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    requireNonNull(zone, "zone");
  }

  /** For this text, everywhere. */
  public static Search of(String text) {
    return new Search(ConversationFilter.all(), text, Map.of(), ZoneOffset.UTC);
  }

  /** Among what passes this filter, in its order. */
  public Search within(ConversationFilter wanted) {
    return new Search(wanted, text, columns, zone);
  }

  /** With this expression behind a column, instead of what stood there. */
  public Search column(String name, String expression) {
    Map<String, String> all = new LinkedHashMap<>(columns);
    all.put(requireNonNull(name, "name"), requireNonNull(expression, "expression"));
    return new Search(filter, text, all, zone);
  }

  /** With the days of this zone. */
  public Search in(ZoneId wanted) {
    return new Search(filter, text, columns, wanted);
  }

  @Override
  public String toString() {
    return "Search[%d characters, %d columns]".formatted(text.length(), columns.size());
  }
}
