package io.engage.core;

import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.spi.IngestLedger;
import java.util.HashMap;
import java.util.Map;

/** Tells UIDs that mean something from those of an earlier UIDVALIDITY of their folder. */
final class CurrentNumbering {
  private final IngestLedger ledger;
  private final Map<ServerFolder, Long> validities = new HashMap<>();

  CurrentNumbering(IngestLedger ledger) {
    this.ledger = ledger;
  }

  boolean isOf(ServerUid uid) {
    return validities
        .computeIfAbsent(
            uid.folder(), folder -> ledger.cursor(folder).map(FolderCursor::uidValidity).orElse(0L))
        .equals(uid.uidValidity());
  }
}
