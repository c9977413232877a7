package io.engage.core;

import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import java.util.List;
import java.util.Set;

/**
 * What is kept of somebody that is in no conversation.
 *
 * @param held what no inbox took
 * @param quarantined what nobody could read
 * @param inboxes those that have any of it
 */
record Traces(List<HeldMail> held, List<LedgerEntry> quarantined, Set<InboxId> inboxes) {}
