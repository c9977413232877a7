package io.engage.dialer.pacing;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Decides whom a server means when it asks for patience with a recipient: their domain, while it
 * takes mails for others, or all of us.
 *
 * @param taken the domain for which it took a mail last; empty when it took none
 * @param takenBefore the one for which it took one before that, of the others
 * @param complained the domains that it complained of since it took anything
 */
public record Complaints(String taken, String takenBefore, Set<String> complained) {
  /** Nothing was sent yet. */
  public static final Complaints NONE = new Complaints("", "", Set.of());

  /** Whoever complains of so many domains in a row means none of them. */
  private static final int MANY = 3;

  /** Who is to be left in peace. */
  public enum Meant {
    DOMAIN,
    ACCOUNT
  }

  public Complaints {
    requireNonNull(taken, "taken");
    requireNonNull(takenBefore, "takenBefore");
    complained = Set.copyOf(complained);
  }

  public Complaints took(String domain) {
    if (complained.isEmpty() && taken.equals(domain)) {
      return this;
    }
    return new Complaints(domain, taken.equals(domain) ? takenBefore : taken, Set.of());
  }

  public Complaints complainedOf(String domain) {
    Set<String> more = new LinkedHashSet<>(complained);
    more.add(domain);
    return new Complaints(taken, takenBefore, more);
  }

  /** Whom it means by its last complaint, which was of {@code domain}. */
  public Meant decide(String domain) {
    boolean takesOthers = isOther(taken, domain) || isOther(takenBefore, domain);
    return takesOthers && complained.size() < MANY ? Meant.DOMAIN : Meant.ACCOUNT;
  }

  private static boolean isOther(String known, String domain) {
    return !known.isEmpty() && !known.equals(domain);
  }
}
