package io.engage.memory;

import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.BlobUse;
import io.engage.model.message.MessageId;
import io.engage.spi.IngestLedger;
import io.engage.spi.StaleVersion;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of each mail on a server: each folder's numbering sorted by UID. */
final class LedgerTable implements IngestLedger {
  private static final Comparator<ServerUid> BY_NUMBER =
      Comparator.comparingLong(ServerUid::uidValidity).thenComparingLong(ServerUid::uid);

  private final Guard guard;
  private final BlobUses blobUses;
  private final Map<ServerFolder, FolderCursor> cursors = new HashMap<>();
  private final Map<Numbering, NavigableMap<Long, LedgerEntry>> entries = new HashMap<>();
  private final Map<ServerFolder, NavigableMap<ServerUid, LedgerEntry>> quarantined =
      new HashMap<>();
  private final Map<ServerFolder, Map<Long, Map<Long, LedgerEntry>>> there = new HashMap<>();
  private final Map<MessageId, Set<ServerUid>> places = new HashMap<>();

  /** UIDs mean something within one UIDVALIDITY only. */
  private record Numbering(ServerFolder folder, long uidValidity) {}

  LedgerTable(Guard guard, BlobUses blobUses) {
    this.guard = guard;
    this.blobUses = blobUses;
  }

  @Override
  public Optional<FolderCursor> cursor(ServerFolder folder) {
    return guard.read(() -> Optional.ofNullable(cursors.get(folder)));
  }

  @Override
  public List<LedgerEntry> entries(Collection<ServerUid> uids) {
    return guard.read(
        () -> uids.stream().distinct().map(this::find).filter(Objects::nonNull).toList());
  }

  @Override
  public List<LedgerEntry> entriesAfter(
      ServerFolder folder, long uidValidity, long afterUid, int limit) {
    return guard.read(
        () ->
            of(new Numbering(folder, uidValidity)).tailMap(afterUid, false).values().stream()
                .limit(limit)
                .toList());
  }

  @Override
  public List<LedgerEntry> placesOf(Collection<MessageId> messages) {
    return guard.read(
        () ->
            messages.stream()
                .flatMap(message -> places.getOrDefault(message, Set.of()).stream())
                .distinct()
                .map(this::find)
                .filter(Objects::nonNull)
                .toList());
  }

  @Override
  public List<LedgerEntry> outdated(ServerFolder folder, long uidValidity, int limit) {
    return guard.read(
        () ->
            there.getOrDefault(folder, Map.of()).entrySet().stream()
                .filter(numbering -> numbering.getKey() != uidValidity)
                .flatMap(numbering -> numbering.getValue().values().stream())
                .limit(limit)
                .toList());
  }

  @Override
  public List<LedgerEntry> quarantined(ServerFolder folder, @Nullable ServerUid after, int limit) {
    return guard.read(
        () -> {
          NavigableMap<ServerUid, LedgerEntry> all =
              quarantined.getOrDefault(folder, Collections.emptyNavigableMap());
          NavigableMap<ServerUid, LedgerEntry> rest =
              after == null ? all : all.tailMap(after, false);
          return rest.values().stream().limit(limit).toList();
        });
  }

  void check(@Nullable CursorMove move) {
    if (move != null && !Objects.equals(cursors.get(move.to().folder()), move.from())) {
      throw new StaleVersion("cursor of folder", move.to().folder().toString());
    }
  }

  void check(List<LedgerMove> moves) {
    Versions versions = new Versions("ledger entry of mail");
    for (LedgerMove move : moves) {
      LedgerEntry stored = find(move.to().uid());
      versions.require(
          move.to().uid().toString(), move.from() == (stored == null ? null : stored.state()));
    }
  }

  void move(@Nullable CursorMove move) {
    if (move != null) {
      cursors.put(move.to().folder(), move.to());
    }
  }

  void store(LedgerMove move) {
    LedgerEntry entry = move.to();
    ServerUid uid = entry.uid();
    forgetPlaces(find(uid));
    countUses(find(uid), entry);
    entry
        .messages()
        .forEach(id -> places.computeIfAbsent(id, any -> new LinkedHashSet<>(2)).add(uid));
    entries
        .computeIfAbsent(new Numbering(uid.folder(), uid.uidValidity()), any -> new TreeMap<>())
        .put(uid.uid(), entry);
    Map<Long, LedgerEntry> numbered =
        there
            .computeIfAbsent(uid.folder(), any -> new HashMap<>())
            .computeIfAbsent(uid.uidValidity(), any -> new LinkedHashMap<>());
    numbered.remove(uid.uid());
    if (isThere(entry)) {
      numbered.put(uid.uid(), entry);
    }
    NavigableMap<ServerUid, LedgerEntry> waiting =
        quarantined.computeIfAbsent(uid.folder(), any -> new TreeMap<>(BY_NUMBER));
    waiting.remove(uid);
    if (entry.state() == LedgerEntry.State.QUARANTINED) {
      waiting.put(uid, entry);
    }
  }

  private void countUses(@Nullable LedgerEntry earlier, LedgerEntry next) {
    if (earlier != null) {
      blobUses.remove(BlobUse.of(earlier), earlier.uid().toString());
    }
    blobUses.add(BlobUse.of(next), next.uid().toString());
  }

  private static boolean isThere(LedgerEntry entry) {
    return entry.leftAt() == null
        && (entry.state() == LedgerEntry.State.IMPORTED
            || entry.state() == LedgerEntry.State.DUPLICATE);
  }

  private void forgetPlaces(@Nullable LedgerEntry earlier) {
    if (earlier != null) {
      earlier
          .messages()
          .forEach(
              id ->
                  places.computeIfPresent(
                      id,
                      (any, uids) -> {
                        uids.remove(earlier.uid());
                        return uids.isEmpty() ? null : uids;
                      }));
    }
  }

  private @Nullable LedgerEntry find(ServerUid uid) {
    return of(new Numbering(uid.folder(), uid.uidValidity())).get(uid.uid());
  }

  private NavigableMap<Long, LedgerEntry> of(Numbering numbering) {
    NavigableMap<Long, LedgerEntry> found = entries.get(numbering);
    return found == null ? Collections.emptyNavigableMap() : found;
  }
}
