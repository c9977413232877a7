package io.engage.core;

import io.engage.core.routing.InboxRouting;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.MailHeaders;
import io.engage.spi.InboxStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the numbers in a mail are that have no country code: where the inbox is to which it was
 * sent. The inboxes are read once, when the first number is.
 */
final class Regions implements Function<MailHeaders, Optional<String>> {
  private final InboxStore inboxes;
  private final InboxRouting routing = new InboxRouting();
  private @Nullable List<Inbox> read;

  Regions(InboxStore inboxes) {
    this.inboxes = inboxes;
  }

  @Override
  public Optional<String> apply(MailHeaders headers) {
    List<Inbox> all = all();
    InboxRouting.Routed routed = routing.decide(headers, all);
    return all.stream()
        .filter(inbox -> routed.byAddress() && routed.inboxes().contains(inbox.id()))
        .flatMap(inbox -> Optional.ofNullable(inbox.settings().region()).stream())
        .findFirst();
  }

  private synchronized List<Inbox> all() {
    List<Inbox> all = read == null ? inboxes.inboxes() : read;
    read = all;
    return all;
  }
}
