package io.engage.imap.fetching;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.ImapMail;
import io.engage.imap.OtherProgram;
import io.engage.imap.Shop;
import io.engage.imap.TurnCounter;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.UidRange;
import io.engage.model.message.Blob;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.testkit.peers.Dovecot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Much mail, and large mail. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DovecotVolumeTest {
  private static final int LARGE = 300 << 20;
  private static final int TRIES = 5;

  private static Dovecot dovecot;

  private final String user = Shop.newUser();

  @BeforeAll
  static void start() {
    dovecot = Dovecot.start();
  }

  @AfterAll
  static void stop() {
    if (dovecot != null) {
      dovecot.close();
    }
  }

  @Test
  @Tag("SY-1")
  void a_thousand_mails_of_34_kilobytes_take_at_most_ten_round_trips_and_no_change_three() {
    deliver(1_000, 34_000);

    Turns least = leastOf(this::importAll);

    assertThat(least.look()).isLessThanOrEqualTo(3);
    assertThat(least.look() + least.after()).isLessThanOrEqualTo(10);
  }

  /**
   * @param look up to what is known of the folder
   * @param after from there on
   */
  private record Turns(int look, int after) {}

  /**
   * A thread that was kept waiting between two commands that belong together makes two turns of
   * one, and nothing makes fewer: the least of some tries is what is needed.
   */
  private static Turns leastOf(Supplier<Turns> once) {
    List<Turns> tries = Stream.generate(once).limit(TRIES).toList();
    return new Turns(
        tries.stream().mapToInt(Turns::look).min().orElseThrow(),
        tries.stream().mapToInt(Turns::after).min().orElseThrow());
  }

  private Turns importAll() {
    List<Integer> counts = new ArrayList<>();
    try (TurnCounter counter = TurnCounter.before(dovecot.port());
        MailboxSession session = open(counter.port())) {
      FolderState state = session.look("INBOX");
      int look = counter.turns();
      session.fetch(
          FolderCursor.start(state.folder(), state.uidValidity()),
          state.lastUid(),
          new Shop.ForgetfulBlobs(),
          batch -> counts.add(batch.mails().size()));
      assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
      assertThat(counts).hasSizeGreaterThan(5);
      return new Turns(look, counter.turns() - look);
    }
  }

  @Test
  @Tag("SY-6")
  void where_nothing_changed_a_survey_takes_as_many_round_trips_in_a_large_folder_as_in_a_small() {
    deliver(3_000, 10);

    Turns least = leastOf(this::surveyAll);

    assertThat(least.after()).isLessThanOrEqualTo(3);
  }

  private Turns surveyAll() {
    List<FolderSurvey> surveys = new ArrayList<>();
    try (TurnCounter counter = TurnCounter.before(dovecot.port());
        MailboxSession session = open(counter.port())) {
      FolderState state = session.look("INBOX");
      FolderCursor compared = compared(state);
      int look = counter.turns();

      session.survey(compared, surveys::add);

      assertThat(surveys)
          .containsExactly(
              new FolderSurvey(
                  state.folder(),
                  state.uidValidity(),
                  1,
                  3_000,
                  List.of(new UidRange(1, 3_000)),
                  Map.of()));
      return new Turns(look, counter.turns() - look);
    }
  }

  @Test
  @Tag("SY-6")
  void of_flags_without_end_only_a_window_is_held_and_none_is_left_out() {
    deliver(1, 10);
    copyUntil(65_536);
    List<FolderSurvey> surveys = new ArrayList<>();
    Map<Long, Boolean> seen = new HashMap<>();
    try (MailboxSession session = open(dovecot.port());
        OtherProgram program = OtherProgram.logIn(dovecot.port(), user, Dovecot.PASSWORD)) {
      FolderCursor compared = compared(session.look("INBOX"));
      program.run("SELECT INBOX");
      program.run("STORE 1:60000 +FLAGS.SILENT (\\Seen)");

      session.survey(compared, surveys::add);
    }

    surveys.forEach(survey -> seen.putAll(survey.seen()));
    assertThat(surveys).hasSizeBetween(3, 8).allMatch(survey -> survey.seen().size() <= 20_000);
    assertThat(surveys).extracting(FolderSurvey::from).isSorted().startsWith(1L);
    assertThat(surveys).allMatch(survey -> survey.present().size() == 1);
    assertThat(seen).hasSize(60_000).doesNotContainValue(false);
    assertThat(surveys.get(surveys.size() - 1).to()).isEqualTo(65_536);
  }

  private void copyUntil(int count) {
    try (OtherProgram program = OtherProgram.logIn(dovecot.port(), user, Dovecot.PASSWORD)) {
      program.run("SELECT INBOX");
      for (int mails = 1; mails < count; mails *= 2) {
        program.run("COPY 1:" + mails + " INBOX");
      }
    }
  }

  private static FolderCursor compared(FolderState state) {
    return FolderCursor.start(state.folder(), state.uidValidity())
        .at(state.lastUid())
        .compared(state.highestModSeq(), state.messages());
  }

  @Test
  @Tag("SY-2")
  void mails_that_another_program_deletes_meanwhile_cost_none_of_the_others() {
    deliver(600, 20_000);
    List<Long> uids = new ArrayList<>();
    try (MailboxSession session = open(dovecot.port());
        OtherProgram program = OtherProgram.logIn(dovecot.port(), user, Dovecot.PASSWORD)) {
      program.run("SELECT INBOX");
      FolderState state = session.look("INBOX");

      session.fetch(
          FolderCursor.start(state.folder(), state.uidValidity()),
          state.lastUid(),
          new Shop.ForgetfulBlobs(),
          batch -> {
            batch.mails().forEach(mail -> uids.add(mail.uid().uid()));
            assertThat(batch.missing()).isEmpty();
            if (uids.size() < 300) {
              program.run("UID STORE 590:600 +FLAGS (\\Deleted)");
              program.run("EXPUNGE");
            }
          });
    }

    assertThat(uids).hasSizeBetween(589, 600).isSorted().doesNotHaveDuplicates();
    assertThat(uids.subList(0, 589)).endsWith(589L);
  }

  @Test
  @Tag("G-12")
  void a_mail_of_300_megabytes_passes_a_heap_of_64() throws IOException, InterruptedException {
    deliver(1, 10);
    Blob large = deliver(1, LARGE);
    deliver(1, 10);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                FetchAll.class.getName(),
                Integer.toString(dovecot.port()),
                user)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    assertThat(output.lines().filter(line -> line.startsWith("fetched ")).toList())
        .as(output)
        .hasSize(3)
        .contains("fetched " + large);
  }

  /** Runs in a small heap of its own. */
  static final class FetchAll {
    private FetchAll() {}

    public static void main(String[] arguments) {
      int port = Integer.parseInt(arguments[0]);
      ImapMail mail =
          ImapMail.builder(Shop.password(Dovecot.PASSWORD)).largestMail(2L * LARGE).build();
      try (MailboxSession session = mail.source().open(account(port, arguments[1]))) {
        FolderState state = session.look("INBOX");
        session.fetch(
            FolderCursor.start(state.folder(), state.uidValidity()),
            state.lastUid(),
            new Shop.ForgetfulBlobs(),
            batch ->
                batch
                    .mails()
                    .forEach(fetched -> System.out.println("fetched " + fetched.source())));
      }
    }
  }

  private MailboxSession open(int port) {
    return ImapMail.create(Shop.password(Dovecot.PASSWORD)).source().open(account(port, user));
  }

  private static MailAccount account(int port, String user) {
    return MailAccount.of("workshop", user, ServerEndpoint.loopback(port), null);
  }

  /** Returns what each of them is. */
  private Blob deliver(int count, int bytes) {
    byte[] header = "Subject: strap\r\n\r\n".getBytes(US_ASCII);
    byte[] lines = ("x".repeat(78) + "\r\n").repeat(100).getBytes(US_ASCII);
    int times = bytes / lines.length + 1;
    try (OtherProgram program = OtherProgram.logIn(dovecot.port(), user, Dovecot.PASSWORD)) {
      for (int i = 0; i < count; i++) {
        program.append("INBOX", header, lines, times);
      }
    }
    return Shop.blob(header, lines, times);
  }
}
