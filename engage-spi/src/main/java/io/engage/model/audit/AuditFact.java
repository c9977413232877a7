package io.engage.model.audit;

import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.RfcMessageId;
import java.time.Instant;

/**
 * One thing that happened, in the words an auditor would use.
 *
 * <p>Rooms return facts; the shell adds who, when and to what and makes {@link AuditEntry} of them.
 * A fact holds ids, counts and reasons, never text that a customer wrote. A minor release may add
 * facts, so a {@code switch} over them needs a default branch.
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

  /** A message was moved on the mail server, or one of several copies of it there was deleted. */
  record MovedOnServer(ServerUid to) implements AuditFact {
    @Override
    public String code() {
      return "moved-on-server";
    }
  }

  /** A message that had left the mail server is there again, and is shown again. */
  record CameBack() implements AuditFact {
    @Override
    public String code() {
      return "came-back";
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

  /** An inbox was created or changed. */
  record InboxConfigured(String name) implements AuditFact {
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
}
