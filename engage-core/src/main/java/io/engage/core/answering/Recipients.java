package io.engage.core.answering;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who gets an answer: a function of the message answered and of what the agent added, nothing else.
 * Our own addresses never do, and nobody gets it twice.
 */
public record Recipients(List<NamedAddress> to, List<NamedAddress> cc, List<NamedAddress> bcc) {
  public Recipients {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  public boolean isEmpty() {
    return to.isEmpty() && cc.isEmpty() && bcc.isEmpty();
  }

  /**
   * @param ours all our inboxes, not only the one that answers
   */
  public static Recipients decide(Message answered, Reply reply, List<Inbox> ours) {
    Set<String> taken = new HashSet<>();
    List<NamedAddress> to = fresh(correspondents(answered, ours), ours, taken);
    List<NamedAddress> cc = new ArrayList<>();
    if (reply.toAll()) {
      to = concat(to, fresh(answered.headers().to(), ours, taken));
      cc.addAll(fresh(answered.headers().cc(), ours, taken));
    }
    cc.addAll(fresh(reply.cc(), ours, taken));
    return new Recipients(to, cc, fresh(reply.bcc(), ours, taken));
  }

  /**
   * Whoever wrote it, where they want it unless that is with us (as on a form of ours); for a mail
   * of our own, whoever got it (an answer after an answer).
   */
  private static List<NamedAddress> correspondents(Message answered, List<Inbox> ours) {
    MailHeaders headers = answered.headers();
    if (answered.direction() == Direction.OUTBOUND) {
      return headers.to();
    }
    boolean named = headers.replyTo().stream().anyMatch(person -> isOutside(person, ours));
    return named ? headers.replyTo() : headers.from();
  }

  private static List<NamedAddress> fresh(
      List<NamedAddress> people, List<Inbox> ours, Set<String> taken) {
    return people.stream()
        .filter(person -> isOutside(person, ours))
        .filter(person -> taken.add(key(person.address())))
        .toList();
  }

  private static boolean isOutside(NamedAddress person, List<Inbox> ours) {
    return ours.stream().noneMatch(inbox -> inbox.owns(person.address()));
  }

  private static List<NamedAddress> concat(List<NamedAddress> one, List<NamedAddress> other) {
    List<NamedAddress> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  private static String key(EmailAddress address) {
    return address.value().toLowerCase(Locale.ROOT);
  }
}
