package io.engage.dialer;

import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Recipients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recipients in memory that survive the process: each change is a line of a journal before it takes
 * effect, and a later process repeats the lines. A line that was cut by the end of a process never
 * happened. For one thread.
 */
final class JournaledRecipients {
  private static final Set<String> CHANGES =
      Set.of("claim", "claimAbandoned", "prolong", "markAttempting", "release", "settle", "note");

  private final Recipients memory;
  private final Path journal;

  private JournaledRecipients(Recipients memory, Path journal) {
    this.memory = memory;
    this.journal = journal;
  }

  /**
   * @param memory with the rows as they were imported
   */
  static Recipients over(Recipients memory, Path journal) {
    JournaledRecipients journaled = new JournaledRecipients(memory, journal);
    journaled.repeat();
    return (Recipients)
        Proxy.newProxyInstance(
            Recipients.class.getClassLoader(),
            new Class<?>[] {Recipients.class},
            (proxy, method, arguments) -> journaled.call(method, arguments));
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) {
    boolean changes = CHANGES.contains(method.getName());
    if (changes) {
      write(line(method.getName(), arguments));
      say(method.getName());
    }
    try {
      Object result = method.invoke(memory, arguments);
      if (changes) {
        say("done");
      }
      return result;
    } catch (InvocationTargetException | IllegalAccessException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Whoever started this process kills it at one of these lines. */
  static void say(String step) {
    System.out.println(step);
    System.out.flush();
  }

  private static String line(String name, Object[] arguments) {
    return switch (name) {
      case "claim" -> "claim " + arguments[1] + " " + arguments[2] + " " + arguments[3];
      case "claimAbandoned" -> "left " + arguments[1] + " " + arguments[2] + " " + arguments[3];
      case "prolong" -> "prolong " + arguments[1] + " " + claims(arguments[0]);
      case "markAttempting" -> "mark " + claims(arguments[0]);
      case "release" -> "release " + arguments[1] + " " + claims(arguments[0]);
      case "settle" ->
          "settle "
              + all(arguments[0], RecipientSettlement.class)
                  .map(JournaledRecipients::words)
                  .collect(Collectors.joining(";"));
      default -> throw new IllegalStateException("Nothing comes back in this test");
    };
  }

  private static <T> Stream<T> all(Object argument, Class<T> type) {
    return ((Collection<?>) argument).stream().map(type::cast);
  }

  private static String claims(Object argument) {
    return all(argument, RecipientClaim.class)
        .map(each -> each.recipient().id().row() + ":" + each.token())
        .collect(Collectors.joining(";"));
  }

  private static String words(RecipientSettlement each) {
    return String.join(
        ",",
        Long.toString(each.recipient().row()),
        Long.toString(each.token()),
        each.status().name(),
        each.outcome().why().name(),
        each.at().toString(),
        each.notBefore().toString());
  }

  private void write(String line) {
    try {
      Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private void repeat() {
    try {
      String whole = Files.exists(journal) ? Files.readString(journal, StandardCharsets.UTF_8) : "";
      String complete = whole.substring(0, whole.lastIndexOf('\n') + 1);
      Files.writeString(journal, complete);
      complete.lines().forEach(this::repeat);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void repeat(String line) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "claim" ->
          memory.claim(
              List.of(Mailing.LIST),
              Integer.parseInt(words[1]),
              Instant.parse(words[2]),
              Instant.parse(words[3]));
      case "left" ->
          memory.claimAbandoned(
              List.of(Mailing.LIST),
              Integer.parseInt(words[1]),
              Instant.parse(words[2]),
              Instant.parse(words[3]));
      case "prolong" -> memory.prolong(claims(words[2]), Instant.parse(words[1]));
      case "mark" -> memory.markAttempting(claims(words[1]));
      case "release" -> memory.release(claims(words[2]), Instant.parse(words[1]));
      case "settle" -> memory.settle(settlements(words[1]));
      default -> throw new IllegalStateException(words[0]);
    }
  }

  private List<RecipientClaim> claims(String text) {
    return Stream.of(text.split(";"))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split(":"))
        .map(each -> new RecipientClaim(row(each[0]), Long.parseLong(each[1]), false))
        .toList();
  }

  private Recipient row(String number) {
    return memory.find(List.of(RecipientId.of(Mailing.LIST, Long.parseLong(number)))).get(0);
  }

  private static List<RecipientSettlement> settlements(String text) {
    return Stream.of(text.split(";"))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split(","))
        .map(
            each ->
                new RecipientSettlement(
                    RecipientId.of(Mailing.LIST, Long.parseLong(each[0])),
                    Long.parseLong(each[1]),
                    RecipientStatus.valueOf(each[2]),
                    RecipientOutcome.of(Why.valueOf(each[3]), ""),
                    Instant.parse(each[4]),
                    Instant.parse(each[5])))
        .toList();
  }
}
