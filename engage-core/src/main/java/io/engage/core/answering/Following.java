package io.engage.core.answering;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.writing.Composition;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who gets copies of an answer that was begun a while ago: always whoever the
 * conversation's form names by now (manual Contact, "CC/BCC Change"), unless its author named
 * others in this one.
 */
public final class Following {
  private final List<Inbox> ours;

  /**
   * @param ours all our inboxes; none of them gets a copy
   */
  public Following(List<Inbox> ours) {
    this.ours = List.copyOf(ours);
  }

  /** The answer as it goes out. */
  public Composition decide(Composition written, Copies then, Copies now) {
    return isTheirs(written, then) ? written.withCopies(now.cc(), now.bcc()) : written;
  }

  /** What to tell the agent first; empty when nothing contradicts them. */
  public Optional<String> contradiction(Composition written, Copies then, Copies now) {
    boolean formChanged = !named(written, then).equals(named(written, now));
    boolean both = formChanged && !isTheirs(written, then) && !isTheirs(written, now);
    return both
        ? Optional.of(
            "Who gets copies in this conversation was changed since you began, and you changed it"
                + " too. Look at the copies before you send this.")
        : Optional.empty();
  }

  private boolean isTheirs(Composition written, Copies form) {
    return named(written, new Copies(written.cc(), written.bcc())).equals(named(written, form));
  }

  /** Whom a form comes to when the answer goes to the same people. */
  private Named named(Composition written, Copies form) {
    Recipients recipients = Recipients.of(written.to(), form.cc(), form.bcc(), ours);
    return new Named(keys(recipients.cc()), keys(recipients.bcc()));
  }

  private record Named(Set<String> cc, Set<String> bcc) {}

  private static Set<String> keys(List<NamedAddress> people) {
    Set<String> keys = new HashSet<>();
    people.stream().map(NamedAddress::address).map(Following::key).forEach(keys::add);
    return keys;
  }

  private static String key(EmailAddress address) {
    return address.value().toLowerCase(Locale.ROOT);
  }
}
