package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.CampaignId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What has to be so of a conversation to be listed: a tree that a store translates into its own
 * query. Stores that keep text compare it in any case, by the rules of {@link
 * java.util.Locale#ROOT}.
 */
public sealed interface Criterion {

  /** Each of them; always so when there is none. */
  record All(List<Criterion> of) implements Criterion {
    public All {
      of = List.copyOf(of);
    }
  }

  /** At least one of them; never so when there is none. */
  record Any(List<Criterion> of) implements Criterion {
    public Any {
      of = List.copyOf(of);
    }
  }

  /** The opposite. */
  record Not(Criterion of) implements Criterion {
    public Not {
      requireNonNull(of, "of");
    }
  }

  /** The texts that can be searched. */
  enum TextColumn {
    /** Any of the participants' addresses, or the label of whoever wrote the newest message. */
    FROM,
    SUBJECT,
    /** The beginning of the newest message. */
    PREVIEW
  }

  /** A text has {@code words} in it, as one piece. */
  record Contains(TextColumn column, String words) implements Criterion {
    public Contains {
      requireNonNull(column, "column");
      if (words.isEmpty()) {
        throw new IllegalArgumentException("A search for no words finds everything. Leave it out.");
      }
    }
  }

  /** The moments that can be compared. */
  enum TimeColumn {
    /** When the newest message came or went. */
    NEWEST,
    OPENED,
    /** Conversations that are open have none, and none compares with it. */
    COMPLETED
  }

  /** A moment at or after this one. */
  record Since(TimeColumn column, Instant start) implements Criterion {
    public Since {
      requireNonNull(column, "column");
      requireNonNull(start, "start");
    }
  }

  /** A moment before this one. */
  record Before(TimeColumn column, Instant end) implements Criterion {
    public Before {
      requireNonNull(column, "column");
      requireNonNull(end, "end");
    }
  }

  /** What can be said of a conversation in one word. */
  enum Claim {
    COMPLETED,
    UNREAD,
    LINKED,
    ASSIGNED,
    /** It is led beside another one, so that no customer sees it. */
    SIDE_THREAD
  }

  /** That word holds. */
  record Is(Claim claim) implements Criterion {
    public Is {
      requireNonNull(claim, "claim");
    }
  }

  /** It is in one of these inboxes. */
  record InInboxes(Set<InboxId> inboxes) implements Criterion {
    public InInboxes {
      inboxes = Set.copyOf(inboxes);
    }
  }

  /** It is with one of these customers. */
  record WithCustomers(Set<CustomerId> customers) implements Criterion {
    public WithCustomers {
      customers = Set.copyOf(customers);
    }
  }

  /** This agent works on it. */
  record AssignedTo(AgentId agent) implements Criterion {
    public AssignedTo {
      requireNonNull(agent, "agent");
    }
  }

  /**
   * This agent works on it, or did once, or answered in it: they are one of its {@linkplain
   * io.engage.model.queue.Service#handlers handlers}.
   */
  record HandledBy(AgentId agent) implements Criterion {
    public HandledBy {
      requireNonNull(agent, "agent");
    }
  }

  /** It has this tag. */
  record Tagged(String tag) implements Criterion {
    public Tagged {
      requireNonNull(tag, "tag");
    }
  }

  /** It came through this channel. */
  record Through(Channel channel) implements Criterion {
    public Through {
      requireNonNull(channel, "channel");
    }
  }

  /** Its priority is at most this, so it goes as early or earlier. */
  record PriorityUpTo(int priority) implements Criterion {}

  /** It was the answer to a mail of one of these campaigns. */
  record ToCampaigns(Set<CampaignId> campaigns) implements Criterion {
    public ToCampaigns {
      campaigns = Set.copyOf(campaigns);
    }
  }

  /** It is led beside this conversation. */
  record Besides(ConversationId conversation) implements Criterion {
    public Besides {
      requireNonNull(conversation, "conversation");
    }
  }
}
