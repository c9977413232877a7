package io.engage.core.auditing;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.AgentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says in a plain English sentence what an audit entry says. */
public final class Facts {
  private static final Facts ALL = new Facts();

  private final Map<Class<?>, Function<AuditFact, String>> predicates = new HashMap<>();

  private Facts() {
    put(
        AuditFact.Imported.class,
        f ->
            "took over %s up to UID %d: %d new, %d known already, %d ignored, %d in quarantine"
                .formatted(
                    f.folder(),
                    f.upToUid(),
                    f.imported(),
                    f.duplicates(),
                    f.ignored(),
                    f.quarantined()));
    put(
        AuditFact.FolderRenumbered.class,
        f ->
            "found %s numbered anew (UIDVALIDITY %d, then %d) and compared every mail"
                .formatted(f.folder(), f.oldUidValidity(), f.newUidValidity()));
    put(
        AuditFact.Quarantined.class,
        f -> "put mail %s into quarantine: %s".formatted(f.uid(), f.reason()));
    put(
        AuditFact.Received.class,
        f -> "received a message of kind %s: %s".formatted(f.kind(), f.evidence()));
    put(AuditFact.ConversationOpened.class, f -> "opened a conversation: %s".formatted(f.reason()));
    put(
        AuditFact.ConversationJoined.class,
        f -> "added a message to the conversation: %s".formatted(f.reason()));
    put(
        AuditFact.FiledUnder.class,
        f -> "filed an automatic message under the conversation: %s".formatted(f.reason()));
    put(
        AuditFact.LinkedToCustomer.class,
        f -> "linked the conversation to customer %s: %s".formatted(f.customer(), f.reason()));
    put(
        AuditFact.CustomerCreated.class,
        f -> "created customer %s from a message".formatted(f.customer()));
    put(AuditFact.Assigned.class, f -> "gave the conversation to %s".formatted(f.agentName()));
    put(AuditFact.HandedBack.class, f -> "handed the conversation back");
    put(AuditFact.Completed.class, f -> "completed the conversation");
    put(AuditFact.Reopened.class, f -> "opened the conversation again: %s".formatted(f.reason()));
    put(AuditFact.MarkedRead.class, f -> "marked a message as read");
    put(AuditFact.MarkedUnread.class, f -> "marked a message as not read");
    put(AuditFact.Deleted.class, f -> "deleted a message for good");
    put(
        AuditFact.LeftServer.class,
        f ->
            "deleted or moved a message on the mail server; %s"
                .formatted(f.stays() ? "it stays here" : "it is no longer shown"));
    put(
        AuditFact.MovedOnServer.class,
        f -> "moved a message on the mail server, to %s".formatted(f.to()));
    put(AuditFact.CameBack.class, f -> "put a message back on the mail server");
    put(
        AuditFact.DeletionRepeated.class,
        f -> "deleted mail %s on the mail server once more".formatted(f.uid()));
    put(
        AuditFact.Compared.class,
        f ->
            "compared %s with the mail server: %d read marks, %d gone"
                .formatted(f.folder(), f.readMarks(), f.left()));
    put(
        AuditFact.MailboxSilent.class,
        f ->
            "has not read mail account %s since %s: %s"
                .formatted(f.account(), f.since(), f.reason()));
    put(
        AuditFact.MailboxRecovered.class,
        f -> "reads mail account %s again".formatted(f.account()));
    put(
        AuditFact.ConsentNeeded.class,
        f -> "needs new consent for mail account %s: %s".formatted(f.account(), f.reason()));
    put(
        AuditFact.ReplyQueued.class,
        f -> "answered; the answer goes to %s".formatted(people(f.recipients())));
    put(
        AuditFact.Sent.class,
        f -> "sent a message to %s (%s)".formatted(people(f.recipients()), f.codes()));
    put(
        AuditFact.SendPostponed.class,
        f -> "put off sending a message until %s: %s".formatted(f.nextTry(), f.reason()));
    put(
        AuditFact.SendFailed.class,
        f -> "could not send a message to %s: %s".formatted(people(f.recipients()), f.reason()));
    put(
        AuditFact.SendInDoubt.class,
        f -> "does not know whether a message was sent: %s".formatted(f.reason()));
    put(
        AuditFact.SendDoubtLifted.class,
        f -> "knows now what became of a message: %s".formatted(f.delivery()));
    put(
        AuditFact.Bounced.class,
        f ->
            "got a message back %s%s"
                .formatted(
                    f.permanent() ? "for good" : "for now",
                    f.status().isEmpty() ? "" : " (" + f.status() + ")"));
    put(
        AuditFact.DoneOnServer.class,
        f ->
            "did on the mail server what was owed (%s) for %d mails"
                .formatted(f.task(), f.mails()));
    put(
        AuditFact.ServerTaskPostponed.class,
        f -> "put off what is owed to the mail server (%s): %s".formatted(f.task(), f.reason()));
    put(
        AuditFact.InboxConfigured.class,
        f ->
            "%s inbox %s%s"
                .formatted(
                    f.changed().isEmpty() ? "set up" : "changed", f.name(), listed(f.changed())));
    put(
        AuditFact.ActionRefused.class,
        f -> "was refused to %s: %s".formatted(f.action(), f.reason()));
    put(
        AuditFact.MembersChanged.class,
        f ->
            "changed the members of the inbox: %s added, %s removed"
                .formatted(agents(f.added()), agents(f.removed())));
    put(
        AuditFact.InboxDeleted.class,
        f -> "deleted inbox %s; its conversations went to %s".formatted(f.name(), f.heir()));
    put(
        AuditFact.AccountConfigured.class,
        f ->
            "%s mail account %s%s"
                .formatted(
                    f.changed().isEmpty() ? "set up" : "changed",
                    f.account(),
                    listed(f.changed())));
    put(AuditFact.AccountDeleted.class, f -> "deleted mail account %s".formatted(f.account()));
    put(
        AuditFact.AccountRefused.class,
        f -> "could not log in to mail account %s: %s".formatted(f.account(), f.reason()));
    put(AuditFact.TemplateChanged.class, f -> "wrote template %s".formatted(f.name()));
    put(AuditFact.TemplateDeleted.class, f -> "deleted template %s".formatted(f.name()));
    put(
        AuditFact.QuickRepliesChanged.class,
        f -> "changed the quick replies; there are %d now".formatted(f.count()));
    put(
        AuditFact.RulesApplied.class,
        f -> "applied the rules %s: %s".formatted(f.rules(), f.explanation()));
    put(
        AuditFact.Ignored.class,
        f -> "let mail %s open nothing: %s".formatted(f.uid(), f.reason()));
    put(AuditFact.SyncRequested.class, f -> "had the mailbox of the inbox looked at");
    put(AuditFact.LetIn.class, f -> "let mail %s in after all".formatted(f.uid()));
    put(AuditFact.HeldDeleted.class, f -> "deleted mail %s for good".formatted(f.uid()));
    put(
        AuditFact.HeldTransferred.class,
        f ->
            "handed %d mails that inbox %s had not taken over to inbox %s"
                .formatted(f.mails(), f.from().value(), f.to().value()));
    put(
        AuditFact.RatingsTransferred.class,
        f ->
            "handed %d ratings of inbox %s over to inbox %s"
                .formatted(f.ratings(), f.from().value(), f.to().value()));
    put(
        AuditFact.Transferred.class,
        f -> "moved the conversation from inbox %s to inbox %s".formatted(f.from(), f.to()));
    put(AuditFact.Noted.class, f -> "wrote a note");
    put(AuditFact.NoteRemoved.class, f -> "removed a note");
    put(AuditFact.Tagged.class, f -> "tagged the conversation %s".formatted(f.tag()));
    put(AuditFact.Untagged.class, f -> "took the tag %s from the conversation".formatted(f.tag()));
    put(
        AuditFact.PriorityChanged.class,
        f -> "set the priority of the conversation to %d".formatted(f.priority()));
    put(
        AuditFact.ToDoCreated.class,
        f -> "created to-do %s for customer %s".formatted(f.toDo(), f.customer()));
    put(
        AuditFact.AppointmentBooked.class,
        f ->
            "booked appointment %s (%s, %s) for customer %s"
                .formatted(f.appointment(), f.type(), f.start(), f.customer()));
    put(
        AuditFact.Forwarded.class,
        f ->
            "forwarded a message to %s; answers come to conversation %s"
                .formatted(people(f.recipients()), f.sideThread()));
    put(
        AuditFact.ConversationStarted.class,
        f -> "began a conversation with %s".formatted(people(f.recipients())));
    put(
        AuditFact.FilesDiscarded.class,
        f -> "took %d files out of what was being written".formatted(f.files()));
    put(AuditFact.SendWithdrawn.class, f -> "took a message back before it was sent");
    put(
        AuditFact.SendRetried.class,
        f -> "had a message sent again to %s".formatted(people(f.recipients())));
    put(
        AuditFact.CopiesChanged.class,
        f -> "changed who gets copies of answers: %d in cc, %d in bcc".formatted(f.cc(), f.bcc()));
    put(
        AuditFact.Unlinked.class,
        f -> "took the link to customer %s away: %s".formatted(f.customer(), f.reason()));
    put(
        AuditFact.CustomersMerged.class,
        f ->
            "merged customer %s into %s: %d conversations, %d messages"
                .formatted(f.merged(), f.kept(), f.conversations(), f.messages()));
    put(
        AuditFact.MergeUndone.class,
        f ->
            "undid the merge of customer %s into %s: %d conversations, %d messages"
                .formatted(f.merged(), f.kept(), f.conversations(), f.messages()));
    put(
        AuditFact.Confirmed.class,
        f -> "confirmed by itself that the message arrived: %s".formatted(f.reason()));
    put(
        AuditFact.ConfirmationWithheld.class,
        f -> "did not confirm that the message arrived: %s".formatted(f.reason()));
    put(AuditFact.Rated.class, f -> "was given %d stars for a message".formatted(f.stars()));
    put(
        AuditFact.SmsOnboarded.class,
        f -> "gave the inbox SMS number %s; calls go to %s".formatted(f.number(), f.callsTo()));
    put(AuditFact.SmsEnabled.class, f -> "enabled SMS number %s".formatted(f.number()));
    put(
        AuditFact.SmsPolicyChanged.class,
        f -> "changed what is said when consent to SMS is asked for");
    put(
        AuditFact.ConsentChanged.class,
        f -> "changed consent to SMS to %s, by %s".formatted(f.state(), f.by()));
    put(
        AuditFact.SmsHeld.class,
        f -> "holds SMS back until an agent has read the conversation: %s".formatted(f.reason()));
    put(AuditFact.SmsReleased.class, f -> "let SMS go on");
    put(
        AuditFact.SmsQueued.class,
        f -> "wrote an SMS for %s, %d segments long".formatted(f.purpose(), f.segments()));
    put(
        AuditFact.SmsReported.class,
        f ->
            "was told by the carrier what became of an SMS: %s (%s)"
                .formatted(f.status(), f.carrierCode()));
    put(
        AuditFact.PersonExported.class,
        f ->
            "exported what is held on person %s, %d messages"
                .formatted(f.pseudonym(), f.messages()));
    put(
        AuditFact.PersonErased.class,
        f ->
            "erased what was held on person %s, %d messages"
                .formatted(f.pseudonym(), f.messages()));
    put(
        AuditFact.GatewayNamesForgotten.class,
        f -> "forgot what gateways called %d texts that are here no more".formatted(f.names()));
    put(
        AuditFact.BytesErased.class,
        f -> "erased the bytes of %d erased mails".formatted(f.blobs()));
    put(
        AuditFact.RetentionApplied.class,
        f -> "erased %d messages from before %s".formatted(f.messages(), f.before()));
    put(
        AuditFact.AuditExported.class,
        f -> "exported the audit trail up to entry %d".formatted(f.upTo()));
    putCampaigns();
    putRecipients();
    putQueues();
    putSessions();
    putSupervision();
  }

  private void putCampaigns() {
    put(
        AuditFact.CampaignSaved.class,
        f ->
            "%s campaign %s%s"
                .formatted(
                    f.changed().isEmpty() ? "set up" : "changed", f.name(), listed(f.changed())));
    put(
        AuditFact.CampaignRemoved.class,
        f -> "removed campaign %s with %s".formatted(f.name(), people(f.recipients())));
    put(
        AuditFact.CampaignStarted.class,
        f -> "started campaign %s for %s".formatted(f.campaign(), people(f.recipients())));
    put(
        AuditFact.CampaignStopped.class,
        f -> "stopped campaign %s: %s".formatted(f.campaign(), f.reason()));
    put(AuditFact.CampaignResumed.class, f -> "let campaign %s go on".formatted(f.campaign()));
    put(
        AuditFact.CampaignCancelled.class,
        f ->
            "ended campaign %s before %s had their turn"
                .formatted(f.campaign(), people(f.notSent())));
    put(
        AuditFact.CampaignFinished.class,
        f ->
            "finished campaign %s: %d sent, %d failed, %d rejected, %d in doubt"
                .formatted(f.campaign(), f.sent(), f.failed(), f.rejected(), f.inDoubt()));
    put(
        AuditFact.CampaignFileUploaded.class,
        f ->
            "uploaded file %s of campaign %s, %d bytes"
                .formatted(f.token(), f.campaign(), f.size()));
    put(
        AuditFact.CampaignFileRemoved.class,
        f -> "removed file %s of campaign %s".formatted(f.token(), f.campaign()));
    put(
        AuditFact.TestSent.class,
        f -> "tried campaign %s out with one mail: %s".formatted(f.campaign(), f.outcome()));
  }

  private void putRecipients() {
    put(
        AuditFact.ListImportBegun.class,
        f -> "began to import list %s of campaign %s".formatted(f.list(), f.campaign()));
    put(
        AuditFact.ListImported.class,
        f ->
            "imported list %s of campaign %s: %s, %d rows refused"
                .formatted(f.list(), f.campaign(), people(f.recipients()), f.refused()));
    put(
        AuditFact.ListSwitched.class,
        f ->
            "switched list %s of campaign %s %s"
                .formatted(f.list(), f.campaign(), f.active() ? "on" : "off"));
    put(
        AuditFact.ListRemoved.class,
        f ->
            "removed list %s of campaign %s with %s"
                .formatted(f.list(), f.campaign(), people(f.recipients())));
    put(
        AuditFact.RecipientsExported.class,
        f ->
            "exported what became of %s of list %s of campaign %s"
                .formatted(people(f.recipients()), f.list(), f.campaign()));
    put(
        AuditFact.RecipientsRecounted.class,
        f -> "counted the recipients of campaign %s anew".formatted(f.campaign()));
    put(
        AuditFact.EventAnnounced.class,
        f ->
            "set up campaign %2$s to tell those whom campaign %1$s invited that the event is %3$s"
                .formatted(f.campaign(), f.by(), f.word()));
    put(
        AuditFact.RecipientsResolved.class,
        f ->
            "decided on %s of campaign %s who were in doubt: %s"
                .formatted(people(f.recipients()), f.campaign(), f.as()));
    put(
        AuditFact.Suppressed.class,
        f ->
            "took a recipient of campaign %s off all further ones: %s"
                .formatted(f.campaign(), f.reason()));
  }

  private void putQueues() {
    put(
        AuditFact.Offered.class,
        f -> "offered the conversation to %s until %s".formatted(f.agentName(), f.until()));
    put(
        AuditFact.OfferDeclined.class,
        f -> "declined the conversation that was offered to %s".formatted(f.agent()));
    put(
        AuditFact.OfferUnanswered.class,
        f -> "got no answer of %s to an offer".formatted(f.agent()));
    put(
        AuditFact.OfferWithdrawn.class,
        f -> "took the offer to %s back: %s".formatted(f.agent(), f.reason()));
    put(
        AuditFact.Requeued.class,
        f -> "put the conversation of %s back into the queue: %s".formatted(f.agent(), f.reason()));
    put(
        AuditFact.ThresholdCrossed.class,
        f ->
            "found threshold %s crossed: %d, the limit is %d"
                .formatted(f.threshold(), f.value(), f.limit()));
    put(
        AuditFact.ThresholdCleared.class,
        f ->
            "found threshold %s crossed no longer: %d, the limit is %d"
                .formatted(f.threshold(), f.value(), f.limit()));
  }

  private void putSessions() {
    put(AuditFact.SignedIn.class, f -> "signed %s in".formatted(f.agentName()));
    put(AuditFact.SignedOut.class, f -> "signed %s out: %s".formatted(f.agent(), f.reason()));
    put(AuditFact.BreakBegun.class, f -> "began a break of %s: %s".formatted(f.agent(), f.type()));
    put(AuditFact.BreakEnded.class, f -> "ended the break of %s".formatted(f.agent()));
    put(AuditFact.AgentMessaged.class, f -> "wrote to agent %s".formatted(f.agent()));
    put(AuditFact.AgentMessageSeen.class, f -> "saw what %s wrote to them".formatted(f.from()));
  }

  private void putSupervision() {
    put(
        AuditFact.Spied.class,
        f ->
            "began to follow the conversation live%s"
                .formatted(f.drafts() ? ", drafts included" : ""));
    put(AuditFact.AgentLookedAt.class, f -> "looked at what %s does".formatted(f.agent()));
    put(
        AuditFact.ScreenMonitored.class,
        f ->
            "asked for the screen of %s, which was %s"
                .formatted(f.agent(), f.shown() ? "shown" : "not shown"));
    put(AuditFact.RecordingViewed.class, f -> "looked at the recording of the conversation");
    put(
        AuditFact.RecordingExported.class,
        f -> "exported the recording of the conversation: %s".formatted(f.form()));
  }

  /**
   * One sentence on one line: who, and what they did. It holds what the fact holds: ids, names,
   * counts and reasons, nothing that a customer wrote.
   */
  public static String describe(AuditEntry entry) {
    String sentence = "%s %s.".formatted(who(entry.actor()), what(entry.fact()));
    return sentence.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ");
  }

  /** A fact of a later version has no words here yet; its name has to do. */
  private static String what(AuditFact fact) {
    return ALL.predicates
        .getOrDefault(fact.getClass(), any -> "left the entry " + any.code())
        .apply(fact);
  }

  private static String who(Actor actor) {
    boolean part = actor.kind() == Actor.Kind.LIBRARY && !actor.equals(Actor.SERVER);
    return part ? "%s (%s)".formatted(actor.name(), actor.id()) : actor.name();
  }

  private <F extends AuditFact> void put(Class<F> type, Function<F, String> words) {
    predicates.put(type, fact -> words.apply(type.cast(fact)));
  }

  private static String people(long count) {
    return count == 1 ? "1 recipient" : count + " recipients";
  }

  private static String listed(List<String> changed) {
    return changed.isEmpty() ? "" : ": " + String.join(", ", changed);
  }

  private static String agents(List<AgentId> agents) {
    return agents.isEmpty()
        ? "nobody"
        : agents.stream().map(AgentId::value).collect(Collectors.joining(", "));
  }
}
