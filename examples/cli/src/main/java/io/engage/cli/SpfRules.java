package io.engage.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides whether a domain says who may send mail in its name (SPF, RFC 7208). */
final class SpfRules {
  private static final String WHAT = "spf";
  private static final String VERSION = "v=spf1";

  /** Receivers give up on a record that makes them ask more often (RFC 7208, 4.6.4). */
  private static final int MOST_QUESTIONS = 10;

  private static final Set<String> ASKING = Set.of("a", "mx", "ptr", "exists", "include");

  private SpfRules() {}

  static Verdict decide(String domain, TextRecords dns) throws IOException {
    List<String> records = records(domain, dns);
    if (records.size() != 1) {
      return Verdict.red(WHAT, records.isEmpty() ? missing(domain) : tooMany(domain));
    }
    List<String> terms = terms(records.get(0));
    if (terms.stream().anyMatch(each -> each.equals("all") || each.equals("+all"))) {
      return Verdict.red(
          WHAT,
          "The SPF record of '%s' lets everybody send in its name. End it with ~all or -all."
              .formatted(domain));
    }
    if (terms.stream().noneMatch(SpfRules::allows)) {
      return Verdict.red(
          WHAT,
          ("The SPF record of '%s' lets nobody send. Put in what your mail provider names, such as"
                  + " include:… of its servers.")
              .formatted(domain));
    }
    return follow(domain, terms, dns);
  }

  /** Asks as receivers do, and no more often than they. */
  private static Verdict follow(String domain, List<String> own, TextRecords dns)
      throws IOException {
    Deque<String> left = new ArrayDeque<>(own);
    int questions = 0;
    while (!left.isEmpty()) {
      String term = left.remove();
      questions += asks(term) ? 1 : 0;
      if (questions > MOST_QUESTIONS) {
        return Verdict.red(WHAT, tooLong(domain));
      }
      String other = other(term);
      List<String> records = other.isEmpty() ? List.of("") : records(other, dns);
      if (records.size() != 1) {
        return Verdict.red(WHAT, unusable(domain, other, records.size()));
      }
      left.addAll(terms(records.get(0)));
    }
    return Verdict.green(WHAT, "'%s' says who may send in its name".formatted(domain));
  }

  private static List<String> records(String domain, TextRecords dns) throws IOException {
    return dns.of(domain).stream()
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> text.equals(VERSION) || text.startsWith(VERSION + " "))
        .toList();
  }

  private static List<String> terms(String record) {
    return Arrays.stream(record.split(" ", -1)).skip(1).filter(term -> !term.isEmpty()).toList();
  }

  private static boolean allows(String term) {
    return !term.startsWith("-")
        && !term.startsWith("~")
        && !term.startsWith("?")
        && !term.startsWith("exp=");
  }

  private static boolean asks(String term) {
    return term.startsWith("redirect=") || ASKING.contains(mechanism(term));
  }

  private static String mechanism(String term) {
    String bare = "+-~?".indexOf(term.charAt(0)) >= 0 ? term.substring(1) : term;
    int end = 0;
    while (end < bare.length() && Character.isLetter(bare.charAt(end))) {
      end++;
    }
    return bare.substring(0, end);
  }

  /** The domain whose record counts too; empty when there is none, or it depends on the mail. */
  private static String other(String term) {
    String name =
        mechanism(term).equals("include")
            ? term.substring(term.indexOf(':') + 1)
            : term.startsWith("redirect=") ? term.substring("redirect=".length()) : "";
    return name.indexOf('%') >= 0 ? "" : name;
  }

  private static String missing(String domain) {
    return ("'%s' does not say who may send in its name. Publish the TXT record that your mail"
            + " provider names; it begins with %s.")
        .formatted(domain, VERSION);
  }

  private static String tooMany(String domain) {
    return "'%s' has more than one SPF record, so receivers ignore all. Make one of them."
        .formatted(domain);
  }

  private static String tooLong(String domain) {
    return ("The SPF record of '%s' makes receivers ask the DNS more than %d times, so they ignore"
            + " it. Take out what you do not send through.")
        .formatted(domain, MOST_QUESTIONS);
  }

  private static String unusable(String domain, String other, int records) {
    return ("The SPF record of '%s' names '%s', which has %s SPF record, so receivers ignore it."
            + " Check the spelling.")
        .formatted(domain, other, records == 0 ? "no" : "more than one");
  }
}
