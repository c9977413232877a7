package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Grant.IssuedToken;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.EngageException;
import io.engage.spi.TokenStore;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What access tokens are got with is of no use to whoever reads or changes the database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-16")
@Tag("PO-3")
class SealedTokensTest {
  private static final AccountId SHOP = AccountId.of("shop");
  private static final AccountId WORKSHOP = AccountId.of("workshop");
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Grant GRANT =
      Grant.of(Secret.of("refresh-of-the-shop"))
          .withIssued(
              Secret.of("refresh-of-the-shop"),
              new IssuedToken(Secret.of("access-of-the-shop"), NOON, NOON.plusSeconds(60), false));

  private final DataSource database = Databases.h2();
  private final JpaStorage storage = JpaStorage.over(database).build();
  private TokenStore store = storage.tokens(KeySealing.with("spring", key(1)));

  @BeforeEach
  void grantIsStored() {
    store.save(SHOP, GRANT);
  }

  @Test
  void no_token_stands_in_the_database() throws SQLException {
    assertThat(sealed(SHOP)).asString(StandardCharsets.ISO_8859_1).doesNotContain("of-the-shop");
  }

  @Test
  void the_same_grant_never_looks_the_same() throws SQLException {
    byte[] first = sealed(SHOP);
    store.forget(SHOP);

    store.save(SHOP, GRANT);

    assertThat(sealed(SHOP)).isNotEqualTo(first);
  }

  @Test
  void a_new_key_seals_what_is_stored_next_and_older_ones_open_what_was_before() throws Exception {
    store = storage.tokens(KeySealing.with("summer", key(2)).andOlder("spring", key(1)));
    Grant known = store.find(SHOP).orElseThrow();

    store.save(SHOP, known.consentedAgain(Secret.of("newer")));

    store = storage.tokens(KeySealing.with("summer", key(2)));
    assertThat(store.find(SHOP).orElseThrow().refreshToken()).isEqualTo(Secret.of("newer"));
  }

  @Test
  void without_its_key_a_grant_is_not_found_but_refused_in_words_that_help() {
    store = storage.tokens(KeySealing.with("summer", key(2)));

    assertThatThrownBy(() -> store.find(SHOP))
        .isInstanceOf(EngageException.class)
        .hasMessageContaining("andOlder");
  }

  @Test
  void another_key_of_the_same_name_opens_nothing() {
    store = storage.tokens(KeySealing.with("spring", key(2)));

    assertThatThrownBy(() -> store.find(SHOP)).isInstanceOf(EngageException.class);
  }

  @Test
  void a_grant_that_somebody_put_into_the_row_of_another_account_is_refused() throws SQLException {
    store.save(WORKSHOP, Grant.of(Secret.of("refresh-of-the-workshop")));

    change(
        "update engage_token set sealed = (select sealed from engage_token where account = 'shop')"
            + " where account = 'workshop'");

    assertThatThrownBy(() -> store.find(WORKSHOP)).isInstanceOf(EngageException.class);
  }

  @Test
  void an_older_grant_that_somebody_put_back_is_refused() throws SQLException {
    change("create table kept as select * from engage_token");
    store.save(SHOP, store.find(SHOP).orElseThrow());

    change("update engage_token set sealed = (select sealed from kept)");

    assertThatThrownBy(() -> store.find(SHOP)).isInstanceOf(EngageException.class);
  }

  @Test
  void whatever_bit_of_it_is_changed_it_is_refused() throws SQLException {
    byte[] sealed = sealed(SHOP);
    KeySealing sealing = KeySealing.with("spring", key(1));
    byte[] context = {1};
    byte[] whole = sealing.seal(sealed, context);

    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> sealing.open(changed, context)).isInstanceOf(EngageException.class);
      byte[] cut = Arrays.copyOf(whole, i);
      assertThatThrownBy(() -> sealing.open(cut, context)).isInstanceOf(EngageException.class);
    }
    assertThat(sealing.open(whole, context)).isEqualTo(sealed);
  }

  @Test
  void keys_and_grants_stay_out_of_texts() {
    assertThat(KeySealing.with("spring", key(1))).hasToString("KeySealing[1 keys]");
    assertThat(TokenTable.OpenGrant.of(GRANT).toString()).doesNotContain("of-the-shop");
  }

  @Test
  void keys_that_are_none_are_refused() {
    KeySealing spring = KeySealing.with("spring", key(1));

    for (int length : List.of(0, 15, 33)) {
      assertThatThrownBy(() -> KeySealing.with("short", new byte[length]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> KeySealing.with("", key(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> spring.andOlder("spring", key(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spring");
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  private byte[] sealed(AccountId account) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select sealed from engage_token where account = '%s'"
                    .formatted(account.value()))) {
      row.next();
      return row.getBytes(1);
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
