package io.engage.core.threading;

import io.engage.core.threading.Belonging.Join;
import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which conversation a message joins: the one whose signed token it carries, else the one
 * of a message that it answers, provided that its sender has had part in that conversation. A
 * stranger who knows a Message-ID opens a conversation of their own.
 */
public final class Threading {
  private static final String NOTHING_NAMED = "it names no earlier message";
  private static final String NOTHING_KNOWN = "the messages it names are not known here";
  private static final String STRANGER =
      "it answers a known message, but its sender has no part in that conversation";

  private final ThreadTokens tokens;

  public Threading(ThreadTokens tokens) {
    this.tokens = tokens;
  }

  public Belonging decide(MailHeaders headers, Remembered remembered) {
    Map<InboxId, Join> joins = new HashMap<>();
    for (ConversationId id : tokensIn(headers)) {
      remembered
          .conversation(id)
          .ifPresent(found -> joins.putIfAbsent(found.inbox(), byToken(found)));
    }
    boolean strangers = false;
    boolean known = false;
    for (RfcMessageId ancestor : headers.ancestors()) {
      for (Message message : remembered.messages(ancestor)) {
        known = true;
        Optional<Conversation> conversation =
            remembered
                .conversation(message.conversation())
                .filter(found -> hasPart(headers, message, found));
        strangers |= conversation.isEmpty();
        conversation.ifPresent(
            found -> joins.putIfAbsent(found.inbox(), byAnswer(found, ancestor, headers)));
      }
    }
    return new Belonging(joins, otherwise(headers, known, strangers));
  }

  /** The conversations that the message names by valid tokens, nearest first. */
  public Set<ConversationId> tokensIn(MailHeaders headers) {
    Set<ConversationId> found = new LinkedHashSet<>();
    headers.ancestors().forEach(id -> tokens.find(id.value()).ifPresent(found::add));
    headers.recipients().forEach(to -> tokens.find(to.localPart()).ifPresent(found::add));
    return found;
  }

  private static Join byToken(Conversation found) {
    return new Join(found.id(), true, "it carries the signed token of this conversation");
  }

  private static Join byAnswer(Conversation found, RfcMessageId ancestor, MailHeaders headers) {
    String field = headers.inReplyTo().contains(ancestor) ? "In-Reply-To" : "References";
    return new Join(found.id(), false, field + " names a message of this conversation");
  }

  /** Participants have part, and so has everybody to whom the message answered was sent. */
  private static boolean hasPart(MailHeaders headers, Message answered, Conversation conversation) {
    Set<Address> part = new LinkedHashSet<>(conversation.participants());
    part.addAll(answered.headers().recipients());
    answered.headers().from().forEach(from -> part.add(from.address()));
    return headers.from().stream()
        .map(NamedAddress::address)
        .anyMatch(sender -> part.stream().anyMatch(each -> isSame(each, sender)));
  }

  /** People type their own address in any case, and their provider takes it. */
  private static boolean isSame(Address known, EmailAddress sender) {
    return known.value().equalsIgnoreCase(sender.value());
  }

  private static String otherwise(MailHeaders headers, boolean known, boolean strangers) {
    if (headers.ancestors().isEmpty()) {
      return NOTHING_NAMED;
    }
    return known && strangers ? STRANGER : NOTHING_KNOWN;
  }
}
