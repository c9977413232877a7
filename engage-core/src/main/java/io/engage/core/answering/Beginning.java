package io.engage.core.answering;

import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.writing.Composition;
import java.util.List;
import java.util.stream.Stream;

/** Decides what stands in the form when an agent begins to write. */
public final class Beginning {
  private Beginning() {}

  /** An answer, with the message answered quoted below until the agent wants it otherwise. */
  public static Composition answering(
      Message answered, boolean toAll, Copies form, List<Inbox> ours) {
    Recipients recipients = Recipients.decide(answered, toAll, form, ours);
    return Composition.empty()
        .to(recipients.to().toArray(NamedAddress[]::new))
        .withCopies(recipients.cc(), recipients.bcc())
        .withSubject(Subject.answering(answered.headers().subject()))
        .withHistory(true);
  }

  /** An answer that is written already, with further copies to whom the agent named. */
  public static Composition answering(
      Message answered, Reply reply, Copies form, List<Inbox> ours) {
    Composition begun = answering(answered, reply.toAll(), form, ours);
    return begun
        .withCopies(joined(begun.cc(), reply.cc()), joined(begun.bcc(), reply.bcc()))
        .withText(reply.text())
        .withHistory(reply.withHistory())
        .withSignature(reply.withSignature());
  }

  private static List<NamedAddress> joined(List<NamedAddress> one, List<NamedAddress> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /** A forward to nobody yet: the copies of the conversation are for the customer's mail alone. */
  public static Composition forwarding(Message forwarded, List<Composition.File> files) {
    return Composition.empty()
        .withSubject(Subject.forwarding(forwarded.headers().subject()))
        .withHistory(true)
        .withFiles(files);
  }

  /** A new conversation with body and subject of a message filled in, to nobody yet. */
  public static Composition from(Message message, Body body) {
    return Composition.empty()
        .withSubject(Subject.anew(message.headers().subject()))
        .withText(body.text())
        .withHtml(body.html());
  }
}
