package io.engage.core;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.HeldTrace;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
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

  /** What other inboxes show, or hold for review. */
  Elsewhere besides(Collection<Message> going) {
    return besides(going, Set.of(BlobUse.By.SHOWN_MESSAGE, BlobUse.By.HELD_MAIL));
  }

  /** What other inboxes show: what is held can be let in without a mail on the server too. */
  Elsewhere shownBesides(Collection<Message> going) {
    return besides(going, Set.of(BlobUse.By.SHOWN_MESSAGE));
  }

  /** Few questions, however many messages are made of the same bytes. */
  private Elsewhere besides(Collection<Message> going, Set<BlobUse.By> sorts) {
    Set<MessageId> ids = going.stream().map(Message::id).collect(Collectors.toSet());
    List<BlobUse> uses = ids.isEmpty() ? List.of() : uses(going, ids, sorts);
    Set<ContentDigest> shared = uses.stream().map(BlobUse::blob).collect(Collectors.toSet());
    if (shared.isEmpty()) {
      return Elsewhere.NOTHING;
    }
    List<Message> asked =
        going.stream().filter(each -> shared.contains(each.source().digest())).toList();
    Set<ServerUid> there = new HashSet<>();
    shownOnServer(asked, ids).forEach(there::add);
    held(uses).forEach(there::add);
    return new Elsewhere(shared, there);
  }

  private List<BlobUse> uses(Collection<Message> going, Set<MessageId> ids, Set<BlobUse.By> sorts) {
    Set<ContentDigest> digests =
        going.stream().map(each -> each.source().digest()).collect(Collectors.toSet());
    return parts.storage().persons().usesOf(digests, ids).stream()
        .filter(use -> sorts.contains(use.by()))
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

  private Stream<ServerUid> held(List<BlobUse> uses) {
    List<DocumentKey> traces =
        uses.stream()
            .filter(use -> use.by() == BlobUse.By.HELD_MAIL)
            .map(use -> HeldTrace.keyOf(use.blob()))
            .toList();
    List<DocumentKey> held =
        find(traces)
            .map(HeldTrace.class::cast)
            .flatMap(trace -> trace.held().stream())
            .map(HeldMail::keyOf)
            .toList();
    return find(held).map(HeldMail.class::cast).flatMap(mail -> mail.places().stream());
  }

  private Stream<Document> find(List<DocumentKey> keys) {
    return keys.isEmpty() ? Stream.of() : parts.storage().documents().find(keys).stream();
  }
}
