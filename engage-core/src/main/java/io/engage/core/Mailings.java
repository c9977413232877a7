package io.engage.core;

import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientState.Traces;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.customer.Person;
import io.engage.model.customer.Suppression;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;
import io.engage.spi.Documents;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What campaigns keep of a person: the rows of their lists that have one of their addresses. */
final class Mailings {
  private static final int AT_ONCE = 100;
  private static final int PAGE = 500;

  /** As the dialer calls the mail that somebody who unsubscribed does not want. */
  private static final String SCOPE = "bulk";

  private final Parts parts;

  Mailings(Parts parts) {
    this.parts = parts;
  }

  /** Does something with them, some at a time. */
  @FunctionalInterface
  interface Visitor<E extends Exception> {
    void visit(List<Recipient> some) throws E;
  }

  /**
   * By address, then by list and row; at last those whose address is none and holds one of theirs.
   */
  <E extends Exception> void each(Person person, Visitor<E> visitor) throws E {
    List<EmailAddress> addresses = addressesOf(person);
    eachAt(addresses, visitor);
    if (!addresses.isEmpty()) {
      eachInvalid(addresses, visitor);
    }
  }

  private <E extends Exception> void eachAt(List<EmailAddress> addresses, Visitor<E> visitor)
      throws E {
    for (EmailAddress address : addresses) {
      @Nullable RecipientId after = null;
      List<Recipient> some;
      do {
        some = parts.storage().recipients().withAddress(address, after, AT_ONCE);
        if (!some.isEmpty()) {
          visitor.visit(some);
          after = some.get(some.size() - 1).id();
        }
      } while (some.size() == AT_ONCE);
    }
  }

  /** A list may have "Ana <ana@mail.example>" or two addresses in one cell, which nobody finds. */
  private <E extends Exception> void eachInvalid(List<EmailAddress> addresses, Visitor<E> visitor)
      throws E {
    for (ListId list : lists()) {
      long after = 0;
      List<Recipient> page;
      do {
        page = parts.storage().recipients().of(list, Set.of(RecipientStatus.FAILED), after, PAGE);
        after = page.isEmpty() ? after : page.get(page.size() - 1).id().row();
        List<Recipient> theirs =
            page.stream().filter(each -> Mention.isInInvalid(each, addresses)).toList();
        if (!theirs.isEmpty()) {
          visitor.visit(theirs);
        }
      } while (page.size() == PAGE);
    }
  }

  private List<ListId> lists() {
    Documents documents = parts.storage().documents();
    return DocumentPages.campaigns(documents).stream()
        .flatMap(campaign -> lists(documents, campaign).stream())
        .map(CampaignList::id)
        .toList();
  }

  private static List<CampaignList> lists(Documents documents, Campaign campaign) {
    return DocumentPages.all(
        documents, DocumentKey.Kind.CAMPAIGN_LIST, campaign.id().value(), CampaignList.class);
  }

  private static List<EmailAddress> addressesOf(Person person) {
    return person.addresses().stream()
        .filter(EmailAddress.class::isInstance)
        .map(EmailAddress.class::cast)
        .toList();
  }

  /** The inboxes as which they were, or would be, sent to. */
  Set<InboxId> inboxesOf(Person person) {
    Set<ListId> lists = new HashSet<>();
    each(person, some -> some.forEach(each -> lists.add(each.id().list())));
    return campaignsOf(lists).values().stream().map(Campaign::inbox).collect(Collectors.toSet());
  }

  /** Whether any row has one of their addresses. */
  boolean isIn(Person person) {
    AtomicBoolean found = new AtomicBoolean();
    each(person, some -> found.set(true));
    return found.get();
  }

  /** Those that are still there, with two questions. */
  Map<ListId, Campaign> campaignsOf(Collection<ListId> lists) {
    Map<ListId, CampaignId> owners = new HashMap<>();
    find(lists.stream().map(CampaignList::keyOf).distinct())
        .map(CampaignList.class::cast)
        .forEach(each -> owners.put(each.id(), each.campaign()));
    Map<CampaignId, Campaign> campaigns =
        find(owners.values().stream().map(Campaign::keyOf).distinct())
            .map(Campaign.class::cast)
            .collect(Collectors.toMap(Campaign::id, each -> each));
    Map<ListId, Campaign> found = new HashMap<>();
    owners.forEach(
        (list, owner) -> {
          Campaign campaign = campaigns.get(owner);
          if (campaign != null) {
            found.put(list, campaign);
          }
        });
    return found;
  }

  private Stream<Document> find(Stream<DocumentKey> keys) {
    List<DocumentKey> asked = keys.toList();
    return asked.isEmpty() ? Stream.of() : parts.storage().documents().find(asked).stream();
  }

  /**
   * The addresses of those who want no more: they unsubscribed, or complained. What is no address
   * was sent nothing to refuse, so the lists are not gone through for it.
   */
  Set<EmailAddress> refusalsOf(Person person) {
    Set<String> refused = new HashSet<>();
    eachAt(
        addressesOf(person),
        some ->
            some.stream()
                .filter(each -> isRefusal(each.state().traces()))
                .forEach(each -> refused.add(caseless(each.address()))));
    return addressesOf(person).stream()
        .filter(each -> refused.contains(caseless(each.value())))
        .collect(Collectors.toSet());
  }

  private static boolean isRefusal(Traces traces) {
    return traces.unsubscribed() != null || traces.spam() != null;
  }

  private static String caseless(String address) {
    return address.toLowerCase(Locale.ROOT);
  }

  /** What has to be kept of refusals when the rows no longer say whose they are. */
  List<Document> leftOf(Set<EmailAddress> refusals) {
    return refusals.stream()
        .filter(address -> parts.storage().documents().find(keysOf(address)).isEmpty())
        .<Document>map(
            address ->
                new Suppression(
                    parts.pseudonyms().of(address),
                    SCOPE,
                    "refused before the erasure",
                    parts.clock().instant(),
                    0))
        .toList();
  }

  private List<DocumentKey> keysOf(EmailAddress address) {
    return parts.pseudonyms().allOf(address).stream()
        .map(pseudonym -> Suppression.keyOf(pseudonym, SCOPE))
        .toList();
  }

  /** Whoever waits for their turn is not sent to; how many there were stays true. */
  void erase(Person person, String pseudonym) {
    each(
        person,
        some ->
            parts
                .storage()
                .recipients()
                .erase(
                    some.stream().map(Recipient::id).toList(), pseudonym, parts.clock().instant()));
  }
}
