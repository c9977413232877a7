package io.engage.model.document;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignList;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.CustomerMove;
import io.engage.model.customer.Suppression;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountMailbox;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.HeldTrace;
import io.engage.model.message.AnswerBudget;
import io.engage.model.message.BlobRemoval;
import io.engage.model.message.Rating;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.InboxAlarms;
import io.engage.model.queue.Rotation;
import io.engage.model.sms.SmsArrival;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsDispatch;
import io.engage.model.sms.SmsNumber;
import io.engage.model.sms.SmsPolicy;
import io.engage.model.template.QuickReplies;
import io.engage.model.template.Template;
import io.engage.model.writing.Note;
import io.engage.model.writing.SentDraft;

/**
 * A small thing that is kept whole. It is found by its key, or with all others of its owner, and by
 * nothing else; what lists and searches look into is an {@link
 * io.engage.model.conversation.Conversation} or a {@link io.engage.model.message.Message}.
 */
public sealed interface Document
    permits AccountMailbox,
        AgentMessage,
        AgentSession,
        AnswerBudget,
        BlobRemoval,
        Campaign,
        CampaignAttachment,
        CampaignList,
        CustomerMerge,
        CustomerMove,
        HeldMail,
        HeldTrace,
        InboxAlarms,
        Note,
        QuickReplies,
        Rating,
        Rotation,
        SentDraft,
        SmsArrival,
        SmsConsent,
        SmsDispatch,
        SmsNumber,
        SmsPolicy,
        StoredAccount,
        Suppression,
        Template {

  /** Under which it is kept. */
  DocumentKey key();

  /** To what it belongs, such as a conversation; empty when to the installation as a whole. */
  String owner();

  /** How often it was stored: 0 before the first time. */
  long version();

  /** As it is after one more commit; for stores. */
  Document withVersion(long newVersion);
}
