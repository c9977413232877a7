package io.engage.core.settling;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides on which way a mail of ours goes out once more, with the bytes that it had: its From
 * names the inbox that speaks, wherever the conversation is by now.
 */
public final class Retrying {
  private Retrying() {}

  /**
   * How it goes.
   *
   * @param sender null for the empty one, which what we answer by ourselves has (RFC 3834)
   * @param recipients those whom it did not reach; everybody when that is not known
   */
  public record Way(
      AccountId account, @Nullable EmailAddress sender, List<EmailAddress> recipients) {
    public Way {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * @param current the inbox that has the conversation now
   * @param inboxes all of them
   */
  public static Way decide(Message message, Inbox current, Collection<Inbox> inboxes) {
    Optional<EmailAddress> from =
        message.headers().from().stream().map(NamedAddress::address).findFirst();
    Optional<Inbox> speaking =
        from.flatMap(
            address ->
                Stream.concat(Stream.of(current), inboxes.stream())
                    .filter(each -> each.owns(address))
                    .findFirst());
    EmailAddress sender = speaking.isPresent() ? from.orElseThrow() : current.sender().address();
    return new Way(
        speaking.orElse(current).account(),
        message.kind() == MessageKind.AUTO_REPLY ? null : sender,
        recipients(message));
  }

  private static List<EmailAddress> recipients(Message message) {
    List<EmailAddress> unreached = message.state().unreached();
    return unreached.isEmpty()
        ? Stream.of(message.headers().to(), message.headers().cc(), message.headers().bcc())
            .flatMap(List::stream)
            .map(NamedAddress::address)
            .distinct()
            .toList()
        : unreached;
  }
}
