package io.engage.core.answering;

import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import java.util.List;

/**
 * Who gets copies of the answers of a conversation: its form, which messages and agents fill in.
 */
public record Copies(List<NamedAddress> cc, List<NamedAddress> bcc) {
  /** Nobody. */
  public static final Copies NONE = new Copies(List.of(), List.of());

  public Copies {
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  public static Copies of(Conversation conversation) {
    return new Copies(conversation.exchange().cc(), conversation.exchange().bcc());
  }
}
