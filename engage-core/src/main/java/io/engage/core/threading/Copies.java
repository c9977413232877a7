package io.engage.core.threading;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import io.engage.model.message.RfcMessageId;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which messages are one mail that came to several inboxes: the same bytes, or the same
 * Message-ID, date, sender and subject, when each inbox got it on a way of its own.
 */
public final class Copies {
  private Copies() {}

  /** Those of the candidates that are shown in other inboxes, by their inboxes. */
  public static List<Message> decide(Message message, List<Message> candidates) {
    return candidates.stream()
        .filter(each -> each.direction() == Direction.INBOUND && !each.state().deleted())
        .filter(each -> !each.inbox().equals(message.inbox()))
        .filter(each -> isSame(message, each))
        .sorted(
            Comparator.comparing((Message each) -> each.inbox().value())
                .thenComparing(each -> each.id().value()))
        .toList();
  }

  /** Whether somebody here has answered it, in its conversation, since it came. */
  public static boolean isAnswered(Message message, List<Message> ofConversation) {
    return ofConversation.stream()
        .filter(each -> each.conversation().equals(message.conversation()))
        .filter(each -> each.direction() == Direction.OUTBOUND)
        .filter(each -> each.kind() == MessageKind.PERSON)
        .filter(each -> each.state().delivery() != Delivery.WITHDRAWN)
        .anyMatch(each -> !each.at().isBefore(message.at()));
  }

  private static boolean isSame(Message one, Message other) {
    return one.direction() == Direction.INBOUND
        && (one.source().digest().equals(other.source().digest()) || isTwin(one, other));
  }

  private static boolean isTwin(Message one, Message other) {
    RfcMessageId id = one.headers().messageId();
    RfcMessageId otherId = other.headers().messageId();
    OffsetDateTime date = one.headers().date();
    return id != null
        && otherId != null
        && id.caseless().equals(otherId.caseless())
        && date != null
        && date.equals(other.headers().date())
        && senders(one).equals(senders(other))
        && Subjects.topic(one.headers().subject())
            .equals(Subjects.topic(other.headers().subject()));
  }

  private static Set<String> senders(Message message) {
    return message.headers().from().stream()
        .map(NamedAddress::address)
        .map(EmailAddress::value)
        .map(each -> each.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
