package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Grant.IssuedToken;
import io.engage.model.inbox.Grant.Standing;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TokenStore} must do: lose no refresh token, and let one of many through. Extend
 * it and return an empty store.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("G-16")
public abstract class TokenStoreContract {
  private static final Instant NOON = Sample.MONDAY;
  private static final AccountId OTHER = AccountId.of("workshop-mail");
  private static final Grant FIRST = Grant.of(Secret.of("refresh-1"));

  private TokenStore store;

  /** A store that holds nothing, for one test. */
  protected abstract TokenStore emptyStore();

  @BeforeEach
  void openStore() {
    store = emptyStore();
  }

  @Test
  void what_was_never_stored_is_not_found() {
    assertThat(store.find(Sample.SHOP)).isEmpty();
  }

  @Test
  void the_first_grant_is_stored_under_version_1() {
    boolean saved = store.save(Sample.SHOP, FIRST);

    assertThat(saved).isTrue();
    assertThat(store.find(Sample.SHOP)).contains(FIRST.withVersion(1));
  }

  @Test
  void an_issued_token_comes_back_as_it_was() {
    IssuedToken token = new IssuedToken(Secret.of("access-" + "x".repeat(4000)), NOON, end(), true);

    assertComesBack(FIRST.withIssued(Secret.of("refresh-" + "y".repeat(4000)), token));
  }

  @Test
  void every_standing_comes_back_as_it_was() {
    assertComesBack(FIRST.withStanding(new Standing.Asking(end(), 3)));
    assertComesBack(FIRST.withStanding(new Standing.Resting(end(), 7, "It asks to come back")));
    assertComesBack(FIRST.withStanding(new Standing.Withdrawn(NOON, "No longer consented to")));
  }

  @Test
  void a_change_of_the_newest_version_is_stored_under_the_next() {
    store.save(Sample.SHOP, FIRST);
    Grant rotated = stored().consentedAgain(Secret.of("refresh-2"));

    boolean saved = store.save(Sample.SHOP, rotated);

    assertThat(saved).isTrue();
    assertThat(stored()).isEqualTo(rotated.withVersion(2));
  }

  @Test
  void a_change_of_an_older_version_changes_nothing() {
    store.save(Sample.SHOP, FIRST);
    Grant old = stored();
    store.save(Sample.SHOP, old.consentedAgain(Secret.of("refresh-2")));

    boolean saved = store.save(Sample.SHOP, old.consentedAgain(Secret.of("refresh-3")));

    assertThat(saved).isFalse();
    assertThat(stored().refreshToken()).isEqualTo(Secret.of("refresh-2"));
  }

  @Test
  void a_grant_that_is_new_does_not_take_the_place_of_one_that_is_stored() {
    store.save(Sample.SHOP, FIRST);

    assertThat(store.save(Sample.SHOP, Grant.of(Secret.of("refresh-2")))).isFalse();
    assertThat(stored().refreshToken()).isEqualTo(FIRST.refreshToken());
  }

  @Test
  void what_was_forgotten_is_not_found_and_does_not_come_back() {
    store.save(Sample.SHOP, FIRST);
    Grant known = stored();

    store.forget(Sample.SHOP);

    assertThat(store.find(Sample.SHOP)).isEmpty();
    assertThat(store.save(Sample.SHOP, known)).isFalse();
    assertThat(store.save(Sample.SHOP, FIRST)).isTrue();
  }

  @Test
  void what_is_unknown_may_be_forgotten() {
    store.save(Sample.SHOP, FIRST);

    store.forget(OTHER);

    assertThat(store.find(Sample.SHOP)).isPresent();
  }

  @Test
  void accounts_do_not_know_each_other() {
    store.save(Sample.SHOP, FIRST);

    assertThat(store.find(OTHER)).isEmpty();
    assertThat(store.save(OTHER, FIRST)).isTrue();
  }

  @RepeatedTest(20)
  void of_many_who_change_the_same_version_one_is_let_through() {
    store.save(Sample.SHOP, FIRST);
    Grant known = stored();
    AtomicInteger caller = new AtomicInteger(1);

    List<Boolean> answers =
        Race.run(
            8,
            () ->
                store.save(
                    Sample.SHOP,
                    known.consentedAgain(Secret.of("refresh-" + caller.incrementAndGet()))));

    assertThat(answers).containsOnlyOnce(true);
    assertThat(stored().version()).isEqualTo(2);
  }

  private void assertComesBack(Grant grant) {
    store.forget(Sample.SHOP);

    assertThat(store.save(Sample.SHOP, grant)).isTrue();
    assertThat(stored()).isEqualTo(grant.withVersion(1));
  }

  private Grant stored() {
    return store.find(Sample.SHOP).orElseThrow();
  }

  private static Instant end() {
    return NOON.plusSeconds(3600);
  }
}
