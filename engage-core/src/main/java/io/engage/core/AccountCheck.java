package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.spi.EngageException;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.TokenServerRefusal;
import java.util.List;
import java.util.function.Predicate;

/**
 * How the servers of a mail account answered when they were tried.
 *
 * @param findings in the order in which things were tried
 */
public record AccountCheck(List<Finding> findings) {
  public AccountCheck {
    findings = List.copyOf(findings);
  }

  /** Which server was tried. */
  public enum Server {
    IMAP("imap"),
    SMTP("smtp");

    private final String word;

    Server(String word) {
      this.word = word;
    }

    /** In lower case, as it stands in front of what was tried. */
    public String word() {
      return word;
    }
  }

  /**
   * What came of one try.
   *
   * @param what was tried, such as {@code login}
   * @param words what came of it in plain words, with advice where it is red
   * @param wrongCredential whether the server refused user and password, or the token
   */
  public record Finding(
      Server server, String what, boolean good, String words, boolean wrongCredential) {
    public Finding {
      requireNonNull(server, "server");
      requireNonNull(what, "what");
      requireNonNull(words, "words");
    }

    static Finding green(Server server, String what, String words) {
      return new Finding(server, what, true, words, false);
    }

    static Finding red(Server server, String what, RuntimeException failure) {
      String words =
          failure instanceof EngageException
              ? String.valueOf(failure.getMessage())
              : "It failed with %s; see the log of the host."
                  .formatted(failure.getClass().getSimpleName());
      return new Finding(server, what, false, words, isCredentialRefused(failure));
    }

    private static boolean isCredentialRefused(RuntimeException failure) {
      return failure instanceof TokenServerRefusal
          || (failure instanceof MailAccessFailure access
              && (access.reason() == MailAccessFailure.Reason.WRONG_CREDENTIAL
                  || access.reason() == MailAccessFailure.Reason.TOKEN_REFUSED));
    }
  }

  /** Whether all is well. */
  public boolean isGreen() {
    return findings.stream().allMatch(Finding::good);
  }

  /** Whether all is well with one of the servers; also when it was not tried. */
  public boolean isGreen(Server server) {
    return findings.stream().filter(each -> each.server() == server).allMatch(Finding::good);
  }

  /** Whether a server was reached and did not accept user and password, or the token. */
  public boolean isCredentialWrong() {
    return findings.stream().anyMatch(Finding::wrongCredential);
  }

  /** Why a server refused user and password, or the token, in our own words. */
  String refusal() {
    return words(Finding::wrongCredential);
  }

  /** Why it is red, in plain words; empty when it is green. */
  public String reason() {
    return words(each -> !each.good());
  }

  private String words(Predicate<Finding> wanted) {
    return String.join(" ", findings.stream().filter(wanted).map(Finding::words).toList());
  }
}
