package io.engage.core.threading;

import io.engage.core.threading.Belonging.Join;
import io.engage.model.address.EmailAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides which conversation a message joins: the one whose signed token it carries, else the one
 * of a message that it answers, of a message that answers it, or of one that answers the same
 * message, which never came here; else the one whose number its subject has. Only a token joins by
 * itself. Everything else is a clue that anybody may write, and joins for those alone who have part
 * in the conversation; a stranger who knows a Message-ID opens a conversation of their own.
 */
public final class Threading {
  private static final String NOTHING_NAMED = "it names no earlier message";
  private static final String NOTHING_KNOWN = "the messages it names are not known here";
  private static final String STRANGER =
      "it answers a known message, but its sender has no part in that conversation";
  private static final String FORGED =
      "it names other messages, but its sender may be forged, so that proves nothing";
  private static final String ANEW =
      "it names an earlier message of the same program, but is about something else";

  private final ThreadTokens tokens;

  public Threading(ThreadTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * What is to be known of a mail.
   *
   * @param senderMayBeForged whether something speaks against the address in From
   * @param fromProgram whether its sender is no person; programs reuse References for all they send
   * @param ours whether an address belongs to one of our inboxes
   */
  public record Asked(
      MailHeaders headers,
      boolean senderMayBeForged,
      boolean fromProgram,
      Predicate<EmailAddress> ours) {}

  public Belonging decide(Asked asked, Remembered remembered) {
    MailHeaders headers = asked.headers();
    Search search = new Search(asked, remembered);
    tokensIn(headers).forEach(search::byToken);
    if (asked.senderMayBeForged()) {
      return search.belonging(namesNothing(headers) ? NOTHING_NAMED : FORGED);
    }
    headers.ancestors().forEach(search::byAncestor);
    if (headers.messageId() != null) {
      search.byOwnId(headers.messageId());
    }
    headers.ancestors().forEach(search::bySibling);
    ConversationNumber.findAll(headers.subject()).forEach(search::byNumber);
    return search.belonging(search.otherwise());
  }

  /** The Message-ID for a new mail of a conversation, by which answers find back. */
  public RfcMessageId newMessageId(ConversationId conversation, String nonce, String domain) {
    return tokens.sign(conversation, nonce, domain);
  }

  /** The conversations that the message names by valid tokens, nearest first. */
  public Set<ConversationId> tokensIn(MailHeaders headers) {
    Set<ConversationId> found = new LinkedHashSet<>();
    headers.ancestors().forEach(id -> tokens.find(id.value()).ifPresent(found::add));
    headers.recipients().forEach(to -> tokens.find(to.localPart()).ifPresent(found::add));
    return found;
  }

  private static boolean namesNothing(MailHeaders headers) {
    return headers.ancestors().isEmpty();
  }

  /** The way through all that is remembered, for one mail; what is found first stays. */
  private static final class Search {
    private final Asked asked;
    private final MailHeaders headers;
    private final Remembered remembered;
    private final Parties parties;
    private final Map<InboxId, Join> joins = new HashMap<>();
    private boolean strangers;
    private boolean anew;

    Search(Asked asked, Remembered remembered) {
      this.asked = asked;
      this.headers = asked.headers();
      this.remembered = remembered;
      this.parties = new Parties(asked);
    }

    void byToken(ConversationId id) {
      remembered
          .conversation(id)
          .ifPresent(
              found -> join(found, true, "it carries the signed token of this conversation"));
    }

    void byAncestor(RfcMessageId ancestor) {
      String field = headers.inReplyTo().contains(ancestor) ? "In-Reply-To" : "References";
      for (Message message : remembered.messages(ancestor)) {
        if (startsAnew(message)) {
          anew = true;
        } else {
          strangers |= !joinOf(message, field + " names a message of this conversation");
        }
      }
    }

    /** Its answer was faster, or the same mail came on another way too. */
    void byOwnId(RfcMessageId own) {
      for (Message answer : remembered.naming(own)) {
        boolean namesItself =
            answer.headers().messageId() != null
                && answer.headers().messageId().caseless().equals(own.caseless());
        if (!namesItself && !startsAnew(answer)) {
          joinOf(answer, "a message of this conversation answers it");
        }
      }
      for (Message twin : remembered.messages(own)) {
        if (isTwin(twin)) {
          joinOf(twin, "a message of this conversation has its Message-ID, sender, date, subject");
        }
      }
    }

    /** Whoever changes the subject as well gave nothing that ties the two together. */
    void bySibling(RfcMessageId missing) {
      if (remembered.messages(missing).isEmpty()) {
        for (Message sibling : remembered.naming(missing)) {
          if (hasSameTopic(sibling)) {
            joinOf(sibling, "a message of this conversation follows the same one, unknown here");
          }
        }
      }
    }

    void byNumber(ConversationNumber number) {
      for (Conversation found : remembered.numbered(number)) {
        if (parties.senderIsIn(found)) {
          join(found, false, "its subject has the number of this conversation");
        } else {
          strangers = true;
        }
      }
    }

    Belonging belonging(String otherwise) {
      return new Belonging(joins, otherwise);
    }

    String otherwise() {
      if (strangers) {
        return STRANGER;
      }
      if (anew) {
        return ANEW;
      }
      return namesNothing(headers) ? NOTHING_NAMED : NOTHING_KNOWN;
    }

    /** Whether its sender may speak in the conversation of {@code message}. */
    private boolean joinOf(Message message, String reason) {
      Optional<Conversation> conversation = remembered.conversation(message.conversation());
      Optional<String> part = conversation.flatMap(found -> parties.partIn(found, message));
      conversation.ifPresent(
          found -> part.ifPresent(evidence -> join(found, false, reason + evidence)));
      return part.isPresent();
    }

    private void join(Conversation found, boolean byToken, String reason) {
      joins.putIfAbsent(found.inbox(), new Join(found.id(), byToken, reason));
    }

    private boolean startsAnew(Message earlier) {
      return asked.fromProgram() && parties.isFromSameSender(earlier) && !hasSameTopic(earlier);
    }

    private boolean isTwin(Message other) {
      return headers.date() != null
          && headers.date().equals(other.headers().date())
          && parties.isFromSameSender(other)
          && hasSameTopic(other);
    }

    private boolean hasSameTopic(Message other) {
      return Subjects.topic(headers.subject()).equals(Subjects.topic(other.headers().subject()));
    }
  }
}
