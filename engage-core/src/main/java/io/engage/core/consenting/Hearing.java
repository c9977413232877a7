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

  private Hearing() {}

  /** What is answered without anybody's doing. */
  public enum Answer {
    NOTHING,
    GOODBYE,
    HELP
  }

  /**
   * What was said, when, and in which message.
   *
   * @param reference the id of the message
   */
  public record Said(String text, Instant at, String reference) {
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
   */
  public record Heard(SmsConsent consent, boolean isWork, Answer answer, List<AuditFact> facts) {
    public Heard {
      facts = List.copyOf(facts);
    }

    /** Whether the consent has to be stored. */
    public boolean isChanged() {
      return !facts.isEmpty() || answer != Answer.NOTHING;
    }
  }

  public static Heard decide(SmsConsent before, Said said, SmsPolicy policy) {
    Keyword keyword = Keywords.decide(said.text(), policy);
    return switch (keyword) {
      case STOP -> stopped(before, said);
      case START -> started(before, said);
      case HELP -> helped(before, said);
      case NONE -> spoken(before, said, policy);
    };
  }

  private static Heard stopped(SmsConsent before, Said said) {
    if (before.state() == State.OPTED_OUT || isOvertaken(before, said)) {
      return new Heard(before, false, Answer.NOTHING, List.of());
    }
    return changed(before, said, State.OPTED_OUT, "STOP", false, Answer.GOODBYE);
  }

  /** Among people who have agreed already a yes is an answer to whatever was asked last. */
  private static Heard started(SmsConsent before, Said said) {
    boolean agreed = before.state() == State.OPTED_IN && !before.held();
    if (agreed || isOvertaken(before, said)) {
      return new Heard(before, true, Answer.NOTHING, List.of());
    }
    return changed(before, said, State.OPTED_IN, "START", true, Answer.NOTHING);
  }

  private static Heard helped(SmsConsent before, Said said) {
    long lately =
        before.evidence().stream()
            .filter(each -> each.by().equals("HELP"))
            .filter(each -> each.at().isAfter(said.at().minus(HELP_PERIOD)))
            .count();
    if (lately >= MOST_HELP) {
      return new Heard(before, true, Answer.NOTHING, List.of());
    }
    return new Heard(
        with(before, before.state(), before.held(), evidence(said, before.state(), "HELP")),
        false,
        Answer.HELP,
        List.of());
  }

  /** Any reasonable words count (47 CFR 64.1200(a)(10)), and only a person can tell. */
  private static Heard spoken(SmsConsent before, Said said, SmsPolicy policy) {
    boolean holds =
        before.state() != State.OPTED_OUT
            && !before.held()
            && Keywords.mayRefuse(said.text(), policy);
    if (!holds) {
      return new Heard(before, true, Answer.NOTHING, List.of());
    }
    return new Heard(
        with(before, before.state(), true, evidence(said, before.state(), "own words")),
        true,
        Answer.NOTHING,
        List.of(new AuditFact.SmsHeld("the customer may have refused in own words")));
  }

  private static Heard changed(
      SmsConsent before, Said said, State state, String by, boolean isWork, Answer answer) {
    List<AuditFact> facts = new ArrayList<>();
    facts.add(new AuditFact.ConsentChanged(state.code(), by));
    if (before.held()) {
      facts.add(new AuditFact.SmsReleased());
    }
    return new Heard(with(before, state, false, evidence(said, state, by)), isWork, answer, facts);
  }

  /** Messages overtake each other on their way: the last word is the one that was said last. */
  private static boolean isOvertaken(SmsConsent before, Said said) {
    return before.evidence().stream()
        .filter(each -> each.by().equals("STOP") || each.by().equals("START"))
        .anyMatch(each -> each.at().isAfter(said.at()));
  }

  private static Evidence evidence(Said said, State state, String by) {
    return new Evidence(said.at(), state, by, said.reference());
  }

  static SmsConsent with(SmsConsent before, State state, boolean held, Evidence evidence) {
    List<Evidence> all = new ArrayList<>(before.evidence());
    all.add(evidence);
    return new SmsConsent(before.ours(), before.theirs(), state, held, all, before.version());
  }
}
