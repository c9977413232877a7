package io.engage.model.audit;

import io.engage.model.address.PhoneNumber;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.ListId;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.RfcMessageId;
import io.engage.model.template.TemplateId;
import io.engage.model.writing.NoteId;
import java.time.Instant;
import java.util.List;

/**
 * One thing that happened, in the words an auditor would use.
 *
 * <p>Rooms return facts; the shell adds who, when and to what and makes {@link AuditEntry} of them.
 * A fact holds ids, counts and reasons, never text that a customer wrote. A customer stands in what
 * is stored under a keyed pseudonym: see decision 27. A minor release may add facts, so a {@code
 * switch} over them needs a default branch. Facts are sealed by the names of their components, see
 * {@link AuditForm}: those are stored for ever too.
 */
public sealed interface AuditFact {

  /** The name under which this fact is stored. A literal, for ever. */
  String code();

  /**
   * A batch of a folder was taken over. One entry a batch, so that the trail says when the library
   * last looked, and what it found.
   */
  record Imported(
      ServerFolder folder, long upToUid, int imported, int duplicates, int ignored, int quarantined)
      implements AuditFact {
    @Override
    public String code() {
      return "imported";
    }
  }

  /**
   * The server gave a folder a new UIDVALIDITY: every mail in it was looked at again and matched by
   * its content.
   */
  record FolderRenumbered(ServerFolder folder, long oldUidValidity, long newUidValidity)
      implements AuditFact {
    @Override
    public String code() {
      return "folder-renumbered";
    }
  }

  /** A mail could not be had or read. What there is of it is kept. */
  record Quarantined(ServerUid uid, String reason) implements AuditFact {
    @Override
    public String code() {
      return "quarantined";
    }
  }

  /** A message arrived. {@code evidence} says why it is of this kind. */
  record Received(String kind, String evidence) implements AuditFact {
    @Override
    public String code() {
      return "received";
    }
  }

  /** A message opened a conversation. {@code reason} says why it joined none that exists. */
  record ConversationOpened(String reason) implements AuditFact {
    @Override
    public String code() {
      return "conversation-opened";
    }
  }

  /** A message joined a conversation. {@code reason} says by what. */
  record ConversationJoined(String reason) implements AuditFact {
    @Override
    public String code() {
      return "conversation-joined";
    }
  }

  /** An automatic message was filed under what it is about; it changed nothing there. */
  record FiledUnder(String reason) implements AuditFact {
    @Override
    public String code() {
      return "filed-under";
    }
  }

  /** A message and its conversation now stand in the history of a customer. */
  record LinkedToCustomer(CustomerId customer, String reason) implements AuditFact {
    @Override
    public String code() {
      return "linked-to-customer";
    }
  }

  /** A customer was created from a message. */
  record CustomerCreated(CustomerId customer) implements AuditFact {
    @Override
    public String code() {
      return "customer-created";
    }
  }

  /** A conversation was given to an agent. */
  record Assigned(AgentId agent, String agentName) implements AuditFact {
    @Override
    public String code() {
      return "assigned";
    }
  }

  /** A conversation has no assignee any more. */
  record HandedBack() implements AuditFact {
    @Override
    public String code() {
      return "handed-back";
    }
  }

  /** A conversation was declared finished. */
  record Completed() implements AuditFact {
    @Override
    public String code() {
      return "completed";
    }
  }

  /** A completed conversation is open again. */
  record Reopened(String reason) implements AuditFact {
    @Override
    public String code() {
      return "reopened";
    }
  }

  /** A message was read. */
  record MarkedRead() implements AuditFact {
    @Override
    public String code() {
      return "marked-read";
    }
  }

  /** A message was marked as not read. */
  record MarkedUnread() implements AuditFact {
    @Override
    public String code() {
      return "marked-unread";
    }
  }

  /** A message was deleted for good, here and on the server; it stays in the customer's history. */
  record Deleted() implements AuditFact {
    @Override
    public String code() {
      return "deleted";
    }
  }

  /**
   * A message was deleted or moved on the mail server by another program. It stays here when
   * anybody here had to do with it, and is no longer shown otherwise.
   */
  record LeftServer(boolean stays) implements AuditFact {
    @Override
    public String code() {
      return "left-server";
    }
  }

  /**
   * A message was moved or copied on the mail server, or one of several copies of it there was
   * deleted: what is done to it here is done to the mail at this place from now on.
   */
  record MovedOnServer(ServerUid to) implements AuditFact {
    @Override
    public String code() {
      return "moved-on-server";
    }
  }

  /** A message that had left the mail server is there again, and is shown again if it was not. */
  record CameBack() implements AuditFact {
    @Override
    public String code() {
      return "came-back";
    }
  }

  /** A mail that an agent had deleted is on the server still, or again: it is deleted there too. */
  record DeletionRepeated(ServerUid uid) implements AuditFact {
    @Override
    public String code() {
      return "deletion-repeated";
    }
  }

  /** Read marks and deletions of a folder were compared with the server's. */
  record Compared(ServerFolder folder, int readMarks, int left) implements AuditFact {
    @Override
    public String code() {
      return "compared";
    }
  }

  /** An account has had no good look at its mailbox for long. */
  record MailboxSilent(AccountId account, Instant since, String reason) implements AuditFact {
    @Override
    public String code() {
      return "mailbox-silent";
    }
  }

  /** An account that had been silent is read again. */
  record MailboxRecovered(AccountId account) implements AuditFact {
    @Override
    public String code() {
      return "mailbox-recovered";
    }
  }

  /** The owner of an account has to consent again before its mail can be read or sent. */
  record ConsentNeeded(AccountId account, String reason) implements AuditFact {
    @Override
    public String code() {
      return "consent-needed";
    }
  }

  /** An answer was written and committed for sending. */
  record ReplyQueued(RfcMessageId messageId, int recipients) implements AuditFact {
    @Override
    public String code() {
      return "reply-queued";
    }
  }

  /** The next server took responsibility for a message. {@code codes} is its answer. */
  record Sent(String codes, int recipients) implements AuditFact {
    @Override
    public String code() {
      return "sent";
    }
  }

  /** A message could not be sent now; it is tried again. */
  record SendPostponed(String reason, Instant nextTry) implements AuditFact {
    @Override
    public String code() {
      return "send-postponed";
    }
  }

  /** A message was refused for good, or given up, for some or all recipients. */
  record SendFailed(String reason, int recipients) implements AuditFact {
    @Override
    public String code() {
      return "send-failed";
    }
  }

  /** Nobody can know whether the server took a message. It is not sent again. */
  record SendInDoubt(String reason) implements AuditFact {
    @Override
    public String code() {
      return "send-in-doubt";
    }
  }

  /**
   * An attempt whose end nobody seemed to have seen had ended after all: whoever sent the message
   * said so in the end. {@code delivery} is what it came to.
   */
  record SendDoubtLifted(String delivery) implements AuditFact {
    @Override
    public String code() {
      return "send-doubt-lifted";
    }
  }

  /**
   * A message of ours came back. {@code status} is the server's enhanced code (RFC 3463), empty
   * when it gave none.
   */
  record Bounced(String status, boolean permanent) implements AuditFact {
    @Override
    public String code() {
      return "bounced";
    }
  }

  /**
   * What was owed to the mail server was done there: so many mails were marked, deleted or kept.
   */
  record DoneOnServer(String task, int mails) implements AuditFact {
    @Override
    public String code() {
      return "done-on-server";
    }
  }

  /** What is owed to the mail server could not be done now; it is tried again. */
  record ServerTaskPostponed(String task, String reason) implements AuditFact {
    @Override
    public String code() {
      return "server-task-postponed";
    }
  }

  /**
   * An inbox was created or changed.
   *
   * @param changed what about it, in the words of its fields; empty for a new one
   */
  record InboxConfigured(String name, List<String> changed) implements AuditFact {
    public InboxConfigured {
      changed = List.copyOf(changed);
    }

    @Override
    public String code() {
      return "inbox-configured";
    }
  }

  /** The host's permissions refused an agent an action. */
  record ActionRefused(String action, String reason) implements AuditFact {
    @Override
    public String code() {
      return "action-refused";
    }
  }

  /** Agents began or ceased to work in an inbox. */
  record MembersChanged(List<AgentId> added, List<AgentId> removed) implements AuditFact {
    public MembersChanged {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    @Override
    public String code() {
      return "members-changed";
    }
  }

  /** An inbox is gone. Its heir has all its conversations and addresses from now on. */
  record InboxDeleted(String name, InboxId heir) implements AuditFact {
    @Override
    public String code() {
      return "inbox-deleted";
    }
  }

  /**
   * A mail account was set up or changed.
   *
   * @param changed what about it, in the words of its fields; empty for a new one
   */
  record AccountConfigured(AccountId account, List<String> changed) implements AuditFact {
    public AccountConfigured {
      changed = List.copyOf(changed);
    }

    @Override
    public String code() {
      return "account-configured";
    }
  }

  /** A mail account that no inbox used any more is gone. */
  record AccountDeleted(AccountId account) implements AuditFact {
    @Override
    public String code() {
      return "account-deleted";
    }
  }

  /** A mail account was refused, because it could not be logged in to. */
  record AccountRefused(AccountId account, String reason) implements AuditFact {
    @Override
    public String code() {
      return "account-refused";
    }
  }

  /** A template was written or changed. */
  record TemplateChanged(TemplateId template, String name) implements AuditFact {
    @Override
    public String code() {
      return "template-changed";
    }
  }

  /** A template is gone. */
  record TemplateDeleted(TemplateId template, String name) implements AuditFact {
    @Override
    public String code() {
      return "template-deleted";
    }
  }

  /** The quick replies were changed; so many there are now. */
  record QuickRepliesChanged(int count) implements AuditFact {
    @Override
    public String code() {
      return "quick-replies-changed";
    }
  }

  /**
   * Rules applied to a message. {@code explanation} says which, and by what sort of conditions; not
   * what these look for, which may be somebody's address.
   */
  record RulesApplied(String rules, String explanation) implements AuditFact {
    @Override
    public String code() {
      return "rules-applied";
    }
  }

  /** A mail opened nothing. It is kept and can be reviewed. */
  record Ignored(ServerUid uid, String reason) implements AuditFact {
    @Override
    public String code() {
      return "ignored";
    }
  }

  /** Somebody had the mailbox looked at at once. */
  record SyncRequested() implements AuditFact {
    @Override
    public String code() {
      return "sync-requested";
    }
  }

  /** A mail that had opened nothing was let in after all. */
  record LetIn(ServerUid uid) implements AuditFact {
    @Override
    public String code() {
      return "let-in";
    }
  }

  /** A mail that had opened nothing was deleted for good by hand. */
  record HeldDeleted(ServerUid uid) implements AuditFact {
    @Override
    public String code() {
      return "held-deleted";
    }
  }

  /** Mails that had opened nothing are kept for review in another inbox now. */
  record HeldTransferred(InboxId from, InboxId to, int mails) implements AuditFact {
    @Override
    public String code() {
      return "held-transferred";
    }
  }

  /** What customers rated in a deleted inbox counts in its heir now. */
  record RatingsTransferred(InboxId from, InboxId to, int ratings) implements AuditFact {
    @Override
    public String code() {
      return "ratings-transferred";
    }
  }

  /** A conversation went to another inbox. */
  record Transferred(InboxId from, InboxId to) implements AuditFact {
    @Override
    public String code() {
      return "transferred";
    }
  }

  /** Somebody wrote a note for colleagues. */
  record Noted(NoteId note) implements AuditFact {
    @Override
    public String code() {
      return "noted";
    }
  }

  /** A note was removed. */
  record NoteRemoved(NoteId note) implements AuditFact {
    @Override
    public String code() {
      return "note-removed";
    }
  }

  /** A conversation got a tag. */
  record Tagged(String tag) implements AuditFact {
    @Override
    public String code() {
      return "tagged";
    }
  }

  /** A tag was taken from a conversation. */
  record Untagged(String tag) implements AuditFact {
    @Override
    public String code() {
      return "untagged";
    }
  }

  /** A conversation goes earlier or later than others. */
  record PriorityChanged(int priority) implements AuditFact {
    @Override
    public String code() {
      return "priority-changed";
    }
  }

  /** A to-do was created in the host. */
  record ToDoCreated(String toDo, CustomerId customer) implements AuditFact {
    @Override
    public String code() {
      return "to-do-created";
    }
  }

  /** An appointment was booked in the host. */
  record AppointmentBooked(String appointment, String type, Instant start, CustomerId customer)
      implements AuditFact {
    @Override
    public String code() {
      return "appointment-booked";
    }
  }

  /** A message was forwarded; answers come to the side thread. */
  record Forwarded(ConversationId sideThread, int recipients) implements AuditFact {
    @Override
    public String code() {
      return "forwarded";
    }
  }

  /** An agent began a conversation. */
  record ConversationStarted(int recipients) implements AuditFact {
    @Override
    public String code() {
      return "conversation-started";
    }
  }

  /** Files that an agent had put into a draft go with nothing any more, and are to be deleted. */
  record FilesDiscarded(int files) implements AuditFact {
    @Override
    public String code() {
      return "files-discarded";
    }
  }

  /** A message was taken back before it was sent. */
  record SendWithdrawn(RfcMessageId messageId) implements AuditFact {
    @Override
    public String code() {
      return "send-withdrawn";
    }
  }

  /** A message that had failed is to be sent again, because an agent wished it. */
  record SendRetried(int recipients) implements AuditFact {
    @Override
    public String code() {
      return "send-retried";
    }
  }

  /** Who gets copies of answers was changed, by an agent or by a message that arrived. */
  record CopiesChanged(int cc, int bcc) implements AuditFact {
    @Override
    public String code() {
      return "copies-changed";
    }
  }

  /** A link to a customer was taken away. */
  record Unlinked(CustomerId customer, String reason) implements AuditFact {
    @Override
    public String code() {
      return "unlinked";
    }
  }

  /**
   * Two customers turned out to be one: so much of {@code merged} stands with {@code kept} now. A
   * long history moves in several steps, each with an entry of its own.
   */
  record CustomersMerged(CustomerId kept, CustomerId merged, int conversations, int messages)
      implements AuditFact {
    @Override
    public String code() {
      return "customers-merged";
    }
  }

  /**
   * A merge of two customers was undone: so much of what had moved then stands with {@code merged}
   * again. A long history moves in several steps, each with an entry of its own.
   */
  record MergeUndone(CustomerId kept, CustomerId merged, int conversations, int messages)
      implements AuditFact {
    @Override
    public String code() {
      return "merge-undone";
    }
  }

  /** A message was confirmed by itself. */
  record Confirmed(RfcMessageId messageId, String reason) implements AuditFact {
    @Override
    public String code() {
      return "confirmed";
    }
  }

  /** A message was not answered by itself. {@code reason} says why. */
  record ConfirmationWithheld(String reason) implements AuditFact {
    @Override
    public String code() {
      return "confirmation-withheld";
    }
  }

  /** A customer rated a message of ours. */
  record Rated(int stars) implements AuditFact {
    @Override
    public String code() {
      return "rated";
    }
  }

  /** An inbox got an SMS number. */
  record SmsOnboarded(PhoneNumber number, PhoneNumber callsTo) implements AuditFact {
    @Override
    public String code() {
      return "sms-onboarded";
    }
  }

  /** Agents of an inbox may begin SMS conversations from now on. */
  record SmsEnabled(PhoneNumber number) implements AuditFact {
    @Override
    public String code() {
      return "sms-enabled";
    }
  }

  /** What is said when consent is asked for was changed. */
  record SmsPolicyChanged() implements AuditFact {
    @Override
    public String code() {
      return "sms-policy-changed";
    }
  }

  /** A text message of ours was committed for sending; {@code purpose} says what it is for. */
  record SmsQueued(String purpose, int segments) implements AuditFact {
    @Override
    public String code() {
      return "sms-queued";
    }
  }

  /** Consent to text messages changed. {@code by} says through what. */
  record ConsentChanged(String state, String by) implements AuditFact {
    @Override
    public String code() {
      return "consent-changed";
    }
  }

  /** Text messages wait until an agent has read what the person wrote. */
  record SmsHeld(String reason) implements AuditFact {
    @Override
    public String code() {
      return "sms-held";
    }
  }

  /** Text messages go on after an agent has read what the person wrote. */
  record SmsReleased() implements AuditFact {
    @Override
    public String code() {
      return "sms-released";
    }
  }

  /** What gateways called texts that are here no more, or never were, is known no longer. */
  record GatewayNamesForgotten(int names) implements AuditFact {
    @Override
    public String code() {
      return "gateway-names-forgotten";
    }
  }

  /** The carrier told what became of a text message; {@code carrierCode} in its own words. */
  record SmsReported(String status, String carrierCode) implements AuditFact {
    @Override
    public String code() {
      return "sms-reported";
    }
  }

  /** All that is held on a person was exported. */
  record PersonExported(String pseudonym, int messages) implements AuditFact {
    @Override
    public String code() {
      return "person-exported";
    }
  }

  /**
   * What was held on a person was erased: so many messages of the conversation, or of the whole
   * installation where no conversation is named. The pseudonym is the same for one person each
   * time.
   */
  record PersonErased(String pseudonym, int messages) implements AuditFact {
    @Override
    public String code() {
      return "person-erased";
    }
  }

  /** The bytes of what was erased are gone. */
  record BytesErased(int blobs) implements AuditFact {
    @Override
    public String code() {
      return "bytes-erased";
    }
  }

  /**
   * What was older than the time of keeping was erased: so many messages of a conversation, or to
   * agents.
   */
  record RetentionApplied(Instant before, int messages) implements AuditFact {
    @Override
    public String code() {
      return "retention-applied";
    }
  }

  /** The audit trail was exported. */
  record AuditExported(long upTo) implements AuditFact {
    @Override
    public String code() {
      return "audit-exported";
    }
  }

  /** A campaign was set up, or what {@code changed} names was changed. Nothing changed: set up. */
  record CampaignSaved(CampaignId campaign, String name, List<String> changed)
      implements AuditFact {
    @Override
    public String code() {
      return "campaign-saved";
    }
  }

  /** A campaign was removed, with its lists and what became of so many recipients. */
  record CampaignRemoved(CampaignId campaign, String name, long recipients) implements AuditFact {
    @Override
    public String code() {
      return "campaign-removed";
    }
  }

  /** A campaign began to send, to so many recipients as far as was known then. */
  record CampaignStarted(CampaignId campaign, long recipients) implements AuditFact {
    @Override
    public String code() {
      return "campaign-started";
    }
  }

  /** A campaign was held, by an agent or by itself. */
  record CampaignStopped(CampaignId campaign, String reason) implements AuditFact {
    @Override
    public String code() {
      return "campaign-stopped";
    }
  }

  /** A campaign that was held goes on. */
  record CampaignResumed(CampaignId campaign) implements AuditFact {
    @Override
    public String code() {
      return "campaign-resumed";
    }
  }

  /** A campaign was ended for good before so many recipients had their turn. */
  record CampaignCancelled(CampaignId campaign, long notSent) implements AuditFact {
    @Override
    public String code() {
      return "campaign-cancelled";
    }
  }

  /** Every recipient of a campaign has an outcome. */
  record CampaignFinished(CampaignId campaign, long sent, long failed, long rejected, long inDoubt)
      implements AuditFact {
    @Override
    public String code() {
      return "campaign-finished";
    }
  }

  /** The rows of a list are being read. */
  record ListImportBegun(CampaignId campaign, ListId list) implements AuditFact {
    @Override
    public String code() {
      return "list-import-begun";
    }
  }

  /** A list was read: so many rows became recipients, so many were none. */
  record ListImported(CampaignId campaign, ListId list, long recipients, long refused)
      implements AuditFact {
    @Override
    public String code() {
      return "list-imported";
    }
  }

  /** From now on the recipients of a list are sent to, or no longer are. */
  record ListSwitched(CampaignId campaign, ListId list, boolean active) implements AuditFact {
    @Override
    public String code() {
      return "list-switched";
    }
  }

  /** A list was removed, with what became of so many recipients. */
  record ListRemoved(CampaignId campaign, ListId list, long recipients) implements AuditFact {
    @Override
    public String code() {
      return "list-removed";
    }
  }

  /** A file that rows can name by {@code token} was uploaded. */
  record CampaignFileUploaded(CampaignId campaign, String token, long size) implements AuditFact {
    @Override
    public String code() {
      return "campaign-file-uploaded";
    }
  }

  /** A file of a campaign was removed. */
  record CampaignFileRemoved(CampaignId campaign, String token) implements AuditFact {
    @Override
    public String code() {
      return "campaign-file-removed";
    }
  }

  /** A mail of a campaign was sent to whoever tries it out. */
  record TestSent(CampaignId campaign, String outcome) implements AuditFact {
    @Override
    public String code() {
      return "test-sent";
    }
  }

  /** Who was sent what of a list, and what became of it, was exported. */
  record RecipientsExported(CampaignId campaign, ListId list, long recipients)
      implements AuditFact {
    @Override
    public String code() {
      return "recipients-exported";
    }
  }

  /** What is counted of the recipients of a campaign was counted anew. */
  record RecipientsRecounted(CampaignId campaign) implements AuditFact {
    @Override
    public String code() {
      return "recipients-recounted";
    }
  }

  /**
   * Those who were invited to the event of a campaign are to be told of it by another one.
   *
   * @param by that sends what they are told
   * @param word what became of the event
   * @param sequence of what they are told
   */
  record EventAnnounced(CampaignId campaign, CampaignId by, String word, int sequence)
      implements AuditFact {
    @Override
    public String code() {
      return "event-announced";
    }
  }

  /** An agent decided what became of recipients who were in doubt. */
  record RecipientsResolved(CampaignId campaign, int recipients, String as) implements AuditFact {
    @Override
    public String code() {
      return "recipients-resolved";
    }
  }

  /** An address gets no bulk mail any more: its owner wants none, or it is none. */
  record Suppressed(CampaignId campaign, String reason) implements AuditFact {
    @Override
    public String code() {
      return "suppressed";
    }
  }

  /** A conversation was offered to an agent. */
  record Offered(AgentId agent, String agentName, Instant until) implements AuditFact {
    @Override
    public String code() {
      return "offered";
    }
  }

  /** An agent did not want what was offered to them. */
  record OfferDeclined(AgentId agent) implements AuditFact {
    @Override
    public String code() {
      return "offer-declined";
    }
  }

  /** An offer ended without a word of the agent. */
  record OfferUnanswered(AgentId agent) implements AuditFact {
    @Override
    public String code() {
      return "offer-unanswered";
    }
  }

  /** An offer was taken back: {@code reason} says why. */
  record OfferWithdrawn(AgentId agent, String reason) implements AuditFact {
    @Override
    public String code() {
      return "offer-withdrawn";
    }
  }

  /** A conversation went from an agent back to the queue. {@code reason} says why. */
  record Requeued(AgentId agent, String reason) implements AuditFact {
    @Override
    public String code() {
      return "requeued";
    }
  }

  /** An agent signed in, to be offered conversations. */
  record SignedIn(AgentId agent, String agentName) implements AuditFact {
    @Override
    public String code() {
      return "signed-in";
    }
  }

  /** An agent is gone: by their own word, a supervisor's, or for want of any sign. */
  record SignedOut(AgentId agent, String reason) implements AuditFact {
    @Override
    public String code() {
      return "signed-out";
    }
  }

  /** A break began. {@code type} is the host's word. */
  record BreakBegun(AgentId agent, String type) implements AuditFact {
    @Override
    public String code() {
      return "break-begun";
    }
  }

  /** A break is over. */
  record BreakEnded(AgentId agent) implements AuditFact {
    @Override
    public String code() {
      return "break-ended";
    }
  }

  /** Something of an inbox is too much now. */
  record ThresholdCrossed(String threshold, long value, long limit) implements AuditFact {
    @Override
    public String code() {
      return "threshold-crossed";
    }
  }

  /** It is no longer too much. */
  record ThresholdCleared(String threshold, long value, long limit) implements AuditFact {
    @Override
    public String code() {
      return "threshold-cleared";
    }
  }

  /** A supervisor began to follow a conversation. */
  record Spied(boolean drafts) implements AuditFact {
    @Override
    public String code() {
      return "spied";
    }
  }

  /** A supervisor looked at what is known of an agent. */
  record AgentLookedAt(AgentId agent) implements AuditFact {
    @Override
    public String code() {
      return "agent-looked-at";
    }
  }

  /** A supervisor wrote to an agent. */
  record AgentMessaged(AgentId agent) implements AuditFact {
    @Override
    public String code() {
      return "agent-messaged";
    }
  }

  /** An agent has seen what {@code from} wrote to them. */
  record AgentMessageSeen(AgentId from) implements AuditFact {
    @Override
    public String code() {
      return "agent-message-seen";
    }
  }

  /** A supervisor asked for the screen of an agent. */
  record ScreenMonitored(AgentId agent, boolean shown) implements AuditFact {
    @Override
    public String code() {
      return "screen-monitored";
    }
  }

  /** A recording was looked at by somebody who may read recordings. */
  record RecordingViewed() implements AuditFact {
    @Override
    public String code() {
      return "recording-viewed";
    }
  }

  /** A recording left the program: {@code form} is print, mbox, eml or json. */
  record RecordingExported(String form) implements AuditFact {
    @Override
    public String code() {
      return "recording-exported";
    }
  }
}
