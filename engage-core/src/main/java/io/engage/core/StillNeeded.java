package io.engage.core;

import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what must stay on the mail server when messages go, because another inbox shows the same
 * mail or holds it for review.
 */
final class StillNeeded {
  private final Parts parts;

  StillNeeded(Parts parts) {
    this.parts = parts;
  }

  /**
   * What else needs mails.
   *
   * @param shared by their bytes
   * @param there by their places on the server
   */
  record Elsewhere(Set<ContentDigest> shared, Set<ServerUid> there) {
    static final Elsewhere NOTHING = new Elsewhere(Set.of(), Set.of());
  }

  /** Few questions, however many messages are made of the same bytes. */
  Elsewhere besides(Collection<Message> going) {
    Set<MessageId> ids = going.stream().map(Message::id).collect(Collectors.toSet());
    List<BlobUse> uses = ids.isEmpty() ? List.of() : uses(going, ids);
    Set<ContentDigest> shared = uses.stream().map(BlobUse::blob).collect(Collectors.toSet());
    if (shared.isEmpty()) {
      return Elsewhere.NOTHING;
    }
    List<Message> asked =
        going.stream().filter(each -> shared.contains(each.source().digest())).toList();
    Set<ServerUid> there = new HashSet<>();
    shownOnServer(asked, ids).forEach(there::add);
    held(asked, uses).forEach(there::add);
    return new Elsewhere(shared, there);
  }

  private List<BlobUse> uses(Collection<Message> going, Set<MessageId> ids) {
    Set<ContentDigest> digests =
        going.stream().map(each -> each.source().digest()).collect(Collectors.toSet());
    return parts.storage().persons().usesOf(digests, ids).stream()
        .filter(use -> use.by() == BlobUse.By.SHOWN_MESSAGE || use.by() == BlobUse.By.HELD_MAIL)
        .toList();
  }

  /** The ledger knows what else became of the same mail. */
  private Stream<ServerUid> shownOnServer(List<Message> asked, Set<MessageId> going) {
    Set<ServerUid> places =
        asked.stream()
            .map(each -> each.state().onServer())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    List<MessageId> others =
        places.isEmpty()
            ? List.<MessageId>of()
            : parts.storage().ledger().entries(places).stream()
                .map(LedgerEntry::messages)
                .flatMap(List::stream)
                .filter(id -> !going.contains(id))
                .distinct()
                .toList();
    return others.isEmpty()
        ? Stream.of()
        : parts.storage().inboxes().messages(others).stream()
            .filter(each -> !each.state().deleted())
            .flatMap(each -> Stream.ofNullable(each.state().onServer()));
  }

  private Stream<ServerUid> held(List<Message> asked, List<BlobUse> uses) {
    Set<ContentDigest> held =
        uses.stream()
            .filter(use -> use.by() == BlobUse.By.HELD_MAIL)
            .map(BlobUse::blob)
            .collect(Collectors.toSet());
    if (held.isEmpty()) {
      return Stream.of();
    }
    List<DocumentKey> keys = new ArrayList<>();
    for (Inbox inbox : parts.storage().inboxes().inboxes()) {
      asked.stream()
          .filter(each -> held.contains(each.source().digest()))
          .forEach(each -> keys.add(HeldMail.keyOf(inbox.id(), each.source(), each.at())));
    }
    return parts.storage().documents().find(keys).stream()
        .map(HeldMail.class::cast)
        .map(HeldMail::uid);
  }
}
