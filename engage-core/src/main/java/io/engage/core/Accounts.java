package io.engage.core;

import io.engage.core.configuring.Reception;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mail accounts: those that the host gave when Engage was built, and those that were set up
 * since. The latter are read from the store each time, so that every node sees what any did.
 */
final class Accounts {
  private static final int AT_ONCE = 200;

  private final Map<AccountId, MailAccount> given;
  private final Storage storage;
  private final @Nullable Forwarding forwarding;
  private final Reception reception;

  /** Under which domain forwarding addresses are made, and where mail for them arrives. */
  record Forwarding(String domain, AccountId account) {}

  Accounts(Map<AccountId, MailAccount> given, Storage storage, @Nullable Forwarding forwarding) {
    this.given = new LinkedHashMap<>(given);
    this.storage = storage;
    this.forwarding = forwarding;
    this.reception = new Reception(Optional.ofNullable(forwarding).map(Forwarding::account));
  }

  Optional<MailAccount> find(AccountId id) {
    MailAccount ofHost = given.get(id);
    return ofHost == null ? findStored(id).map(StoredAccount::account) : Optional.of(ofHost);
  }

  /** What was set up since; not what the host gave. */
  Optional<StoredAccount> findStored(AccountId id) {
    DocumentKey key = new DocumentKey(DocumentKey.Kind.ACCOUNT, id.value());
    return accounts(storage.documents().find(List.of(key))).findFirst();
  }

  /** Whether the host gave it when Engage was built: then it is not to be changed here. */
  boolean isGiven(AccountId id) {
    return given.containsKey(id);
  }

  /** Those of the host first, with version 0. */
  List<StoredAccount> all() {
    List<StoredAccount> all = new ArrayList<>();
    given.values().forEach(account -> all.add(new StoredAccount(account, 0)));
    stored().stream().filter(each -> !isGiven(each.account().id())).forEach(all::add);
    return all;
  }

  Optional<Forwarding> forwarding() {
    return Optional.ofNullable(forwarding);
  }

  /** Which inboxes get their mail through which accounts. */
  Reception reception() {
    return reception;
  }

  /** Those in which somebody has to look for mail, as far as there is a server to ask. */
  List<MailAccount> toWatch(List<Inbox> inboxes) {
    Set<AccountId> wanted = reception.decide(inboxes);
    return all().stream()
        .map(StoredAccount::account)
        .filter(account -> account.imap() != null && wanted.contains(account.id()))
        .toList();
  }

  private List<StoredAccount> stored() {
    List<StoredAccount> all = new ArrayList<>();
    List<Document> page = page("");
    while (!page.isEmpty()) {
      accounts(page).forEach(all::add);
      page = page(page.get(page.size() - 1).key().id());
    }
    return all;
  }

  private List<Document> page(String after) {
    return storage.documents().ofOwner(DocumentKey.Kind.ACCOUNT, "", after, AT_ONCE);
  }

  private static Stream<StoredAccount> accounts(List<Document> documents) {
    return documents.stream()
        .filter(StoredAccount.class::isInstance)
        .map(StoredAccount.class::cast);
  }
}
