package io.engage.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryTokenStore;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Grant.Standing;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.oauth.OAuthClient.SecretSentBy;
import io.engage.spi.Credentials;
import io.engage.spi.PortFailure;
import io.engage.spi.TokenServerRefusal;
import io.engage.spi.TokenServerRefusal.Remedy;
import io.engage.spi.TokenStore;
import io.engage.testkit.CredentialsContract;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import io.engage.testkit.TokenServer;
import io.engage.testkit.TokenServer.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-16")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OAuthCredentialsTest {
  private static final AccountId SHOP = Sample.SHOP;
  private static final String CANARY = "canary-9f3";

  private final ManualClock clock = ManualClock.at("2026-03-02T09:00:00Z");
  private final TokenServer server = TokenServer.start(clock);
  private final InMemoryTokenStore store = InMemoryTokenStore.create();
  private final OAuthCredentials shop = nodeOn(store);

  @AfterEach
  void stop() {
    server.close();
  }

  @Nested
  class Contract extends CredentialsContract {
    @Override
    protected Credentials credentials() {
      consented();
      return shop;
    }

    @Override
    protected AccountId account() {
      return SHOP;
    }

    @Override
    protected boolean renews() {
      return true;
    }
  }

  @Test
  void a_token_is_kept_until_shortly_before_its_end_by_all_nodes() {
    consented();
    Credential first = shop.current(SHOP);

    clock.advance(Duration.ofMinutes(57));
    Credential later = nodeOn(store).current(SHOP);
    int calls = server.calls();
    clock.advance(Duration.ofMinutes(2));
    Credential next = shop.current(SHOP);

    assertThat(later).isEqualTo(first);
    assertThat(calls).isEqualTo(1);
    assertThat(next).isNotEqualTo(first);
    assertThat(server.calls()).isEqualTo(2);
  }

  @Test
  void the_request_is_that_of_the_standard() {
    consented();

    shop.current(SHOP);

    assertThat(server.requests().get(0))
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("refresh_token", "refresh-1")
        .containsEntry("client_id", "engage")
        .containsEntry("client_secret", "s&cret=" + CANARY)
        .containsEntry("scope", "mail offline_access")
        .hasSize(5);
  }

  @Test
  void a_secret_may_travel_by_basic_authentication_and_a_public_client_has_none() {
    server.knows("refresh-1");
    OAuthClient basic = client(Secret.of("p:ss"), SecretSentBy.BASIC);
    OAuthClient open = client(null, SecretSentBy.FIELD);

    for (OAuthClient client : List.of(basic, open)) {
      OAuthCredentials node = node(InMemoryTokenStore.create(), client);
      node.consented(SHOP, Secret.of("refresh-1"));
      node.current(SHOP);
    }

    assertThat(server.requests().get(0))
        .containsEntry("Authorization", "Basic ZW5nYWdlOnAlM0Fzcw==")
        .doesNotContainKeys("client_id", "client_secret");
    assertThat(server.requests().get(1))
        .containsEntry("client_id", "engage")
        .doesNotContainKeys("client_secret", "Authorization");
  }

  @Test
  void a_rotated_refresh_token_is_stored_before_the_access_token_is_given() {
    server.rotating();
    consented();

    Credential token = shop.current(SHOP);

    assertThat(token).isEqualTo(Credential.accessToken("access-1"));
    assertThat(stored().refreshToken()).isEqualTo(Secret.of("refresh-of-access-1"));
  }

  @Test
  void in_daily_use_a_rotating_grant_of_90_days_lasts_for_ever() {
    server.rotating().refreshTokensLast(Duration.ofDays(90));
    consented();

    for (int day = 0; day < 200; day++) {
      shop.current(SHOP);
      clock.advance(Duration.ofDays(1));
    }

    assertThat(server.calls()).isEqualTo(200);
    assertThat(stored().standing()).isEqualTo(new Standing.Free());
  }

  @Test
  void after_91_days_without_use_it_needs_consent_and_the_server_is_asked_once() {
    server.rotating().refreshTokensLast(Duration.ofDays(90));
    consented();
    shop.current(SHOP);

    clock.advance(Duration.ofDays(91));
    for (int attempt = 0; attempt < 50; attempt++) {
      assertThatThrownBy(() -> shop.current(SHOP))
          .isInstanceOfSatisfying(
              TokenServerRefusal.class,
              refusal -> {
                assertThat(refusal.remedy()).isEqualTo(Remedy.CONSENT_AGAIN);
                assertThat(refusal.isRetryable()).isFalse();
                assertThat(refusal).hasMessageContaining("'shop'").hasMessageContaining("consent");
              });
      clock.advance(Duration.ofHours(1));
    }
    assertThatThrownBy(() -> nodeOn(store).current(SHOP)).isInstanceOf(TokenServerRefusal.class);

    assertThat(server.calls()).isEqualTo(2);
  }

  @Test
  void a_new_consent_ends_it_without_a_restart() {
    consented();
    server.revokeAll();
    assertThatThrownBy(() -> shop.current(SHOP)).isInstanceOf(TokenServerRefusal.class);
    server.knows("refresh-new");

    nodeOn(store).consented(SHOP, Secret.of("refresh-new"));

    assertThat(shop.current(SHOP)).isEqualTo(Credential.accessToken("access-1"));
  }

  @Test
  void an_account_that_never_consented_needs_consent_and_nobody_is_asked() {
    assertThatThrownBy(() -> shop.current(SHOP))
        .isInstanceOf(TokenServerRefusal.class)
        .hasMessageContaining("no refresh token yet");

    assertThat(server.calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_client", "unauthorized_client"})
  void a_client_that_is_not_accepted_is_told_apart_and_not_tried_again(String error) {
    consented();
    server.next(Answer.error(401, error));

    for (int attempt = 0; attempt < 20; attempt++) {
      assertThatThrownBy(() -> shop.current(SHOP))
          .isInstanceOfSatisfying(
              TokenServerRefusal.class,
              refusal -> assertThat(refusal.remedy()).isEqualTo(Remedy.CORRECT_CLIENT))
          .hasMessageContaining(error);
      clock.advance(Duration.ofHours(1));
    }
    int calls = server.calls();
    Credential withABetterClient = nodeOn(store).current(SHOP);

    assertThat(calls).isEqualTo(1);
    assertThat(withABetterClient).isNotNull();
  }

  static Stream<Answer> whatPasses() {
    return Stream.of(
        Answer.status(429),
        Answer.status(500),
        Answer.status(503),
        Answer.json(200, "<html>hello</html>"),
        Answer.json(400, "no"),
        Answer.status(302).with("Location", "http://127.0.0.1:1/elsewhere"),
        Answer.drop(),
        Answer.hang(),
        Answer.stall(),
        Answer.endless("x".repeat(8192)));
  }

  @ParameterizedTest
  @MethodSource("whatPasses")
  void what_passes_is_retryable_and_rests_first(Answer answer) {
    consented();
    server.next(answer);

    for (int attempt = 0; attempt < 10; attempt++) {
      assertThatThrownBy(() -> shop.current(SHOP))
          .isInstanceOfSatisfying(
              PortFailure.class, failure -> assertThat(failure.isRetryable()).isTrue())
          .isNotInstanceOf(TokenServerRefusal.class);
    }
    int calls = server.calls();
    clock.advance(Duration.ofSeconds(6));
    Credential token = shop.current(SHOP);

    assertThat(calls).isEqualTo(1);
    assertThat(token).isEqualTo(Credential.accessToken("access-1"));
    assertThat(stored().standing()).isEqualTo(new Standing.Free());
  }

  @Test
  void a_server_that_is_not_there_is_retryable() {
    consented();
    server.close();

    assertThatThrownBy(() -> shop.current(SHOP))
        .isInstanceOfSatisfying(
            PortFailure.class, failure -> assertThat(failure.isRetryable()).isTrue())
        .hasMessageContaining("'127.0.0.1'")
        .hasMessageContaining("nothing listens there");
  }

  @Test
  void all_nodes_rest_as_long_as_the_server_asks_and_longer_each_time() {
    consented();
    server.next(Answer.status(429).with("Retry-After", "600"));
    assertThatThrownBy(() -> shop.current(SHOP)).hasMessageContaining("come back later");

    clock.advance(Duration.ofSeconds(599));
    assertThatThrownBy(() -> nodeOn(store).current(SHOP)).isInstanceOf(PortFailure.class);
    int callsWhileResting = server.calls();
    clock.advance(Duration.ofSeconds(62));
    server.next(Answer.status(500));
    assertThatThrownBy(() -> shop.current(SHOP)).isInstanceOf(PortFailure.class);

    assertThat(callsWhileResting).isEqualTo(1);
    assertThat(server.calls()).isEqualTo(2);
    assertThat(stored().standing())
        .isInstanceOfSatisfying(
            Standing.Resting.class, resting -> assertThat(resting.failures()).isEqualTo(2));
  }

  @Test
  void a_server_down_for_a_day_is_asked_about_every_quarter_of_an_hour() {
    consented();
    for (int i = 0; i < 300; i++) {
      server.next(Answer.status(503));
    }

    Instant end = clock.instant().plus(Duration.ofDays(1));
    while (clock.instant().isBefore(end)) {
      assertThatThrownBy(() -> shop.current(SHOP)).isInstanceOf(PortFailure.class);
      clock.advance(Duration.ofSeconds(30));
    }

    assertThat(server.calls()).isBetween(90, 220);
  }

  @Test
  void a_token_that_is_still_good_is_used_while_the_server_cannot_be_asked() {
    consented();
    Credential token = shop.current(SHOP);
    clock.advance(Duration.ofSeconds(3590));
    server.next(Answer.status(503));

    Credential stillGood = shop.current(SHOP);

    assertThat(stillGood).isEqualTo(token);
    assertThat(server.calls()).isEqualTo(2);
  }

  @Test
  void a_refused_token_is_renewed_once_and_not_again_and_again() {
    consented();
    Credential refused = shop.current(SHOP);

    Credential renewed = shop.renewed(SHOP, refused);
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThat(shop.renewed(SHOP, shop.current(SHOP))).isEqualTo(renewed);
    }

    assertThat(renewed).isNotEqualTo(refused);
    assertThat(server.calls()).isEqualTo(2);
  }

  @Test
  void a_renewed_token_that_was_good_for_a_while_is_renewed_again() {
    consented();
    Credential second = shop.renewed(SHOP, shop.current(SHOP));
    clock.advance(Duration.ofMinutes(16));

    assertThat(shop.renewed(SHOP, second)).isNotEqualTo(second);
  }

  @RepeatedTest(5)
  void of_many_threads_whose_token_was_refused_one_asks() {
    server.rotating();
    consented();
    Credential refused = shop.current(SHOP);

    List<Credential> renewed = Race.run(8, () -> shop.renewed(SHOP, refused));

    assertThat(renewed).containsOnly(Credential.accessToken("access-2"));
    assertThat(server.calls()).isEqualTo(2);
  }

  @RepeatedTest(10)
  void of_many_nodes_one_asks_and_the_strictest_server_sees_no_token_twice() {
    server.rotating();
    consented();
    List<OAuthCredentials> nodes = Stream.generate(() -> nodeOn(store)).limit(8).toList();
    AtomicInteger number = new AtomicInteger();

    List<Credential> tokens = Race.run(8, () -> nodes.get(number.getAndIncrement()).current(SHOP));

    assertThat(tokens).containsOnly(Credential.accessToken("access-1"));
    assertThat(server.calls()).isEqualTo(1);
    assertThat(server.isGood("access-1")).isTrue();
  }

  @Test
  void a_token_that_could_not_be_stored_is_not_used_and_not_lost() {
    server.rotating();
    consented();
    FaultyStore faulty = new FaultyStore(store);
    OAuthCredentials node = nodeOn(faulty);
    faulty.failSavesAfter(1, 2);

    assertThatThrownBy(() -> node.current(SHOP))
        .isInstanceOfSatisfying(
            PortFailure.class, failure -> assertThat(failure.isRetryable()).isTrue());
    assertThatThrownBy(() -> node.current(SHOP)).isInstanceOf(PortFailure.class);
    Credential token = node.current(SHOP);

    assertThat(token).isEqualTo(Credential.accessToken("access-1"));
    assertThat(stored().refreshToken()).isEqualTo(Secret.of("refresh-of-access-1"));
    assertThat(server.calls()).isEqualTo(1);
  }

  @Test
  void while_nothing_can_be_stored_the_server_is_not_asked() {
    consented();
    FaultyStore faulty = new FaultyStore(store);
    faulty.failSavesAfter(0, 5);

    assertThatThrownBy(() -> nodeOn(faulty).current(SHOP)).isInstanceOf(PortFailure.class);

    assertThat(server.calls()).isZero();
  }

  @Test
  void a_store_that_stored_and_then_failed_loses_nothing() {
    server.rotating();
    consented();
    FaultyStore faulty = new FaultyStore(store);
    OAuthCredentials node = nodeOn(faulty);
    faulty.failSavesAfter(1, 1).storingAnyway();
    assertThatThrownBy(() -> node.current(SHOP)).isInstanceOf(PortFailure.class);

    assertThat(node.current(SHOP)).isEqualTo(Credential.accessToken("access-1"));
    assertThat(server.calls()).isEqualTo(1);
  }

  @Test
  void a_node_that_died_after_the_answer_costs_nothing_where_the_old_token_has_a_grace() {
    server.rotating().grace(Duration.ofMinutes(5));
    consented();
    diesAfterTheAnswer();

    clock.advance(Duration.ofMinutes(2));
    Credential token = nodeOn(store).current(SHOP);

    assertThat(token).isEqualTo(Credential.accessToken("access-2"));
    assertThat(stored().refreshToken()).isEqualTo(Secret.of("refresh-of-access-2"));
  }

  @Test
  void a_node_that_died_after_the_answer_costs_a_consent_where_the_server_is_strict() {
    server.rotating();
    consented();
    diesAfterTheAnswer();

    clock.advance(Duration.ofMinutes(2));

    assertThatThrownBy(() -> nodeOn(store).current(SHOP))
        .isInstanceOf(TokenServerRefusal.class)
        .hasMessageContaining("a node ended while it was asking");
    assertThat(server.calls()).isEqualTo(2);
  }

  @Test
  void a_consent_that_comes_while_the_old_token_is_refused_is_not_taken_for_withdrawn() {
    consented();
    server.revokeAll();
    server.knows("refresh-new");
    FaultyStore faulty = new FaultyStore(store);
    faulty.beforeSave(2, () -> shop.consented(SHOP, Secret.of("refresh-new")));

    Credential token = nodeOn(faulty).current(SHOP);

    assertThat(token).isEqualTo(Credential.accessToken("access-1"));
    assertThat(stored().refreshToken()).isEqualTo(Secret.of("refresh-new"));
  }

  @Test
  void accounts_with_passwords_are_asked_for_elsewhere() {
    AccountId workshop = AccountId.of("workshop");
    Credential password = Credential.password("open-sesame");
    OAuthCredentials both =
        builder(store, client(null, SecretSentBy.FIELD))
            .otherwise(InMemoryCredentials.create().with(workshop, password))
            .build();

    assertThat(both.current(workshop)).isEqualTo(password);
    assertThat(both.renewed(workshop, password)).isEqualTo(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://login.example.com/token", "ftp://login.example.com", "https:///token"})
  void no_token_server_is_told_secrets_in_clear_text(String endpoint) {
    assertThatThrownBy(
            () ->
                new OAuthClient(
                    URI.create(endpoint), "engage", null, SecretSentBy.FIELD, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("G-34")
  void no_failure_and_no_text_shows_a_secret() {
    server.next(
        Answer.error(400, CANARY),
        Answer.json(200, "{\"access_token\":\"%s".formatted(CANARY)),
        Answer.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"" + CANARY + "\"}"));
    shop.consented(SHOP, Secret.of("refresh-" + CANARY));

    for (int attempt = 0; attempt < 4; attempt++) {
      assertThatThrownBy(() -> shop.current(SHOP))
          .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain(CANARY));
      clock.advance(Duration.ofHours(1));
    }

    assertThat(server.calls()).isEqualTo(3);
    assertThat(stored().toString() + client(Secret.of(CANARY), SecretSentBy.FIELD) + shop)
        .doesNotContain(CANARY);
  }

  @Test
  void the_presets_are_where_google_and_microsoft_give_tokens() {
    assertThat(OAuthClient.google("id", Secret.of("x")).tokenEndpoint())
        .hasToString("https://oauth2.googleapis.com/token");
    assertThat(OAuthClient.microsoft("common", "id", null).tokenEndpoint())
        .hasToString("https://login.microsoftonline.com/common/oauth2/v2.0/token");
    assertThatThrownBy(() -> OAuthClient.microsoft("../evil", "id", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void consented() {
    server.knows("refresh-1");
    shop.consented(SHOP, Secret.of("refresh-1"));
  }

  /** The answer has come, and nothing more is ever stored by the node that got it. */
  private void diesAfterTheAnswer() {
    FaultyStore faulty = new FaultyStore(store);
    faulty.failSavesAfter(1, Integer.MAX_VALUE);
    assertThatThrownBy(() -> nodeOn(faulty).current(SHOP)).isInstanceOf(PortFailure.class);
  }

  private Grant stored() {
    return store.find(SHOP).orElseThrow();
  }

  private OAuthCredentials nodeOn(TokenStore on) {
    return node(on, client(Secret.of("s&cret=" + CANARY), SecretSentBy.FIELD));
  }

  private OAuthCredentials node(TokenStore on, OAuthClient client) {
    return builder(on, client).build();
  }

  private OAuthCredentials.Builder builder(TokenStore on, OAuthClient client) {
    return OAuthCredentials.builder(on)
        .account(SHOP, client)
        .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1))
        .clock(clock)
        .random(new Random(7));
  }

  private OAuthClient client(@org.jspecify.annotations.Nullable Secret secret, SecretSentBy by) {
    return new OAuthClient(server.uri(), "engage", secret, by, List.of("mail", "offline_access"));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** A store that fails at some saves. */
  private static final class FaultyStore implements TokenStore {
    private final TokenStore good;
    private int saves;
    private int failAfter = Integer.MAX_VALUE;
    private int failures;
    private boolean storesAnyway;
    private int runAt;
    private Runnable run = () -> {};

    FaultyStore(TokenStore good) {
      this.good = good;
    }

    FaultyStore failSavesAfter(int good, int times) {
      failAfter = good;
      failures = times;
      return this;
    }

    void storingAnyway() {
      storesAnyway = true;
    }

    void beforeSave(int number, Runnable work) {
      runAt = number;
      run = work;
    }

    @Override
    public Optional<Grant> find(AccountId account) {
      return good.find(account);
    }

    @Override
    public boolean save(AccountId account, Grant grant) {
      saves++;
      if (saves == runAt) {
        run.run();
      }
      if (saves > failAfter && failures-- > 0) {
        if (storesAnyway) {
          good.save(account, grant);
        }
        throw new PortFailure("The token store is down", true);
      }
      return good.save(account, grant);
    }

    @Override
    public void forget(AccountId account) {
      good.forget(account);
    }
  }
}
