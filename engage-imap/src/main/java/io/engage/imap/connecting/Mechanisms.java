package io.engage.imap.connecting;

import io.engage.model.mailbox.AccountId;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * By which mechanism an account logs in. Some servers offer one that they never answer or do not
 * understand: then the next is tried over a new connection, once, and what went well is tried first
 * from then on. A refusal is the end of it, because a second one could lock the account.
 */
public final class Mechanisms {
  private final Map<Door, String> wentWell = new ConcurrentHashMap<>();

  private record Door(AccountId account, String protocol) {}

  /**
   * The one to try; empty when none is left.
   *
   * @param offered by the server, the best first
   * @param silent those that it does not answer
   * @param wentWell the one by which the account logged in the last time; null when none did
   */
  static Optional<String> decide(
      List<String> offered, Set<String> silent, @Nullable String wentWell) {
    List<String> left = offered.stream().filter(each -> !silent.contains(each)).toList();
    return wentWell != null && left.contains(wentWell)
        ? Optional.of(wentWell)
        : left.stream().findFirst();
  }

  /**
   * @param connect connects and logs in by what the attempt {@link Attempt#choose chooses}
   */
  public <T> T as(AccountId account, String protocol, Function<Attempt, T> connect) {
    Door door = new Door(account, protocol);
    Attempt first = new Attempt(Set.of(), wentWell.get(door));
    try {
      return entered(door, first, connect);
    } catch (MailAccessFailure failure) {
      Set<String> silent = first.unanswered(failure);
      if (silent.isEmpty() || decide(first.offered, silent, null).isEmpty()) {
        throw failure;
      }
      return entered(door, new Attempt(silent, null), connect);
    }
  }

  private <T> T entered(Door door, Attempt attempt, Function<Attempt, T> connect) {
    T open = connect.apply(attempt);
    String chosen = attempt.chosen;
    if (chosen != null) {
      wentWell.put(door, chosen);
    }
    return open;
  }

  /** The login over one connection. */
  public static final class Attempt {
    private final Set<String> silent;
    private final @Nullable String wentWell;
    private List<String> offered = List.of();
    private @Nullable String chosen;
    private boolean notUnderstood;

    private Attempt(Set<String> silent, @Nullable String wentWell) {
      this.silent = silent;
      this.wentWell = wentWell;
    }

    /**
     * Chooses once for this connection.
     *
     * @param all that the server offers and we speak, the best first
     */
    public Optional<String> choose(List<String> all) {
      if (chosen == null) {
        offered = List.copyOf(all);
        chosen = decide(offered, silent, wentWell).orElse(null);
      }
      return Optional.ofNullable(chosen);
    }

    /** The server does not know what it offered. */
    public void notUnderstood() {
      notUnderstood = true;
    }

    private Set<String> unanswered(MailAccessFailure failure) {
      String tried = chosen;
      return tried != null && (notUnderstood || failure.reason() == Reason.TIMEOUT)
          ? Set.of(tried)
          : Set.of();
    }
  }
}
