package io.engage.core.answering;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who gets a mail: a function of the message answered, of the conversation's form, and of what the
 * agent changed, nothing else. Our own addresses never do, and nobody gets it twice.
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
   * Whom an answer is for, before the agent changes anything. Copies go to whom the conversation's
   * form names, never to whom the message answered named (manual Contact, "CC/BCC Change").
   *
   * @param toAll whether those who got the message get the answer too
   * @param ours all our inboxes, not only the one that answers
   */
  public static Recipients decide(Message answered, boolean toAll, Copies form, List<Inbox> ours) {
    List<NamedAddress> to = new ArrayList<>(correspondents(answered, ours));
    if (toAll) {
      to.addAll(answered.headers().to());
    }
    return of(to, form.cc(), form.bcc(), ours);
  }

  /** Everybody of these once, where they stand first, without ourselves. */
  public static Recipients of(
      List<NamedAddress> to, List<NamedAddress> cc, List<NamedAddress> bcc, List<Inbox> ours) {
    Set<String> taken = new HashSet<>();
    return new Recipients(fresh(to, ours, taken), fresh(cc, ours, taken), fresh(bcc, ours, taken));
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

  private static String key(EmailAddress address) {
    return address.value().toLowerCase(Locale.ROOT);
  }
}
