package io.engage.imap.fetching;

import static io.engage.testkit.ScriptedServer.script;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedBatch.MissingMail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mails that end the connection when they are fetched, and servers that end it for other reasons.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CuttingMailTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final long MAILS = 16;
  private static final long CUTTER = 20;
  private static final String WITH_CUTTER =
      "(\\S+) UID FETCH (?:\\S*,)?20(?:,\\S*)? \\(UID FLAGS.*";
  private static final String BODIES = "(\\S+) UID FETCH \\S+ \\(UID FLAGS.*";
  private static final String SIZES = "(\\S+) UID FETCH \\S+ \\(UID RFC822.SIZE\\)";
  private static final String TEXT = new String(Shop.mail("strap"), US_ASCII);

  private final List<FetchedBatch> batches = new ArrayList<>();

  @Test
  @Tag("G-9")
  void a_mail_that_cuts_the_connection_is_named_and_all_the_others_arrive_once() {
    try (ScriptedServer server = ScriptedServer.start(folder(script().drop(), sizes()))) {
      fetchAll(server);

      assertThat(uids()).containsExactlyElementsOf(allBut(CUTTER));
      assertThat(missing()).extracting(each -> each.uid().uid()).containsExactly(CUTTER);
      assertThat(missing()).extracting(MissingMail::reason).allMatch(why -> why.contains("breaks"));
      assertThat(batches.get(batches.size() - 1).upToUid()).isEqualTo(2 * MAILS);
      assertThat(logins(server)).isLessThanOrEqualTo(10);
    }
  }

  @Test
  @Tag("G-9")
  void what_came_before_the_cut_is_not_fetched_again() {
    Script inTheMiddle = bodiesOf(allBut(CUTTER).subList(0, 9)).and(half()).drop();
    try (ScriptedServer server = ScriptedServer.start(folder(inTheMiddle, sizes()))) {
      fetchAll(server);

      assertThat(uids()).containsExactlyElementsOf(allBut(CUTTER));
      assertThat(missing()).extracting(each -> each.uid().uid()).containsExactly(CUTTER);
      assertThat(server.received())
          .filteredOn(line -> line.matches(".* UID FETCH 2,.*"))
          .hasSize(1);
    }
  }

  @Test
  @Tag("G-33")
  void a_mail_at_which_the_server_falls_silent_is_named_in_bounded_time() {
    Instant before = Instant.now();
    try (ScriptedServer server = ScriptedServer.start(folder(half().silence(), sizes()))) {
      fetchAll(server);
    }

    assertThat(missing()).extracting(each -> each.uid().uid()).containsExactly(CUTTER);
    assertThat(uids()).containsExactlyElementsOf(allBut(CUTTER));
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  @Tag("G-8")
  void a_connection_that_breaks_once_costs_no_mail() {
    Script once = folder(script().drop(), sizes());
    Script good = folder(bodiesOf(all()).say("$1 OK"), sizes());
    try (ScriptedServer server = ScriptedServer.start(once, good)) {
      fetchAll(server);

      assertThat(logins(server)).isEqualTo(2);
    }
    assertThat(uids()).containsExactlyElementsOf(all());
    assertThat(missing()).isEmpty();
  }

  @Test
  @Tag("G-9")
  void a_size_that_cuts_the_connection_is_not_asked_for_again() {
    Script server =
        folder(bodiesOf(all()).say("$1 OK"), script().drop())
            .whenever(
                "(\\S+) UID SEARCH UID \\S+",
                "* SEARCH " + String.join(" ", all().stream().map(String::valueOf).toList()),
                "$1 OK");
    try (ScriptedServer scripted = ScriptedServer.start(server)) {
      fetchAll(scripted);
    }

    assertThat(uids()).containsExactlyElementsOf(all());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* BYE",
        "* BYE Autologout; idle for too long",
        "* BYE Account exceeded command or bandwidth limits. x",
        "* BYE [UNAVAILABLE] come back"
      })
  @Tag("G-9")
  void a_goodbye_is_no_fault_of_a_mail(String bye) {
    try (ScriptedServer server = ScriptedServer.start(folder(script().say(bye).drop(), sizes()))) {
      assertThatThrownBy(() -> fetchAll(server)).isInstanceOf(MailAccessFailure.class);

      assertThat(logins(server)).isEqualTo(1);
    }
    assertThat(missing()).isEmpty();
  }

  @Test
  @Tag("G-9")
  void a_server_that_asks_to_come_back_later_after_a_cut_is_left_alone() {
    Script busy =
        script()
            .say("* OK [CAPABILITY IMAP4rev1] ready")
            .expect("(\\S+) LOGIN .*")
            .say("$1 NO [THROTTLED] slow down");
    try (ScriptedServer server = ScriptedServer.start(folder(script().drop(), sizes()), busy)) {
      assertThatThrownBy(() -> fetchAll(server))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.BUSY));
    }
    assertThat(missing()).isEmpty();
  }

  @Test
  @Tag("G-8")
  void a_server_that_gives_no_mail_at_all_is_to_blame_itself_and_no_mail_is_named() {
    Script stubborn = folder(script().drop(), sizes(), script().drop());
    try (ScriptedServer server = ScriptedServer.start(stubborn)) {
      assertThatThrownBy(() -> fetchAll(server)).isInstanceOf(MailAccessFailure.class);

      assertThat(logins(server)).isLessThanOrEqualTo(CutBatch.CUTS_WITHOUT_A_MAIL + 2);
    }
    assertThat(batches).isEmpty();
  }

  @Test
  @Tag("G-8")
  void a_full_disk_is_no_fault_of_a_mail() {
    Script good = folder(bodiesOf(all()).say("$1 OK"), sizes());
    try (ScriptedServer server = ScriptedServer.start(good);
        MailboxSession session = session(server)) {
      assertThatThrownBy(() -> fetch(session, new FullDisk()))
          .isInstanceOf(MailAccessFailure.class);

      assertThat(logins(server)).isEqualTo(1);
    }
    assertThat(batches).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$1 NO [THROTTLED] slow down",
        "$1 NO [UNAVAILABLE] not now",
        "$1 NO [LIMIT] enough",
        "$1 NO [INUSE] taken",
        "$1 NO Request is throttled. Suggested Backoff Time: 12345 milliseconds",
        "$1 BAD Request is throttled. Suggested Backoff Time: 12345 milliseconds",
        "$1 BAD User is authenticated but not connected."
      })
  @Tag("G-9")
  void throttling_in_the_middle_of_mails_makes_none_of_them_missing(String answer) {
    Script throttled = folder(script().say(answer), sizes());
    try (ScriptedServer server = ScriptedServer.start(throttled)) {
      assertThatThrownBy(() -> fetchAll(server))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.BUSY);
                assertThat(failure.retryAfter())
                    .isEqualTo(
                        answer.contains("Backoff")
                            ? Optional.of(Duration.ofMillis(12_345))
                            : Optional.empty());
                assertThat(failure).hasMessageContaining("it asks to come back later");
              });
      assertThat(logins(server)).isEqualTo(1);
    }
    assertThat(missing()).isEmpty();
  }

  @Test
  @Tag("G-9")
  void a_single_mail_that_is_throttled_is_not_missing() {
    Script throttled =
        folder(script().say("$1 OK"), sizes())
            .whenever("(\\S+) UID FETCH 20 .*", "$1 NO [THROTTLED] slow down");
    try (ScriptedServer server = ScriptedServer.start(throttled)) {
      assertThatThrownBy(() -> fetchAll(server)).isInstanceOf(MailAccessFailure.class);
    }
    assertThat(missing()).isEmpty();
  }

  @Test
  @Tag("G-10")
  void everything_odd_at_once_costs_no_mail_and_doubles_none() {
    Script odd =
        script()
            .say("* 17 EXISTS", "* 17 EXPUNGE", "* whatever this is", "* 99 FETCH (((")
            .say("* FLAGS (\\Seen $Odd NonJunk \\*)", "* 3 FETCH (FLAGS (\\Seen) MODSEQ (-1))")
            .and(
                bodiesOf(
                    LongStream.rangeClosed(1, MAILS)
                        .map(i -> 2 * MAILS + 2 - 2 * i)
                        .boxed()
                        .toList()))
            .and(bodiesOf(List.of(2L, 20L, 999L)))
            .say("* OK [PARSE] cannot", "$1 OK");
    try (ScriptedServer server = ScriptedServer.start(folder(odd, sizes()))) {
      fetchAll(server);
    }

    assertThat(uids()).containsExactlyElementsOf(all());
    assertThat(missing()).isEmpty();
  }

  @Test
  @Tag("G-10")
  void a_literal8_and_a_mail_without_a_size_arrive() {
    Script eight =
        script()
            .and(bodiesOf(allBut(CUTTER)))
            .say("* 10 FETCH (UID 20 FLAGS () BODY[]<0> ~{%d}".formatted(TEXT.length()), TEXT + ")")
            .say("$1 OK");
    Script withoutOne = sizesOf(allBut(CUTTER)).say("* 10 FETCH (UID 20)", "$1 OK");
    try (ScriptedServer server =
        ScriptedServer.start(
            folder(eight, withoutOne)
                .whenever(
                    "(\\S+) UID FETCH 20 \\(UID BODY.*",
                    "* 10 FETCH (UID 20 BODY[]<0> {%d}".formatted(TEXT.length()),
                    TEXT + ")",
                    "$1 OK"))) {
      fetchAll(server);
    }

    assertThat(uids()).containsExactlyElementsOf(all());
  }

  @Test
  @Tag("G-10")
  void a_last_mail_that_answers_for_a_range_above_it_is_not_fetched_again() {
    Script server =
        folder(
            bodiesOf(all()).say("$1 OK"),
            script().say("* 16 FETCH (UID 32 RFC822.SIZE 9)", "$1 OK"));
    try (ScriptedServer scripted = ScriptedServer.start(server);
        MailboxSession session = session(scripted)) {
      FolderState state = session.look("INBOX");
      FolderCursor known = FolderCursor.start(state.folder(), state.uidValidity()).at(32);

      session.fetch(known, 40, new Shop.ForgetfulBlobs(), batches::add);
    }

    assertThat(uids()).isEmpty();
  }

  @Test
  @Tag("G-33")
  void a_mechanism_that_never_answers_ends_in_time() {
    Script mute =
        script()
            .say("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN] ready")
            .expect("(\\S+) AUTHENTICATE PLAIN.*")
            .silence();
    try (ScriptedServer server = ScriptedServer.start(mute)) {
      assertThatThrownBy(() -> session(server))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
    }
  }

  @Test
  void logindisabled_without_another_mechanism_is_said_in_plain_words() {
    Script closed = script().say("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready").obey();
    try (ScriptedServer server = ScriptedServer.start(closed)) {
      assertThatThrownBy(() -> session(server)).hasMessageContaining("takes no passwords");

      assertThat(server.received()).noneMatch(line -> line.contains("secret"));
    }
  }

  @Test
  void a_greeting_that_says_goodbye_is_a_failure_and_one_that_knows_us_needs_no_login() {
    Script bye = script().say("* BYE too many connections from your address").drop();
    Script known =
        script()
            .say("* PREAUTH [CAPABILITY IMAP4rev1] hi")
            .whenever("(\\S+) LOGOUT", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(bye, known)) {
      assertThatThrownBy(() -> session(server)).isInstanceOf(MailAccessFailure.class);

      session(server).close();

      assertThat(logins(server)).isZero();
    }
  }

  @Test
  @Tag("G-33")
  void closing_ends_in_time_while_another_thread_waits_for_a_server_that_hangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (ScriptedServer server =
        ScriptedServer.start(folder(script().waitFor(never), script().waitFor(never)))) {
      MailboxSession session = patientSession(server);
      FolderState state = session.look("INBOX");
      Future<?> fetching = threads.submit(() -> fetchAfter(session, state));
      Awaitility.await()
          .until(() -> server.received().stream().anyMatch(line -> line.matches(SIZES)));

      session.close();

      assertThatThrownBy(() -> fetching.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(MailAccessFailure.class);
      assertThat(logins(server)).isEqualTo(1);
    } finally {
      never.countDown();
      threads.shutdownNow();
    }
  }

  private static Script folder(Script whenCutter, Script sizes) {
    return folder(whenCutter, sizes, bodiesOf(allBut(CUTTER)).say("$1 OK"));
  }

  private static Script folder(Script whenCutter, Script sizes, Script otherwise) {
    return script()
        .say("* OK [CAPABILITY IMAP4rev1] ready")
        .whenever("(\\S+) LOGOUT", "* BYE", "$1 OK")
        .whenever("(\\S+) LOGIN .*", "$1 OK [CAPABILITY IMAP4rev1] in")
        .whenever(
            "(\\S+) EXAMINE INBOX",
            "* 16 EXISTS",
            "* OK [UIDVALIDITY 7] x",
            "* OK [UIDNEXT 33] x",
            "$1 OK [READ-ONLY] open")
        .whenever(SIZES, sizes)
        .whenever(WITH_CUTTER, whenCutter)
        .whenever(BODIES, otherwise)
        .obey();
  }

  private static Script sizes() {
    return sizesOf(all()).say("$1 OK");
  }

  private static Script sizesOf(List<Long> uids) {
    return script()
        .say(
            uids.stream()
                .map(
                    uid ->
                        "* %d FETCH (UID %d RFC822.SIZE %d)".formatted(uid / 2, uid, TEXT.length()))
                .toArray(String[]::new));
  }

  private static Script bodiesOf(List<Long> uids) {
    Script script = script();
    for (long uid : uids) {
      script =
          script.say(
              "* %d FETCH (UID %d FLAGS () BODY[]<0> {%d}".formatted(uid / 2, uid, TEXT.length()),
              TEXT + ")");
    }
    return script;
  }

  private static Script half() {
    return script().say("* 10 FETCH (UID 20 FLAGS () BODY[]<0> {500}", "Subject: half");
  }

  private static List<Long> all() {
    return LongStream.rangeClosed(1, MAILS).map(i -> 2 * i).boxed().toList();
  }

  private static List<Long> allBut(long one) {
    return all().stream().filter(uid -> uid != one).toList();
  }

  private static long logins(ScriptedServer server) {
    return server.received().stream().filter(line -> line.contains(" LOGIN ")).count();
  }

  private List<Long> uids() {
    return batches.stream()
        .flatMap(batch -> batch.mails().stream())
        .map(mail -> mail.uid().uid())
        .toList();
  }

  private List<MissingMail> missing() {
    return batches.stream().flatMap(batch -> batch.missing().stream()).toList();
  }

  private void fetchAll(ScriptedServer server) {
    try (MailboxSession session = session(server)) {
      fetch(session, new Shop.ForgetfulBlobs());
    }
  }

  private void fetch(MailboxSession session, BlobStore blobs) {
    FolderState state = session.look("INBOX");
    FolderCursor start = FolderCursor.start(state.folder(), state.uidValidity());
    session.fetch(start, state.lastUid(), blobs, batches::add);
  }

  private void fetchAfter(MailboxSession session, FolderState state) {
    FolderCursor start = FolderCursor.start(state.folder(), state.uidValidity());
    session.fetch(start, state.lastUid(), new Shop.ForgetfulBlobs(), batches::add);
  }

  private static MailboxSession session(ScriptedServer server) {
    return ImapMail.builder(Shop.password("secret"))
        .connectTimeout(PATIENCE)
        .silenceTimeout(PATIENCE)
        .commandTimeout(PATIENCE.multipliedBy(3))
        .build()
        .source()
        .open(account(server));
  }

  private static MailboxSession patientSession(ScriptedServer server) {
    return ImapMail.create(Shop.password("secret")).source().open(account(server));
  }

  private static MailAccount account(ScriptedServer server) {
    return MailAccount.of("workshop", "ana", ServerEndpoint.loopback(server.port()), null);
  }

  /** Takes nothing more. */
  private static final class FullDisk implements BlobStore {
    @Override
    public Blob put(InputStream content) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void makeDurable() {}

    @Override
    public InputStream open(ContentDigest digest) {
      throw new IllegalStateException("Nothing is kept");
    }

    @Override
    public Optional<Blob> find(ContentDigest digest) {
      return Optional.empty();
    }

    @Override
    public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
      return Set.of();
    }
  }
}
