package io.engage.core.consenting;

import io.engage.model.audit.AuditFact;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsConsent.Evidence;
import io.engage.model.sms.SmsConsent.State;
import io.engage.model.sms.SmsPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides what a text message that arrived says about consent, and what is answered by itself.
 *
 * <p>A word from the customer is the only thing that gives consent, and who writes without such a
 * word has not agreed to be written to. A keyword is answered at most once; somebody who has
 * stopped and stops again gets silence.
 */
public final class Hearing {
  private static final Duration HELP_PERIOD = Duration.ofDays(1);
  private static final int MOST_HELP = 3;

  /** An older yes was said to somebody else, unless it answers our own request. */
  private static final Duration START_COUNTS = Duration.ofDays(1);

  private static final String STOP = "STOP";
  static final String START = "START";
  private static final String HELP = "HELP";
  private static final String OWN_WORDS = "own words";

  private Hearing() {}

  /** What is answered without anybody's doing. */
  public enum Answer {
    NOTHING,
    GOODBYE,
    HELP
  }

  /** What a text is about, before it is known who says it. */
  public enum Speech {
    /** It is one of the words that are dealt with by themselves: nobody has to look. */
    KEYWORD,
    /** It gives consent or may end it, so it must be heard, and a person looks. */
    CONSENT,
    ANYTHING_ELSE
  }

  /**
   * What was said, when, and in which message.
   *
   * @param reference the id of the message
   */
  public record Said(String text, Instant at, String reference) {
    /** Nobody speaks in the future, whatever the clock of the gateway says. */
    Said heardAt(Instant now) {
      return at.isAfter(now) ? new Said(text, now, reference) : this;
    }

    @Override
    public String toString() {
      return "Said[" + reference + "]";
    }
  }

  /**
   * What was understood.
   *
   * @param consent as it is now; with the version that it was read with
   * @param isWork whether a person should look at the message
   * @param facts what changed
   * @param isChanged whether the consent has to be stored
   */
  public record Heard(
      SmsConsent consent, boolean isWork, Answer answer, List<AuditFact> facts, boolean isChanged) {
    public Heard {
      facts = List.copyOf(facts);
    }

    private static Heard nothing(SmsConsent before, boolean isWork) {
      return new Heard(before, isWork, Answer.NOTHING, List.of(), false);
    }

    /** Whether the person has agreed by it. */
    public boolean isAgreement() {
      return isChanged && consent.state() == State.OPTED_IN && !consent.held();
    }
  }

  public static Speech speech(String text, SmsPolicy policy) {
    return switch (Keywords.decide(text, policy)) {
      case STOP, HELP -> Speech.KEYWORD;
      case START -> Speech.CONSENT;
      case NONE -> Keywords.mayRefuse(text, policy) ? Speech.CONSENT : Speech.ANYTHING_ELSE;
    };
  }

  /**
   * @param now when it is heard
   */
  public static Heard decide(SmsConsent before, Said said, SmsPolicy policy, Instant now) {
    Said heard = said.heardAt(now);
    return switch (Keywords.decide(said.text(), policy)) {
      case STOP -> stopped(before, heard);
      case START -> started(before, heard, now);
      case HELP -> helped(before, heard);
      case NONE -> spoken(before, heard, policy);
    };
  }

  private static Heard stopped(SmsConsent before, Said said) {
    if (isLaterThan(said, before, each -> each.by().equals(START))) {
      return Heard.nothing(before, false);
    }
    return before.state() == State.OPTED_OUT
        ? stoppedAgain(before, said)
        : changed(before, said, State.OPTED_OUT, STOP, false, Answer.GOODBYE);
  }

  /** It is remembered, so that no start said in between counts; of many, the first and the last. */
  private static Heard stoppedAgain(SmsConsent before, Said said) {
    boolean isKnown =
        before.evidence().stream()
            .anyMatch(each -> each.by().equals(STOP) && !each.at().isBefore(said.at()));
    if (isKnown) {
      return Heard.nothing(before, false);
    }
    List<Evidence> all = before.evidence();
    int last = all.size() - 1;
    boolean isThird =
        last > 0 && all.get(last).by().equals(STOP) && all.get(last - 1).by().equals(STOP);
    SmsConsent shorter = isThird ? withEvidence(before, all.subList(0, last)) : before;
    Evidence evidence = evidence(said, State.OPTED_OUT, STOP);
    return new Heard(
        with(shorter, State.OPTED_OUT, false, evidence), false, Answer.NOTHING, List.of(), true);
  }

  /** Among people who have agreed already a yes is an answer to whatever was asked last. */
  private static Heard started(SmsConsent before, Said said, Instant now) {
    boolean agreed = before.state() == State.OPTED_IN && !before.held();
    if (agreed || isOvertaken(before, said) || isStale(before, said, now)) {
      return Heard.nothing(before, true);
    }
    return changed(before, said, State.OPTED_IN, START, true, Answer.NOTHING);
  }

  private static Heard helped(SmsConsent before, Said said) {
    long lately =
        before.evidence().stream()
            .filter(each -> each.by().equals(HELP))
            .filter(each -> each.at().isAfter(said.at().minus(HELP_PERIOD)))
            .count();
    if (lately >= MOST_HELP) {
      return Heard.nothing(before, true);
    }
    return new Heard(
        with(before, before.state(), before.held(), evidence(said, before.state(), HELP)),
        false,
        Answer.HELP,
        List.of(),
        true);
  }

  /** Any reasonable words count (47 CFR 64.1200(a)(10)), and only a person can tell. */
  private static Heard spoken(SmsConsent before, Said said, SmsPolicy policy) {
    boolean holds =
        before.state() != State.OPTED_OUT
            && !before.held()
            && Keywords.mayRefuse(said.text(), policy);
    if (!holds) {
      return Heard.nothing(before, true);
    }
    return new Heard(
        with(before, before.state(), true, evidence(said, before.state(), OWN_WORDS)),
        true,
        Answer.NOTHING,
        List.of(new AuditFact.SmsHeld("the customer may have refused in own words")),
        true);
  }

  private static Heard changed(
      SmsConsent before, Said said, State state, String by, boolean isWork, Answer answer) {
    List<AuditFact> facts = new ArrayList<>();
    facts.add(new AuditFact.ConsentChanged(state.code(), by));
    if (before.held()) {
      facts.add(new AuditFact.SmsReleased());
    }
    return new Heard(
        with(before, state, false, evidence(said, state, by)), isWork, answer, facts, true);
  }

  /**
   * Messages overtake each other on their way. A start gives way to every later end, whoever
   * recorded it: the person, an agent, a gateway; and to a later refusal in own words.
   */
  private static boolean isOvertaken(SmsConsent before, Said said) {
    return isLaterThan(
        said,
        before,
        each ->
            (each.state() == State.OPTED_OUT && !each.by().equals(HELP))
                || (before.held() && each.by().equals(OWN_WORDS)));
  }

  private static boolean isLaterThan(Said said, SmsConsent before, Predicate<Evidence> which) {
    return before.evidence().stream().filter(which).anyMatch(each -> each.at().isAfter(said.at()));
  }

  /** Words found in an old mailbox; what answers our request counts however late it comes. */
  private static boolean isStale(SmsConsent before, Said said, Instant now) {
    boolean answersUs =
        before.evidence().stream()
            .filter(each -> each.state() == State.REQUESTED)
            .anyMatch(each -> !each.at().isAfter(said.at()));
    return !answersUs && said.at().isBefore(now.minus(START_COUNTS));
  }

  private static Evidence evidence(Said said, State state, String by) {
    return new Evidence(said.at(), state, by, said.reference());
  }

  static SmsConsent with(SmsConsent before, State state, boolean held, Evidence evidence) {
    List<Evidence> all = new ArrayList<>(before.evidence());
    all.add(evidence);
    return new SmsConsent(before.ours(), before.theirs(), state, held, all, before.version());
  }

  private static SmsConsent withEvidence(SmsConsent before, List<Evidence> evidence) {
    return new SmsConsent(
        before.ours(), before.theirs(), before.state(), before.held(), evidence, before.version());
  }
}
