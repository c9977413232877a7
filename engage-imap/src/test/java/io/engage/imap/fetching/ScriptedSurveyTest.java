package io.engage.imap.fetching;

import static io.engage.testkit.ScriptedServer.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.UidRange;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How servers answer a survey when they do not answer as they should. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("SY-6")
class ScriptedSurveyTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final String ALL = "IMAP4rev1 CONDSTORE ESEARCH";
  private static final String LIST = "(\\S+) UID SEARCH UID 1:12";
  private static final String RANGES = "(\\S+) UID SEARCH RETURN \\(ALL\\) UID 1:12";
  private static final String FLAGS = "(\\S+) UID FETCH 1:12 \\(UID FLAGS\\)";
  private static final String CHANGES = FLAGS + " \\(CHANGEDSINCE 40\\)";
  private static final FolderCursor COMPARED =
      FolderCursor.start(new ServerFolder(AccountId.of("workshop"), "INBOX"), 7)
          .at(12)
          .compared(40, 3);

  private final List<FolderSurvey> surveys = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HIGHESTMODSEQ 9223372036854775807 | 9223372036854775807",
        "HIGHESTMODSEQ 1 | 1",
        "HIGHESTMODSEQ 0 | 0",
        "HIGHESTMODSEQ -1 | 0",
        "HIGHESTMODSEQ (-1) | 0",
        "HIGHESTMODSEQ 99999999999999999999 | 0",
        "HIGHESTMODSEQ | 0",
        "NOMODSEQ | 0",
      })
  void odd_counts_of_changes_are_none(String said, long count) {
    try (ScriptedServer server = ScriptedServer.start(open(ALL, said).obey());
        MailboxSession session = session(server)) {
      assertThat(session.look("INBOX").highestModSeq()).isEqualTo(count);
    }
  }

  @Test
  void a_count_without_the_capability_means_nothing() {
    try (ScriptedServer server =
            ScriptedServer.start(open("IMAP4rev1", "HIGHESTMODSEQ 50").obey());
        MailboxSession session = session(server)) {
      assertThat(session.look("INBOX").highestModSeq()).isZero();
    }
  }

  @Test
  void a_server_that_does_not_know_its_own_condstore_is_asked_without() {
    Script script =
        loggedIn(ALL)
            .whenever("(\\S+) EXAMINE INBOX \\(CONDSTORE\\)", "$1 BAD what?")
            .whenever(
                "(\\S+) EXAMINE INBOX",
                "* 3 EXISTS",
                "* OK [UIDVALIDITY 7] x",
                "* OK [UIDNEXT 13] x",
                "$1 OK open")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        MailboxSession session = session(server)) {
      assertThat(session.look("INBOX").highestModSeq()).isZero();
      assertThat(session.look("INBOX").lastUid()).isEqualTo(12);

      assertThat(server.received()).filteredOn(line -> line.contains("CONDSTORE")).hasSize(1);
    }
  }

  @Test
  void capabilities_that_are_told_late_are_used() {
    Script script =
        script()
            .say("* OK [CAPABILITY IMAP4rev1] ready")
            .expect("(\\S+) LOGIN .*")
            .say("$1 OK in")
            .whenever("(\\S+) CAPABILITY", "* CAPABILITY " + ALL, "$1 OK")
            .whenever("(\\S+) EXAMINE INBOX", folder("NOMODSEQ"))
            .whenever("(\\S+) EXAMINE INBOX \\(CONDSTORE\\)", folder("HIGHESTMODSEQ 50"))
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        MailboxSession session = session(server)) {
      assertThat(session.look("INBOX").highestModSeq()).isEqualTo(50);
    }
  }

  @Test
  void changes_and_ranges_are_asked_for_at_once() {
    survey(
        counting(ALL)
            .whenever(CHANGES, "* 2 FETCH (UID 5 MODSEQ (44) FLAGS (\\Seen $Odd))", "$1 OK")
            .whenever(
                RANGES, "* ESEARCH (TAG \"$1\") UID COUNT 6 ALL 12,2:5,9 MODSEQ 50", "$1 OK"));

    assertThat(surveys)
        .containsExactly(
            found(
                List.of(new UidRange(2, 5), new UidRange(9, 9), new UidRange(12, 12)),
                Map.of(5L, true)));
  }

  @Test
  void a_server_without_esearch_is_asked_for_a_list() {
    survey(
        counting("IMAP4rev1 CONDSTORE")
            .whenever(CHANGES, "$1 OK")
            .whenever(LIST, "* SEARCH 9 2 3 (MODSEQ 50)", "* SEARCH 4", "$1 OK"));

    assertThat(surveys)
        .containsExactly(found(List.of(new UidRange(2, 4), new UidRange(9, 9)), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* ESEARCH (TAG \"$1\") ALL 1:2",
        "* ESEARCH (TAG \"$1\") UID ALL 1:x",
        "* ESEARCH (TAG \"$1\") UID ALL 0:99999999999999999999",
        "* ESEARCH (TAG \"$1\") UID ALL",
        "* ESEARCH (TAG \"$1\") UID PARTIAL (1:2 5) ALL 5",
        "* ESEARCH (TAG \"other\") UID ALL 7",
        "* ESEARCH (TAG \"$1",
        "* SEARCH here and there",
        "* OK nothing else"
      })
  void ranges_that_cannot_be_understood_make_no_mail_look_deleted(String answer) {
    survey(
        counting(ALL)
            .whenever(CHANGES, "$1 OK")
            .whenever(RANGES, answer, "$1 OK")
            .whenever(LIST, "* SEARCH 3 5", "$1 OK"));

    assertThat(surveys)
        .containsExactly(found(List.of(new UidRange(3, 3), new UidRange(5, 5)), Map.of()));
  }

  @Test
  void a_server_that_refuses_return_is_asked_for_a_list() {
    survey(
        counting(ALL)
            .whenever(CHANGES, "$1 OK")
            .whenever(RANGES, "$1 BAD what?")
            .whenever(LIST, "* SEARCH 3 5", "$1 OK"));

    assertThat(surveys)
        .containsExactly(found(List.of(new UidRange(3, 3), new UidRange(5, 5)), Map.of()));
  }

  @Test
  void a_server_that_says_ok_and_nothing_else_is_asked_for_all_flags() {
    survey(
        counting(ALL)
            .whenever(CHANGES, "$1 OK")
            .whenever(RANGES, "$1 OK")
            .whenever(LIST, "$1 OK")
            .whenever(
                FLAGS,
                "* 1 FETCH (UID 3 FLAGS ())",
                "* 2 EXPUNGE",
                "* 2 FETCH (FLAGS (\\Seen) UID 5)",
                "* 3 FETCH (UID 99 FLAGS (\\Seen))",
                "$1 OK"));

    assertThat(surveys)
        .containsExactly(
            found(List.of(new UidRange(3, 3), new UidRange(5, 5)), Map.of(3L, false, 5L, true)));
  }

  @Test
  @Tag("G-10")
  void flags_that_cannot_be_read_are_asked_for_by_search() {
    String[] odd = {"* 1 FETCH (UID 3 FLAGS (\\Seen) MODSEQ (-1))", "$1 OK"};
    survey(
        counting(ALL)
            .whenever(CHANGES, odd)
            .whenever(FLAGS, odd)
            .whenever(RANGES, "* ESEARCH (TAG \"$1\") UID ALL 3:5", "$1 OK")
            .whenever(LIST, "* SEARCH 3 4 5", "$1 OK")
            .whenever(LIST + " SEEN", "* SEARCH 3", "$1 OK"));

    assertThat(surveys)
        .containsExactly(
            found(List.of(new UidRange(3, 5)), Map.of(3L, true, 4L, false, 5L, false)));
  }

  @Test
  @Tag("G-10")
  void what_cannot_be_found_out_is_a_failure_and_no_survey() {
    Script mute =
        counting("IMAP4rev1")
            .whenever(FLAGS, "$1 NO some cannot be read")
            .whenever(LIST, "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(mute);
        MailboxSession session = session(server)) {
      assertThatThrownBy(() -> session.survey(COMPARED, surveys::add))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL));
    }
    assertThat(surveys).isEmpty();
  }

  @Test
  void a_server_that_is_busy_is_not_asked_in_another_way() {
    Script busy =
        counting(ALL)
            .whenever(CHANGES, "$1 NO [UNAVAILABLE] later")
            .whenever(RANGES, "* ESEARCH (TAG \"$1\") UID ALL 3", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(busy);
        MailboxSession session = session(server)) {
      assertThatThrownBy(() -> session.survey(COMPARED, surveys::add))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.BUSY));
      assertThat(session.look("INBOX").lastUid()).isEqualTo(12);
    }
    assertThat(surveys).isEmpty();
  }

  private void survey(Script script) {
    try (ScriptedServer server = ScriptedServer.start(script.obey());
        MailboxSession session = session(server)) {
      session.survey(COMPARED, surveys::add);

      assertThat(server.problems()).isEmpty();
    }
  }

  private static FolderSurvey found(List<UidRange> present, Map<Long, Boolean> seen) {
    return new FolderSurvey(COMPARED.folder(), 7, 1, 12, present, seen);
  }

  private static Script loggedIn(String capabilities) {
    return script()
        .say("* OK [CAPABILITY " + capabilities + "] ready")
        .whenever("(\\S+) LOGOUT", "* BYE", "$1 OK")
        .expect("(\\S+) LOGIN .*")
        .say("$1 OK [CAPABILITY " + capabilities + "] in");
  }

  private static Script open(String capabilities, String code) {
    return loggedIn(capabilities).whenever("(\\S+) EXAMINE INBOX( \\(CONDSTORE\\))?", folder(code));
  }

  private static Script counting(String capabilities) {
    return open(capabilities, "HIGHESTMODSEQ 50").whenever("(\\S+) NOOP", "$1 OK");
  }

  private static String[] folder(String code) {
    return new String[] {
      "* 3 EXISTS",
      "* OK [UIDVALIDITY 7] x",
      "* OK [UIDNEXT 13] x",
      "* OK [" + code + "] x",
      "$1 OK open"
    };
  }

  private static MailboxSession session(ScriptedServer server) {
    MailAccount account =
        MailAccount.of("workshop", "ana", ServerEndpoint.loopback(server.port()), null);
    return ImapMail.builder(Shop.password("watch"))
        .connectTimeout(PATIENCE)
        .silenceTimeout(PATIENCE)
        .commandTimeout(PATIENCE.multipliedBy(2))
        .build()
        .source()
        .open(account);
  }
}
