package io.engage.cli;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.ParsedMail;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Guesses to which address a heap of mails came: where servers say they delivered most of them,
 * else the address that writes with the most others. A mailing list also does, but is nobody's
 * inbox.
 */
final class InboxGuess {
  private final Map<EmailAddress, Set<EmailAddress>> correspondents = new LinkedHashMap<>();
  private final Map<EmailAddress, Integer> received = new HashMap<>();
  private final Map<EmailAddress, Integer> delivered = new LinkedHashMap<>();
  private final Set<EmailAddress> lists = new HashSet<>();

  private InboxGuess() {}

  static Optional<EmailAddress> of(Collection<ParsedMail> mails) {
    InboxGuess guess = new InboxGuess();
    mails.forEach(guess::see);
    return guess.best();
  }

  private void see(ParsedMail mail) {
    MailHeaders headers = mail.headers();
    new HashSet<>(headers.deliveredTo()).forEach(to -> delivered.merge(to, 1, Integer::sum));
    Set<EmailAddress> to = addresses(headers.to(), headers.cc());
    to.forEach(each -> received.merge(each, 1, Integer::sum));
    for (EmailAddress from : addresses(headers.from(), List.of())) {
      to.forEach(each -> meet(each, from));
    }
    if (mail.findField("List-Id").isPresent() || mail.findField("List-Post").isPresent()) {
      lists.addAll(to);
    }
  }

  private void meet(EmailAddress one, EmailAddress other) {
    if (!one.equals(other)) {
      correspondents.computeIfAbsent(one, any -> new HashSet<>()).add(other);
      correspondents.computeIfAbsent(other, any -> new HashSet<>()).add(one);
    }
  }

  /** Ties end by the address itself, so that the order of the mails does not matter. */
  private Optional<EmailAddress> best() {
    Optional<EmailAddress> mailbox =
        delivered.entrySet().stream()
            .max(
                Map.Entry.<EmailAddress, Integer>comparingByValue()
                    .thenComparing(each -> each.getKey().value()))
            .map(Map.Entry::getKey);
    return mailbox.or(
        () ->
            correspondents.entrySet().stream()
                .filter(each -> !lists.contains(each.getKey()))
                .max(
                    Comparator.<Map.Entry<EmailAddress, Set<EmailAddress>>>comparingInt(
                            each -> each.getValue().size())
                        .thenComparing(each -> received.getOrDefault(each.getKey(), 0))
                        .thenComparing(each -> each.getKey().value()))
                .map(Map.Entry::getKey));
  }

  private static Set<EmailAddress> addresses(List<NamedAddress> some, List<NamedAddress> more) {
    return Stream.of(some, more)
        .flatMap(List::stream)
        .map(NamedAddress::address)
        .collect(Collectors.toSet());
  }
}
