package io.engage.core.receiving;

import io.engage.core.receiving.Placing.Place;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Conversation.Exchange;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import io.engage.model.message.TrustLevel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what a message that arrives changes about what lists show of its conversation, and about
 * who gets copies of answers: always whoever the last message received has in Cc.
 */
final class Exchanging {
  private static final int LONGEST_LABEL = 200;

  private Exchanging() {}

  /**
   * @param filed the conversation with the message
   * @param hasPart whether its sender had part in the conversation before
   */
  static Conversation decide(
      Place place,
      Conversation filed,
      Message message,
      boolean hasPart,
      Predicate<EmailAddress> ours) {
    Exchange exchange = filed.exchange();
    if (place.isNew() || !message.at().isBefore(place.conversation().lastMessageAt())) {
      exchange = exchange.withNewest(label(message), message.preview());
    }
    if (maySetCopies(message)
        && (place.isNew() || hasPart)
        && exchange.areCopiesFromBefore(message.at())) {
      exchange = withCopies(exchange, message, ours);
    }
    return filed.withExchange(exchange);
  }

  /**
   * The last message received has the last word, however late an older one is imported. Programs
   * copy nobody, whoever may be forged has no say, and neither has somebody who came to the
   * conversation by knowing one of its Message-IDs.
   */
  private static boolean maySetCopies(Message message) {
    return message.kind() == MessageKind.PERSON && message.trust() != TrustLevel.SUSPICIOUS;
  }

  private static Exchange withCopies(
      Exchange exchange, Message message, Predicate<EmailAddress> ours) {
    MailHeaders headers = message.headers();
    if (headers.cc().isEmpty() && headers.bcc().isEmpty()) {
      return exchange.withCopies(List.of(), List.of(), message.at());
    }
    Set<String> told =
        Stream.of(headers.from(), headers.replyTo())
            .flatMap(List::stream)
            .map(each -> key(each.address()))
            .collect(Collectors.toSet());
    return exchange.withCopies(
        others(headers.cc(), told, ours), others(headers.bcc(), told, ours), message.at());
  }

  /** Each once; whoever gets the answer itself needs no copy. */
  private static List<NamedAddress> others(
      List<NamedAddress> people, Set<String> told, Predicate<EmailAddress> ours) {
    Map<String, NamedAddress> others = new LinkedHashMap<>();
    people.stream()
        .filter(each -> !ours.test(each.address()) && !told.contains(key(each.address())))
        .forEach(each -> others.putIfAbsent(key(each.address()), each));
    return others.values().stream().limit(Conversation.MOST_PARTICIPANTS).toList();
  }

  private static String key(EmailAddress address) {
    return address.value().toLowerCase(Locale.ROOT);
  }

  private static String label(Message message) {
    String label =
        message.phone() == null
            ? message.headers().from().stream().findFirst().map(NamedAddress::label).orElse("")
            : message.phone().value();
    return label.codePointCount(0, label.length()) <= LONGEST_LABEL
        ? label
        : label.substring(0, label.offsetByCodePoints(0, LONGEST_LABEL));
  }
}
