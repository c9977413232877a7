package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor sees who follows a conversation. A minor release may add others, so whoever
 * looks at them needs a branch for what they do not know.
 */
public sealed interface Observation {

  /** How it stands: the first of all, and again whenever something about it has changed. */
  record Stands(Conversation conversation) implements Observation {
    public Stands {
      requireNonNull(conversation, "conversation");
    }
  }

  /**
   * A message that was exchanged, from the oldest on; again when something about it has changed,
   * such as how far it was delivered.
   *
   * @param content what it says; null when its bytes cannot be read just now
   */
  record Said(Message message, @Nullable ReadMail content) implements Observation {
    public Said {
      requireNonNull(message, "message");
    }
  }

  /** A message is no longer in the conversation. */
  record Unsaid(MessageId message) implements Observation {
    public Unsaid {
      requireNonNull(message, "message");
    }
  }

  /** What an agent has written so far and not sent; again whenever they have saved it. */
  record Drafted(Draft draft) implements Observation {
    public Drafted {
      requireNonNull(draft, "draft");
    }
  }

  /** A draft was sent, or thrown away. */
  record Undrafted(DraftId draft) implements Observation {
    public Undrafted {
      requireNonNull(draft, "draft");
    }
  }

  /** Nothing more is shown; {@code reason} can be shown to the supervisor. */
  record Ended(String reason) implements Observation {
    public Ended {
      requireNonNull(reason, "reason");
    }
  }
}
