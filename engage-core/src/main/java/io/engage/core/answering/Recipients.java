package io.engage.core.answering;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
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
   * @param own every address of the inbox
   */
  public static Recipients decide(Message answered, Reply reply, Set<EmailAddress> own) {
    Set<String> taken = new HashSet<>();
    own.forEach(address -> taken.add(key(address)));
    List<NamedAddress> to = fresh(correspondents(answered), taken);
    List<NamedAddress> cc = new ArrayList<>();
    if (reply.toAll()) {
      to = concat(to, fresh(answered.headers().to(), taken));
      cc.addAll(fresh(answered.headers().cc(), taken));
    }
    cc.addAll(fresh(reply.cc(), taken));
    return new Recipients(to, cc, fresh(reply.bcc(), taken));
  }

  /** Whoever wrote it; for a mail of our own, whoever got it (an answer after an answer). */
  private static List<NamedAddress> correspondents(Message answered) {
    MailHeaders headers = answered.headers();
    if (answered.direction() == Direction.OUTBOUND) {
      return headers.to();
    }
    return headers.replyTo().isEmpty() ? headers.from() : headers.replyTo();
  }

  private static List<NamedAddress> fresh(List<NamedAddress> people, Set<String> taken) {
    return people.stream().filter(person -> taken.add(key(person.address()))).toList();
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
