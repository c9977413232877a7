package io.engage.core.answering;

import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Message;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a mail is made of, except its Message-ID and its date.
 *
 * @param conversation in which it will stand
 * @param inbox the one that writes
 * @param ours all our inboxes; none of them gets it
 * @param content the form; its text, HTML and files count as {@code written} and {@code files} say
 * @param written what the agent wrote
 * @param signature what closes it
 * @param invitation what asks the customer to rate it; empty when nothing does
 * @param about the message answered or forwarded; null for one from scratch
 * @param history what there was to read in it
 */
public record Letter(
    Draft.Kind kind,
    ConversationId conversation,
    Inbox inbox,
    List<Inbox> ours,
    Composition content,
    Body written,
    Body signature,
    Body invitation,
    @Nullable Message about,
    Body history,
    List<OutboundAttachment> files) {
  public Letter {
    ours = List.copyOf(ours);
    files = List.copyOf(files);
  }

  boolean isAnswer() {
    return kind == Draft.Kind.REPLY || kind == Draft.Kind.REPLY_ALL;
  }
}
