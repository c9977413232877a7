package io.engage.core;

import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import java.util.Map;

/**
 * The ledger of one folder beside the server, after what was missing has been fetched.
 *
 * @param onServer how many mails the server has there
 * @param recorded how many mails of the folder the ledger knows, whatever became of them
 * @param states what became of those
 * @param goneFromServer how many of them the server no longer has
 * @param repaired how many were different: they were fetched now, or what the server said of them
 *     was taken over
 * @param different how many that still holds for: 0 means that both sides agree
 */
public record Reconciliation(
    ServerFolder folder,
    long onServer,
    long recorded,
    Map<LedgerEntry.State, Long> states,
    long goneFromServer,
    long repaired,
    long different) {
  public Reconciliation {
    states = Map.copyOf(states);
  }

  public boolean isClean() {
    return different == 0;
  }
}
