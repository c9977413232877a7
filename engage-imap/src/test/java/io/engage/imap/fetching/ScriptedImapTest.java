package io.engage.imap.fetching;

import static io.engage.testkit.ScriptedServer.script;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.spi.Credentials;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What IMAP servers do once in a year. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedImapTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final String SECRET = "canary-7c1";
  private static final String[] FOLDER = {
    "* 3 EXISTS", "* OK [UIDVALIDITY 7] x", "* OK [UIDNEXT 13] x", "$1 OK [READ-ONLY] open"
  };

  private final List<FetchedBatch> batches = new ArrayList<>();

  static Stream<Script> silences() {
    return Stream.of(
        script().silence(),
        script().say("* OK half a gre").silence(),
        script().say("* OK ready").silence(),
        greeting().expect("(\\S+) LOGIN .*").silence(),
        loggedIn().expect("(\\S+) EXAMINE INBOX").say("* 3 EXISTS").silence(),
        open().expect("(\\S+) UID FETCH 1:12 .*").silence());
  }

  @ParameterizedTest
  @MethodSource("silences")
  @Tag("G-33")
  void silence_at_any_point_ends_in_time(Script script) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      Instant before = Instant.now();

      assertReason(() -> fetchAll(server), Reason.TIMEOUT);

      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  @Tag("SY-2")
  @Tag("G-33")
  void where_a_login_is_never_answered_the_next_mechanism_is_tried_once_and_remembered() {
    Script offers = script().say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready");
    Script hangs = offers.expect("(\\S+) LOGIN .*").silence();
    Script logsIn =
        offers
            .whenever("(\\S+) LOGOUT", "* BYE", "$1 OK")
            .expect("(\\S+) AUTHENTICATE PLAIN")
            .say("+ ", "$1 OK in")
            .expect(".*")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(hangs, logsIn)) {
      ImapMail mail = mail();
      MailAccount account = account(ServerEndpoint.loopback(server.port()));

      mail.source().open(account).close();
      mail.source().open(account).close();

      assertThat(server.received()).filteredOn(line -> line.contains("LOGIN")).hasSize(1);
    }
  }

  @Test
  @Tag("G-33")
  void a_server_that_chats_for_ever_ends_in_time() {
    Script chat = open().expect("(\\S+) UID FETCH 1:12 .*");
    for (int i = 0; i < 30; i++) {
      chat = chat.say("* OK still working").waitFor(new Pause(Duration.ofMillis(100)));
    }
    try (ScriptedServer server = ScriptedServer.start(chat)) {
      assertReason(() -> fetchAll(server), Reason.TIMEOUT);
    }
  }

  @Test
  void a_closed_port_is_refused_and_an_unknown_name_is_unknown() {
    int nobody;
    try (ScriptedServer server = ScriptedServer.start(script())) {
      nobody = server.port();
    }
    MailAccount gone = account(ServerEndpoint.loopback(nobody));
    MailAccount unknown = account(ServerEndpoint.tls("imap.shop.invalid", 993));

    assertReason(() -> mail().source().open(gone), Reason.REFUSED);
    assertReason(() -> mail().source().open(unknown), Reason.UNKNOWN_HOST);
  }

  @Test
  @Tag("G-34")
  void without_starttls_nothing_is_said_about_user_or_password() {
    Script stripped =
        script()
            .say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
            .whenever("(\\S+) .*", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(stripped)) {
      MailAccount account = account(startTls(server));

      assertReason(() -> mail().source().open(account), Reason.NO_TLS);

      assertThat(server.received())
          .noneMatch(line -> line.contains(SECRET) || line.contains("ana"));
    }
  }

  @Test
  @Tag("G-34")
  void a_server_that_claims_we_are_logged_in_does_not_talk_us_out_of_tls() {
    try (ScriptedServer server =
        ScriptedServer.start(script().say("* PREAUTH [CAPABILITY IMAP4rev1] welcome").obey())) {
      MailAccount account = account(startTls(server));

      assertReason(() -> mail().source().open(account), Reason.NO_TLS);
    }
  }

  @Test
  @Tag("G-34")
  void a_refusal_names_the_server_and_never_the_secret() {
    Script echo =
        greeting().expect("(\\S+) LOGIN (\\S+) (\\S+)").say("$1 NO no user $2 with password $3");
    try (ScriptedServer server = ScriptedServer.start(echo)) {
      assertThatThrownBy(() -> fetchAll(server))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.WRONG_CREDENTIAL);
                assertThat(failure).hasMessageContaining("'127.0.0.1:" + server.port() + "'");
                assertThat(failure).hasStackTraceContaining("127.0.0.1");
                assertThat(stackTrace(failure)).doesNotContain(SECRET);
              });
    }
  }

  @Test
  @Tag("G-16")
  void a_refused_token_is_renewed_once_and_travels_by_xoauth2_alone() {
    Script refusing =
        script()
            .say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] ready")
            .expect("(\\S+) AUTHENTICATE XOAUTH2 \\S+")
            .say("$1 NO [AUTHENTICATIONFAILED] old")
            .silence();
    Script taking =
        script()
            .say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] ready")
            .expect("(\\S+) AUTHENTICATE XOAUTH2 \\S+")
            .say("$1 OK in")
            .silence();
    try (ScriptedServer server = ScriptedServer.start(refusing, taking)) {
      TokenSupplier tokens = new TokenSupplier();

      mail(tokens).source().open(account(ServerEndpoint.loopback(server.port()))).close();

      assertThat(tokens.asked).containsExactly("current", "renewed");
      assertThat(server.problems()).isEmpty();
    }
  }

  @Test
  void throttling_means_to_come_back_later() {
    Script busy = greeting().expect("(\\S+) LOGIN .*").say("$1 NO [THROTTLED] slow down");
    Script bye = loggedIn().expect("(\\S+) EXAMINE .*").say("* BYE too many connections").drop();
    Script lost = loggedIn().expect("(\\S+) EXAMINE .*").drop();
    try (ScriptedServer server = ScriptedServer.start(busy, bye, lost)) {
      assertReason(() -> fetchAll(server), Reason.BUSY);
      assertReason(() -> fetchAll(server), Reason.BUSY);
      assertReason(() -> fetchAll(server), Reason.CONNECTION_LOST);
    }
  }

  @Test
  void a_server_without_uidnext_is_asked_for_its_last_mail() {
    Script script =
        loggedIn()
            .expect("(\\S+) EXAMINE INBOX")
            .say("* 3 EXISTS", "* OK [UIDVALIDITY 7] x", "$1 OK open")
            .expect("(\\S+) UID FETCH \\* \\(UID\\)")
            .say("* 3 FETCH (UID 4294967290)", "$1 OK")
            .silence();
    try (ScriptedServer server = ScriptedServer.start(script);
        MailboxSession session = session(server)) {
      assertThat(session.look("INBOX").lastUid()).isEqualTo(4_294_967_290L);
    }
  }

  @Test
  @Tag("G-10")
  void wrong_sizes_nil_bodies_and_silence_about_a_mail_cost_no_other_mail() {
    String whole = new String(Shop.mail("strap"), US_ASCII);
    Script script =
        open()
            .whenever(
                "(\\S+) UID FETCH 1:12 \\(UID RFC822.SIZE\\)",
                "* 1 FETCH (UID 3 RFC822.SIZE 2)",
                "* 2 FETCH (UID 5 RFC822.SIZE 99)",
                "* 3 FETCH (UID 8 RFC822.SIZE 99)",
                "* 4 FETCH (UID 12 RFC822.SIZE 900000)",
                "$1 OK")
            .whenever(
                "(\\S+) UID FETCH 3,5,8,12 .*",
                "* 9 EXISTS",
                "* 1 FETCH (FLAGS (\\Seen))",
                "* 4 FETCH (UID 12 FLAGS () BODY[]<0> {%d}".formatted(whole.length()),
                whole + ")",
                "* 2 FETCH (UID 5 FLAGS () INTERNALDATE \"02-Mar-2026 09:00:00 +0000\" BODY[] NIL)",
                "* 1 FETCH (UID 3 FLAGS (\\Seen $Odd) BODY[]<0> {%d}".formatted(whole.length()),
                whole + ")",
                "$1 OK")
            .whenever("(\\S+) UID FETCH 5 \\(UID\\)", "* 2 FETCH (UID 5)", "$1 OK")
            .whenever("(\\S+) UID FETCH 5 .*", "* 2 FETCH (UID 5 BODY[]<0> NIL)", "$1 OK")
            .whenever("(\\S+) UID FETCH 8 .*", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script)) {
      fetchAll(server);
    }

    List<FetchedMail> mails = mails();
    assertThat(mails).extracting(mail -> mail.uid().uid()).containsExactly(3L, 12L);
    assertThat(mails).extracting(mail -> mail.source().size()).containsOnly((long) whole.length());
    assertThat(mails).extracting(FetchedMail::seen).containsExactly(true, false);
    assertThat(batches.stream().flatMap(batch -> batch.missing().stream()))
        .extracting(missing -> missing.uid().uid())
        .containsExactly(5L);
  }

  @Test
  @Tag("G-10")
  void a_mail_whose_date_cannot_be_read_is_fetched_without_it() {
    String whole = new String(Shop.mail("strap"), US_ASCII);
    String body = "{%d}".formatted(whole.length());
    Script script =
        open()
            .whenever(
                "(\\S+) UID FETCH 1:12 \\(UID RFC822.SIZE\\)",
                "* 1 FETCH (UID 3 RFC822.SIZE 99)",
                "$1 OK")
            .whenever(
                "(\\S+) UID FETCH 3 \\(UID FLAGS INTERNALDATE .*",
                "* 1 FETCH (UID 3 INTERNALDATE \"yesterday\" BODY[]<0> " + body,
                whole + ")",
                "$1 OK")
            .whenever(
                "(\\S+) UID FETCH 3 \\(UID BODY.*",
                "* 1 FETCH (UID 3 BODY[]<0> " + body,
                whole + ")",
                "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script)) {
      fetchAll(server);
    }

    assertThat(mails()).extracting(mail -> mail.uid().uid()).containsExactly(3L);
  }

  @Test
  @Tag("G-10")
  void a_garbled_size_does_not_make_a_mail_be_passed_over() {
    String whole = new String(Shop.mail("strap"), US_ASCII);
    Script script =
        open()
            .whenever(
                "(\\S+) UID FETCH 1:12 \\(UID RFC822.SIZE\\)",
                "* 1 FETCH (UID 3 RFC822.SIZE 99",
                "$1 OK")
            .whenever("(\\S+) UID SEARCH UID 1:12", "* SEARCH 3", "$1 OK")
            .whenever(
                "(\\S+) UID FETCH 3 .*",
                "* 1 FETCH (UID 3 FLAGS () BODY[]<0> {%d}".formatted(whole.length()),
                whole + ")",
                "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script)) {
      fetchAll(server);
    }

    assertThat(mails()).extracting(mail -> mail.uid().uid()).containsExactly(3L);
  }

  @Test
  void answers_to_commands_under_way_together_may_come_mixed() {
    Script script =
        open()
            .expect("(\\S+) UID FETCH 1:12 \\(UID RFC822.SIZE\\)")
            .say("* 1 FETCH (UID 3 RFC822.SIZE 1)", "* 2 FETCH (UID 5 RFC822.SIZE 1)", "$1 OK")
            .expect("(\\S+) UID FETCH 3 .*")
            .say("* 2 FETCH (UID 5 FLAGS () BODY[]<0> {1}", "b)")
            .say("* 1 FETCH (UID 3 FLAGS () BODY[]<0> {1}", "a)", "$1 OK")
            .expect("(\\S+) UID FETCH 5 .*")
            .say("$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        MailboxSession session =
            ImapMail.builder(Shop.password(SECRET))
                .batches(1, 1)
                .build()
                .source()
                .open(at(server))) {
      fetch(session);

      assertThat(server.problems()).isEmpty();
    }
    assertThat(batches).hasSize(2).allMatch(batch -> batch.mails().size() == 1);
    assertThat(mails()).extracting(mail -> mail.uid().uid()).containsExactly(3L, 5L);
  }

  @Test
  @Tag("G-12")
  void pieces_of_a_large_mail_may_come_mixed_and_shorter_than_asked_for() {
    String start = "Subject: large\r\n\r\n" + "a".repeat((1 << 20) - 18);
    Script script =
        large(1_500_000)
            .expect("(\\S+) UID FETCH 3 .*<0.1048576>.*")
            .say("* 1 FETCH (UID 3 BODY[]<1048576> {2}", "bb)")
            .say("* 1 FETCH (UID 3 FLAGS () BODY[]<0> {1048576}", start + ")", "$1 OK")
            .expect("(\\S+) UID FETCH 3 .*<1048576.1048576>.*")
            .say("$1 OK")
            .expect("(\\S+) UID FETCH 3 .*<1048578.1048576>.*")
            .say("* 1 FETCH (UID 3 BODY[]<1048578> {3}", "ccc)", "$1 OK")
            .expect("(\\S+) UID FETCH 3 .*<1048581.1048576>.*")
            .say("* 1 FETCH (UID 3 BODY[]<1048581> \"\")", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script)) {
      fetchAll(server);

      assertThat(server.problems()).isEmpty();
    }

    assertThat(mails())
        .extracting(mail -> mail.source().digest())
        .containsExactly(Shop.digest((start + "bbccc").getBytes(US_ASCII)));
  }

  @Test
  @Tag("G-10")
  void a_large_mail_that_is_not_given_to_its_end_is_missing_and_never_cut() {
    String start = "Subject: large\r\n\r\n" + "a".repeat((1 << 20) - 18);
    Script script =
        large(1_500_000)
            .whenever(
                "(\\S+) UID FETCH 3 .*<0.1048576>.*",
                "* 1 FETCH (UID 3 FLAGS () BODY[]<0> {1048576}",
                start + ")",
                "$1 OK")
            .whenever("(\\S+) UID FETCH 3 .*<1048576.1048576>.*", "$1 NO broken disk")
            .whenever("(\\S+) UID FETCH 3 \\(UID\\)", "* 1 FETCH (UID 3)", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script)) {
      fetchAll(server);
    }

    assertThat(mails()).isEmpty();
    assertThat(batches).singleElement().satisfies(batch -> assertThat(batch.missing()).hasSize(1));
  }

  private static Script large(int size) {
    return open()
        .expect("(\\S+) UID FETCH 1:12 \\(UID RFC822.SIZE\\)")
        .say("* 1 FETCH (UID 3 RFC822.SIZE " + size + ")", "$1 OK");
  }

  @Test
  @Tag("G-12")
  void an_answer_that_announces_gigabytes_is_not_believed() {
    Script script =
        open()
            .expect("(\\S+) UID FETCH 1:12 \\(UID RFC822.SIZE\\)")
            .say("* 1 FETCH (UID 3 RFC822.SIZE 1)", "$1 OK")
            .expect("(\\S+) UID FETCH 3 .*")
            .say("* 1 FETCH (UID 3 FLAGS () BODY[]<0> {2147483647}")
            .silence();
    try (ScriptedServer server = ScriptedServer.start(script)) {
      fetchAll(server);
    }

    assertThat(mails()).isEmpty();
    assertThat(batches).singleElement().satisfies(batch -> assertThat(batch.missing()).hasSize(1));
  }

  @Test
  @Tag("G-1")
  void without_uidplus_what_others_have_marked_is_unmarked_for_the_moment_of_expunging() {
    Script script =
        loggedIn()
            .expect("(\\S+) SELECT INBOX")
            .say("* 3 EXISTS", "* OK [UIDVALIDITY 7] x", "$1 OK [READ-WRITE] open")
            .whenever("(\\S+) UID SEARCH DELETED", "* SEARCH 4 9", "$1 OK")
            .whenever("(\\S+) UID SEARCH UID 5:6,9", "* SEARCH 6 9", "$1 OK")
            .whenever("(\\S+) UID STORE .*", "$1 OK")
            .whenever("(\\S+) EXPUNGE", "* 1 EXPUNGE", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        MailboxSession session = session(server)) {
      Set<ServerUid> deleted = session.delete(List.of(uid(9), uid(5), uid(6)));

      assertThat(deleted).containsExactlyInAnyOrder(uid(6), uid(9));
      assertThat(server.received().stream().map(line -> line.replaceFirst("^\\S+ ", "")))
          .containsSubsequence(
              "UID SEARCH UID 5:6,9",
              "UID SEARCH DELETED",
              "UID STORE 4 -FLAGS.SILENT (\\Deleted)",
              "UID STORE 5:6,9 +FLAGS.SILENT (\\Deleted)",
              "EXPUNGE",
              "UID STORE 4 +FLAGS.SILENT (\\Deleted)");
    }
  }

  @Test
  @Tag("SY-1")
  void a_server_without_idle_is_asked_now_and_then() {
    Script script =
        open()
            .expect("(\\S+) NOOP")
            .say("$1 OK")
            .expect("(\\S+) NOOP")
            .say("* 4 EXISTS", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        MailboxSession session = session(server)) {
      session.look("INBOX");

      assertThat(session.awaitNews("INBOX", Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  @Tag("SY-1")
  void idle_is_sent_anew_before_the_server_ends_it_and_news_between_two_is_heard() {
    Script idle = script().expect("(\\S+) IDLE").say("+ idling").expect("DONE").say("$1 OK");
    Script idling =
        greeting()
            .whenever("(\\S+) LOGOUT", "* BYE", "$1 OK")
            .expect("(\\S+) LOGIN .*")
            .say("$1 OK [CAPABILITY IMAP4rev1 IDLE] in")
            .expect("(\\S+) EXAMINE INBOX")
            .say(FOLDER)
            .and(idle)
            .and(idle)
            .expect("(\\S+) IDLE")
            .say("+ idling", "* 4 EXISTS")
            .expect("DONE")
            .say("$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(idling);
        MailboxSession session =
            mail(builder -> builder.idleAnew(Duration.ofMillis(20))).source().open(at(server))) {
      session.look("INBOX");

      boolean news = session.awaitNews("INBOX", Duration.ofSeconds(20));

      assertThat(news).isTrue();
      assertThat(server.received()).filteredOn(line -> line.endsWith(" IDLE")).hasSize(3);
      assertThat(server.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT28M1S", "PT29M"})
  @Tag("SY-1")
  void no_idle_may_last_until_servers_end_it(String time) {
    ImapMail.Builder builder = ImapMail.builder(Shop.password(SECRET));

    assertThatThrownBy(() -> builder.idleAnew(Duration.parse(time)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT28M");
  }

  private static ServerUid uid(long uid) {
    return new ServerUid(new ServerFolder(AccountId.of("workshop"), "INBOX"), 7, uid);
  }

  private void fetchAll(ScriptedServer server) {
    try (MailboxSession session = session(server)) {
      fetch(session);
    }
  }

  private void fetch(MailboxSession session) {
    FolderState state = session.look("INBOX");
    FolderCursor start = FolderCursor.start(state.folder(), state.uidValidity());
    session.fetch(start, state.lastUid(), new Shop.ForgetfulBlobs(), batches::add);
  }

  private List<FetchedMail> mails() {
    return batches.stream().flatMap(batch -> batch.mails().stream()).toList();
  }

  private static MailboxSession session(ScriptedServer server) {
    return mail().source().open(at(server));
  }

  private static MailAccount at(ScriptedServer server) {
    return account(ServerEndpoint.loopback(server.port()));
  }

  private static ImapMail mail() {
    return mail(Shop.password(SECRET));
  }

  private static ImapMail mail(Credentials credentials) {
    return builder(credentials).build();
  }

  private static ImapMail mail(UnaryOperator<ImapMail.Builder> settings) {
    return settings.apply(builder(Shop.password(SECRET))).build();
  }

  private static ImapMail.Builder builder(Credentials credentials) {
    return ImapMail.builder(credentials)
        .connectTimeout(PATIENCE)
        .silenceTimeout(PATIENCE)
        .commandTimeout(PATIENCE.multipliedBy(2))
        .pollEvery(Duration.ofMillis(20));
  }

  private static MailAccount account(ServerEndpoint imap) {
    return MailAccount.of("workshop", "ana", imap, null);
  }

  private static ServerEndpoint startTls(ScriptedServer server) {
    return new ServerEndpoint("127.0.0.1", server.port(), TlsMode.STARTTLS_REQUIRED);
  }

  private static Script greeting() {
    return script().say("* OK [CAPABILITY IMAP4rev1] ready");
  }

  private static Script loggedIn() {
    return greeting()
        .whenever("(\\S+) LOGOUT", "* BYE", "$1 OK")
        .expect("(\\S+) LOGIN .*")
        .say("$1 OK [CAPABILITY IMAP4rev1] in");
  }

  private static Script open() {
    return loggedIn().expect("(\\S+) EXAMINE INBOX").say(FOLDER);
  }

  private static void assertReason(Runnable work, Reason reason) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            MailAccessFailure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Gives an old token, and a fresh one when that was refused. */
  private static final class TokenSupplier implements Credentials {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Credential current(AccountId account) {
      asked.add("current");
      return Credential.accessToken("old");
    }

    @Override
    public Credential renewed(AccountId account, Credential refused) {
      asked.add("renewed");
      return Credential.accessToken("fresh");
    }
  }

  /** Opens by itself after some time. */
  private static final class Pause extends CountDownLatch {
    private final Duration time;

    Pause(Duration time) {
      super(1);
      this.time = time;
    }

    @Override
    public void await() throws InterruptedException {
      await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
