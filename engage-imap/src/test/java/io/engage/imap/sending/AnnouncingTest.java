package io.engage.imap.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.Shop;
import io.engage.imap.sending.Announcing.Then;
import io.engage.imap.sending.Announcing.Verdict;
import io.engage.model.address.EmailAddress;
import io.engage.model.outbox.SmtpReply;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
class AnnouncingTest {
  private static final List<EmailAddress> BOTH = List.of(Shop.ANA, Shop.BEN);

  @ParameterizedTest
  @CsvSource({"''", "250", "250 250", "250 250 550", "250 451 250"})
  void as_long_as_somebody_may_get_it_the_server_is_asked_on(String codes) {
    assertThat(decide(codes)).isInstanceOf(Verdict.Unfinished.class);
  }

  @Test
  @Tag("G-43")
  void the_content_is_wanted_for_those_who_were_not_refused() {
    Verdict verdict = decide("250 550 250 354");

    assertThat(verdict).isEqualTo(new Verdict.Wanted(Map.of(Shop.ANA, reply(550))));
  }

  @ParameterizedTest
  @CsvSource({
    "550, 550, RESET",
    "550 503, 550, RESET",
    "550 503 503, 550, RESET",
    "550 503 503 503, 550, RESET",
    "550 503 503 354, 550, END_NOTHING",
    "550 250 503 354, 550, LEAVE",
    "421, 421, LEAVE",
    "550 421, 550, LEAVE",
    "250 550 451, 451, RESET",
    "250 550 451 503, 451, RESET",
    "250 550 451 354, 451, END_NOTHING",
    "250 550 451 421, 421, LEAVE",
    "250 421, 421, LEAVE",
    "250 250 421, 421, LEAVE",
    "250 250 250 451, 451, RESET",
    "250 250 550 554, 554, RESET",
    "250 250 250 421, 421, LEAVE"
  })
  @Tag("G-43")
  void a_refused_mail_has_the_answer_that_refused_it_and_nothing_of_it_stays(
      String codes, int refusal, Then then) {
    assertThat(decide(codes))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.reply().code()).isEqualTo(refusal);
              assertThat(refused.then()).isEqualTo(then);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "354",
    "250 354",
    "250 250 354",
    "250 250 250 250",
    "250 250 250 221",
    "250 550 250 251"
  })
  @Tag("G-30")
  void an_answer_that_belongs_to_another_command_is_never_taken_for_a_yes(String codes) {
    assertThat(decide(codes)).isInstanceOf(Verdict.OutOfStep.class);
  }

  @Test
  void who_was_refused_before_anything_was_said_stays_refused() {
    Map<EmailAddress, SmtpReply> untold = Map.of(Shop.BEN, reply(553));

    Verdict verdict =
        Announcing.decide(untold, List.of(Shop.ANA), List.of(reply(250), reply(250), reply(354)));

    assertThat(verdict).isEqualTo(new Verdict.Wanted(untold));
  }

  private static Verdict decide(String codes) {
    List<SmtpReply> replies =
        Arrays.stream(codes.split(" "))
            .filter(code -> !code.isEmpty())
            .map(code -> reply(Integer.parseInt(code)))
            .toList();
    return Announcing.decide(Map.of(), BOTH, replies);
  }

  private static SmtpReply reply(int code) {
    return new SmtpReply(code, null, "");
  }
}
