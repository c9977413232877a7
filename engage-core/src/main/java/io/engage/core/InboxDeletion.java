package io.engage.core;

import io.engage.core.configuring.Inheriting;
import io.engage.core.rating.Months;
import io.engage.core.working.Transferring;
import io.engage.core.working.Unasking;
import io.engage.core.working.Wish;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Message;
import io.engage.model.message.Rating;
import io.engage.model.queue.InboxAlarms;
import io.engage.model.template.Template;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Deletes an inbox after its conversations have gone to another one, each with an entry of its own
 * in the audit trail. Cut short at any point it has moved some of them and deleted nothing; the
 * next attempt goes on. What arrives meanwhile goes over with the inbox itself.
 */
final class InboxDeletion {
  private static final int MOVED_AT_ONCE = 50;
  private static final int MOST_CAMPAIGNS = 10_000;

  /** As far back as ratings are looked at. */
  private static final int YEARS_OF_RATINGS = RatingFilter.LONGEST_IN_YEARS;

  private final Parts parts;
  private final Permitting permitting;
  private final TemplateShelf templates;

  InboxDeletion(Parts parts, Permitting permitting) {
    this.parts = parts;
    this.permitting = permitting;
    this.templates = new TemplateShelf(parts.storage().documents());
  }

  Outcome<Inbox> delete(InboxId gone, InboxId heir) {
    Outcome<Inbox> first = decide(gone, heir, false);
    if (!first.isDone()) {
      return first;
    }
    while (parts.committing().retrying(() -> moveSome(gone, heir))) {
      // The next ones.
    }
    while (parts.committing().retrying(() -> moveHeld(gone, heir))) {
      // The next ones.
    }
    Instant now = parts.clock().instant();
    Instant earliest = now.atOffset(ZoneOffset.UTC).minusYears(YEARS_OF_RATINGS).toInstant();
    for (YearMonth month : Months.decide(earliest, now)) {
      while (parts.committing().retrying(() -> moveRatings(gone, heir, month))) {
        // The next ones.
      }
    }
    parts.committing().retrying(() -> moveCampaigns(gone, heir));
    return parts.committing().retrying(() -> decide(gone, heir, true));
  }

  /**
   * @param forGood whether what is decided is committed, too
   */
  private Outcome<Inbox> decide(InboxId gone, InboxId heir, boolean forGood) {
    List<Inbox> all = parts.storage().inboxes().inboxes();
    Optional<Inbox> inbox = all.stream().filter(each -> each.id().equals(gone)).findFirst();
    if (inbox.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    List<Inbox> others = all.stream().filter(each -> !each.id().equals(gone)).toList();
    Inheriting.Decision decision = Inheriting.decide(inbox.get(), heir, others, templates.all());
    if (decision instanceof Inheriting.Inherited inherited) {
      if (forGood) {
        commit(inbox.get(), inherited);
      }
      Inbox after = inherited.heir();
      return new Outcome.Done<>(after.withVersion(after.version() + 1));
    }
    return decision instanceof Inheriting.Refused refused
        ? new Outcome.Refused<>(refused.reason())
        : new Outcome.Unknown<>();
  }

  private void commit(Inbox gone, Inheriting.Inherited inherited) {
    Inbox heir = inherited.heir();
    InboxChange.Builder change =
        InboxChange.builder()
            .inbox(heir)
            .documents(inherited.templates())
            .dropInbox(gone.id(), heir.id())
            .dropDocuments(List.of(InboxAlarms.keyOf(gone.id())))
            .audit(
                permitting.stamp(
                    AuditSubject.of(gone.id()), new AuditFact.InboxDeleted(gone.name(), heir.id())))
            .audit(
                permitting.stamp(
                    AuditSubject.of(heir.id()),
                    new AuditFact.InboxConfigured(heir.name(), List.of("inherited"))));
    for (Template template : inherited.templates()) {
      change.audit(
          permitting.stamp(
              AuditSubject.of(heir.id()),
              new AuditFact.TemplateChanged(template.id(), template.name())));
    }
    parts.committing().commit(change.build());
  }

  /** What it did not take can be let in by its heir. Whether there was any. */
  private boolean moveHeld(InboxId gone, InboxId heir) {
    return moveDocuments(
        DocumentKey.Kind.HELD_MAIL,
        gone.value(),
        gone,
        each -> ((HeldMail) each).in(heir),
        mails -> new AuditFact.HeldTransferred(gone, heir, mails));
  }

  /** What it sent was rated, which counts where its mails are now. Whether there was any. */
  private boolean moveRatings(InboxId gone, InboxId heir, YearMonth month) {
    return moveDocuments(
        DocumentKey.Kind.RATING,
        Rating.ownerOf(gone, month),
        gone,
        each -> ((Rating) each).in(heir),
        ratings -> new AuditFact.RatingsTransferred(gone, heir, ratings));
  }

  /**
   * The recipients' answers go to the heir, and so does what is left to send; but nobody gets mail
   * from another sender than an agent has seen.
   */
  private boolean moveCampaigns(InboxId gone, InboxId heir) {
    String reason =
        "Its inbox was deleted. Inbox '%s' would send it now; resume it by hand."
            .formatted(heir.value());
    Instant now = parts.clock().instant();
    InboxChange.Builder change = InboxChange.builder();
    List<AuditEntry> entries = new ArrayList<>();
    for (Campaign each : campaignsOf(gone)) {
      AuditSubject subject = AuditSubject.of(heir);
      boolean runs = each.state().status() == Campaign.Status.RUNNING;
      change.document(
          runs
              ? each.in(heir).withState(each.state().to(Campaign.Status.STOPPED, now, reason))
              : each.in(heir));
      entries.addAll(
          permitting.stamp(
              subject, new AuditFact.CampaignSaved(each.id(), each.name(), List.of("inbox"))));
      if (runs) {
        entries.addAll(permitting.stamp(subject, new AuditFact.CampaignStopped(each.id(), reason)));
      }
    }
    if (!entries.isEmpty()) {
      parts.committing().commit(change.audit(entries).build());
    }
    return !entries.isEmpty();
  }

  private List<Campaign> campaignsOf(InboxId inbox) {
    return DocumentPages.campaigns(parts.storage().documents()).stream()
        .filter(each -> each.inbox().equals(inbox))
        .toList();
  }

  private boolean moveDocuments(
      DocumentKey.Kind kind,
      String owner,
      InboxId gone,
      UnaryOperator<Document> moved,
      IntFunction<AuditFact> fact) {
    List<Document> some =
        parts.storage().documents().ofOwner(kind, owner, "", MOVED_AT_ONCE).stream()
            .map(moved)
            .toList();
    if (!some.isEmpty()) {
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .documents(some)
                  .audit(permitting.stamp(AuditSubject.of(gone), fact.apply(some.size())))
                  .build());
    }
    return !some.isEmpty();
  }

  /** Whether there were any. */
  private boolean moveSome(InboxId gone, InboxId heir) {
    List<Conversation> some =
        parts
            .storage()
            .search()
            .find(
                ConversationFilter.all().inInboxes(Set.of(gone)), Page.Request.first(MOVED_AT_ONCE))
            .items();
    if (some.isEmpty()) {
      return false;
    }
    List<ConversationId> ids = some.stream().map(Conversation::id).toList();
    List<Message> messages = parts.storage().search().messagesIn(ids);
    Wish asked = new Briefing(permitting.agent(), parts).complete(new Wish.Transfer(heir), some);
    List<Conversation> moved = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    for (Conversation each : some) {
      Conversation after = moved(each, (Wish.Transfer) asked);
      moved.add(after);
      entries.addAll(
          permitting.stamp(
              AuditSubject.of(gone, each.id()), new AuditFact.Transferred(gone, heir)));
      if (each.findAssignee().isPresent() && after.findAssignee().isEmpty()) {
        entries.addAll(
            permitting.stamp(AuditSubject.of(heir, each.id()), new AuditFact.HandedBack()));
      }
      Unasking.decide(each, after)
          .ifPresent(
              unasked -> entries.addAll(permitting.stamp(unasked.subject(), unasked.fact())));
    }
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .conversations(moved)
                .messages(messages.stream().map(each -> each.in(heir)).toList())
                .audit(entries)
                .build());
    return true;
  }

  /** Who works on one keeps it if they work at the heir's; who was asked, is asked no longer. */
  private Conversation moved(Conversation each, Wish.Transfer asked) {
    Inbox heir = asked.destination();
    if (heir != null && !each.isCompleted() && each.findAssignee().isPresent()) {
      return Transferring.decide(each, heir, asked.strangers(), parts.clock().instant());
    }
    Conversation there = each.in(asked.to());
    return there.withState(there.state().withService(there.state().service().withoutOffer()));
  }
}
