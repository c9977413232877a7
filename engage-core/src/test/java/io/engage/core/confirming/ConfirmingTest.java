package io.engage.core.confirming;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.message.AnswerBudget;
import io.engage.model.message.TrustLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfirmingTest {
  private static final Instant NOW = Shop.MORNING;
  private static final Instant GO_LIVE = NOW.minus(Duration.ofHours(10));

  @Test
  void a_mail_of_a_verified_sender_is_answered() {
    assertThat(decide(mail(TrustLevel.VERIFIED, false))).isEmpty();
  }

  @Test
  void a_mail_of_a_known_contact_is_answered() {
    assertThat(decide(mail(TrustLevel.CLAIMED, true))).isEmpty();
  }

  @Test
  void whom_nobody_vouches_for_gets_nothing_and_whoever_may_be_forged_never() {
    assertThat(decide(mail(TrustLevel.CLAIMED, false))).get().asString().contains("vouches");
    assertThat(decide(mail(TrustLevel.TOKEN, false))).isPresent();
    assertThat(decide(mail(TrustLevel.SUSPICIOUS, true))).get().asString().contains("forged");
  }

  @Test
  @Tag("G-25")
  void mail_that_says_so_that_goes_round_or_comes_from_us_is_not_answered() {
    assertThat(decide(with("it is a list", false, 1, false))).contains("it is a list");
    assertThat(decide(with(null, true, 1, false))).get().asString().contains("our own");
    assertThat(decide(with(null, false, 50, false))).get().asString().contains("50 servers");
    assertThat(decide(with(null, false, 49, false))).isEmpty();
    assertThat(decide(with(null, false, 1, true))).get().asString().contains("answered");
  }

  @Test
  @Tag("G-17")
  void mail_from_before_the_go_live_is_not_answered_by_either_date() {
    Instant before = GO_LIVE.minusSeconds(1);

    assertThat(decide(from(before, NOW))).get().asString().contains("when answers began");
    assertThat(decide(from(NOW, before))).get().asString().contains("when answers began");
    assertThat(decide(from(GO_LIVE, GO_LIVE))).isEmpty();
    assertThat(decide(from(NOW, null))).isEmpty();
  }

  @Test
  @Tag("G-17")
  @Tag("IN-11")
  void mail_of_more_than_a_day_ago_is_not_answered_by_either_date() {
    Instant dayAgo = NOW.minus(Confirming.AWAITED);
    Instant before = dayAgo.minusMillis(1);

    assertThat(decide(since(dayAgo.minusSeconds(9), before, NOW))).get().asString().contains("day");
    assertThat(decide(since(dayAgo.minusSeconds(9), NOW, before))).get().asString().contains("day");
    assertThat(decide(since(dayAgo.minusSeconds(9), dayAgo, dayAgo))).isEmpty();
  }

  @Test
  @Tag("G-25")
  void a_correspondent_gets_one_answer_a_day() {
    AnswerBudget justNow = AnswerBudget.none("a").with(NOW.minus(Confirming.WINDOW).plusMillis(1));
    AnswerBudget yesterday = AnswerBudget.none("a").with(NOW.minus(Confirming.WINDOW));

    assertThat(decide(budgets(justNow, AnswerBudget.none("d"), TrustLevel.VERIFIED))).isPresent();
    assertThat(decide(budgets(yesterday, AnswerBudget.none("d"), TrustLevel.VERIFIED))).isEmpty();
  }

  @Test
  @Tag("G-25")
  void a_domain_gets_fewer_answers_a_day_when_nobody_verified_it() {
    AnswerBudget hundred = domain(Confirming.MOST_FOR_DOMAIN);
    AnswerBudget thousand = domain(Confirming.MOST_FOR_VERIFIED_DOMAIN);
    AnswerBudget none = AnswerBudget.none("a");

    assertThat(decide(budgets(none, hundred, TrustLevel.CLAIMED))).isPresent();
    assertThat(decide(budgets(none, hundred, TrustLevel.VERIFIED))).isEmpty();
    assertThat(decide(budgets(none, thousand, TrustLevel.VERIFIED))).isPresent();
  }

  private static AnswerBudget domain(int answers) {
    return new AnswerBudget("d", Collections.nCopies(answers, NOW.minusSeconds(60)), 1);
  }

  private static Optional<String> decide(Candidate candidate) {
    return Confirming.decide(candidate, NOW);
  }

  private static Candidate mail(TrustLevel trust, boolean known) {
    return new Candidate(null, trust, known, false, 3, false, NOW, NOW, GO_LIVE, none(), none());
  }

  private static Candidate with(String form, boolean ours, int hops, boolean answered) {
    return new Candidate(
        form, TrustLevel.VERIFIED, true, ours, hops, answered, NOW, NOW, GO_LIVE, none(), none());
  }

  private static Candidate from(Instant received, @Nullable Instant written) {
    return since(GO_LIVE, received, written);
  }

  private static Candidate since(Instant since, Instant received, @Nullable Instant written) {
    return new Candidate(
        null, TrustLevel.VERIFIED, true, false, 3, false, received, written, since, none(), none());
  }

  private static Candidate budgets(AnswerBudget sender, AnswerBudget domain, TrustLevel trust) {
    return new Candidate(null, trust, true, false, 3, false, NOW, NOW, GO_LIVE, sender, domain);
  }

  private static AnswerBudget none() {
    return AnswerBudget.none("none");
  }
}
