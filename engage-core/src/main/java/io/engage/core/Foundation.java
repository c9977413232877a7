package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.signing.SignedLinks;
import io.engage.core.signing.SigningKeys;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Suppression;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.IdSource;
import io.engage.spi.MailSystem;
import io.engage.spi.Storage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What other modules of Engage build on: the ports that the host gave, and the ways in which
 * changes are committed, permissions asked and links signed. A host has no use for it.
 *
 * <p>Thread-safe.
 */
public final class Foundation {
  private final Parts parts;
  private final SigningKeys keys;
  private final Executor executor;
  private volatile Returns returns = Returns.none();

  Foundation(Parts parts, SigningKeys keys, Executor executor) {
    this.parts = requireNonNull(parts, "parts");
    this.keys = requireNonNull(keys, "keys");
    this.executor = requireNonNull(executor, "executor");
  }

  public Storage storage() {
    return parts.storage();
  }

  public BlobStore blobs() {
    return parts.blobs();
  }

  public MailSystem mail() {
    return parts.mail();
  }

  public Clock clock() {
    return parts.clock();
  }

  public IdSource ids() {
    return parts.ids();
  }

  public Executor executor() {
    return executor;
  }

  /** The account, as it is set up now; empty when this node knows none with this id. */
  public Optional<MailAccount> findAccount(AccountId id) {
    return parts.accounts().find(id);
  }

  /** Has what comes back shown to another module from now on; to one at a time. */
  public void recognise(Returns newReturns) {
    this.returns = requireNonNull(newReturns, "newReturns");
  }

  Returns returns() {
    return returns;
  }

  /** Signs what comes back in addresses and Message-IDs. */
  public SigningKeys keys() {
    return keys;
  }

  /** Signs what stands in links. */
  public SignedLinks links() {
    return parts.links().signed();
  }

  /** The public address of a path; empty when the host answers no links. */
  public Optional<String> address(String path) {
    return parts.links().address(path);
  }

  /** All documents of one kind and owner, in the order of their ids, page by page. */
  public <T extends Document> List<T> documentsOf(
      DocumentKey.Kind kind, String owner, Class<T> type) {
    return DocumentPages.all(parts.storage().documents(), kind, owner, type);
  }

  /**
   * Commits a change with what happened, and tells the listener afterwards.
   *
   * @throws io.engage.spi.StaleVersion when somebody was faster; nothing was stored
   */
  public void commit(InboxChange.Builder change, Actor actor, List<Occurrence> occurrences) {
    parts.committing().commit(change.audit(parts.committing().stamp(actor, occurrences)).build());
  }

  /** The same for a single fact. */
  public void commit(
      InboxChange.Builder change, Actor actor, AuditSubject subject, AuditFact fact) {
    commit(change, actor, List.of(new Occurrence(subject, fact)));
  }

  /** A change after which these bytes are needed no more, unless something else needs them. */
  public InboxChange.Builder withoutBytes(
      InboxChange.Builder change, Collection<ContentDigest> blobs) {
    return change.documents(new BlobRemovals(parts).of(blobs));
  }

  /** Reads, decides and commits, again from the start when somebody was faster. */
  public <T> T retrying(Supplier<T> readDecideCommit) {
    return parts.committing().retrying(readDecideCommit);
  }

  /** Does it when the inbox exists and the agent may; a refusal is recorded. */
  public <T> Outcome<T> onInbox(
      Agent agent, AgentAction action, InboxId inbox, Function<Inbox, Outcome<T>> act) {
    return new Permitting(agent, parts).onInbox(action, inbox, act);
  }

  /** The inboxes in which the agent may do this; the others are left out of a list. */
  public Set<InboxId> permitted(Agent agent, AgentAction action) {
    Permitting permitting = new Permitting(agent, parts);
    return permitting.permitted(action, permitting.allInboxes());
  }

  /** That an address shall not be written to again in this scope; the address is not in it. */
  public Suppression suppression(EmailAddress address, String scope, String reason, Instant at) {
    return new Suppression(parts.pseudonyms().of(address), scope, reason, at, 0);
  }

  /** Those of these addresses that are not to be written to in this scope, with one question. */
  public Set<EmailAddress> suppressed(Collection<EmailAddress> addresses, String scope) {
    Map<DocumentKey, Set<EmailAddress>> keyed = new HashMap<>();
    for (EmailAddress address : addresses) {
      for (String pseudonym : parts.pseudonyms().allOf(address)) {
        keyed
            .computeIfAbsent(Suppression.keyOf(pseudonym, scope), any -> new HashSet<>())
            .add(address);
      }
    }
    Set<EmailAddress> suppressed = new HashSet<>();
    if (!keyed.isEmpty()) {
      for (Document found : parts.storage().documents().find(new ArrayList<>(keyed.keySet()))) {
        suppressed.addAll(keyed.getOrDefault(found.key(), Set.of()));
      }
    }
    return suppressed;
  }

  /** The pseudonym under which a person with this address is kept after an erasure. */
  public String pseudonym(EmailAddress address) {
    return parts.pseudonyms().of(address);
  }

  /** Whether pseudonyms made now are recognised after a restart: the host gave signing keys. */
  public boolean pseudonymsLast() {
    return parts.pseudonyms().areLasting();
  }
}
