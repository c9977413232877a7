package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.ListId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Blob;
import io.engage.model.outbox.OutboxClaim;
import io.engage.spi.Storage;
import io.engage.spi.TokenStore;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleRecipients;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What other nodes have to know at once is durable when it returns, also while the host has a
 * transaction open, and whatever becomes of that.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("G-30")
class ApartFromTheHostTest {
  private static final AccountId SHOP = AccountId.of("shop");
  private static final List<ListId> BUYERS = List.of(SampleRecipients.BUYERS);
  private static final Instant NOON = Sample.MONDAY;
  private static final Instant END = NOON.plusSeconds(60);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void claims_leases_and_paces_outlive_a_host_that_rolls_back(Dialect dialect) throws SQLException {
    DataSource database = Databases.of(dialect);
    Storage other = JpaStorage.over(database).build();
    commit(other, "o1");
    try (Connection open = database.getConnection()) {
      open.setAutoCommit(false);
      Storage host = JpaStorage.over(new Joined(database, open)).build();

      List<OutboxClaim> claims = host.outbox().claim(1, NOON, END);
      assertThat(host.outbox().markAttempting(claims)).hasSize(1);
      assertThat(host.leases().acquire("shop", "here", NOON, END)).isPresent();
      assertThat(host.paces().swap("campaign/spring", null, new byte[] {1})).isTrue();
      assertThat(other.outbox().claim(1, NOON, END)).isEmpty();
      open.rollback();
    }

    assertThat(other.outbox().claim(1, END, END)).allMatch(OutboxClaim::interrupted).hasSize(1);
    assertThat(other.leases().acquire("shop", "there", NOON, END)).isEmpty();
    assertThat(other.paces().find("campaign/spring")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_the_host_has_not_committed_is_neither_claimed_nor_told(Dialect dialect)
      throws SQLException {
    DataSource database = Databases.of(dialect);
    Storage other = JpaStorage.over(database).build();
    try (Connection open = database.getConnection()) {
      open.setAutoCommit(false);
      Storage host = JpaStorage.over(new Joined(database, open)).build();
      commit(host, "o1");

      assertThat(host.outbox().claim(1, NOON, END)).isEmpty();
      assertThat(host.events().undelivered(10)).isEmpty();
      assertThat(host.audit().newest(10)).hasSize(1);

      open.commit();
    }
    assertThat(other.outbox().claim(1, NOON, END)).hasSize(1);
    assertThat(other.events().undelivered(10)).hasSize(1);
  }

  /** Whoever used a refresh token that was rotated would have the server revoke all of them. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  @Tag("G-16")
  void what_others_changed_is_seen_in_a_host_that_sees_the_past(Dialect dialect)
      throws SQLException, IOException {
    DataSource database = Databases.of(dialect);
    JpaStorage other = JpaStorage.over(database).build();
    try (Connection open = database.getConnection()) {
      open.setAutoCommit(false);
      open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      JpaStorage host = JpaStorage.over(new Joined(database, open)).build();
      host.audit().newest(1);

      tokens(other).save(SHOP, Grant.of(Secret.of("rotated")));
      other.recipients().add(List.of(SampleRecipients.recipient(SampleRecipients.BUYERS, 1)));
      Blob blob = other.blobs().put(new ByteArrayInputStream(new byte[] {1, 2, 3}));
      other.blobs().makeDurable();

      assertThat(tokens(host).find(SHOP)).map(Grant::refreshToken).contains(Secret.of("rotated"));
      assertThat(host.recipients().counts(BUYERS).pending()).isEqualTo(1);
      assertThat(host.recipients().nextDue(BUYERS)).isPresent();
      assertThat(host.blobs().find(blob.digest())).contains(blob);
      open.rollback();
    }
  }

  private static TokenStore tokens(JpaStorage storage) {
    return storage.tokens(KeySealing.with("spring", new byte[32]));
  }

  private static void commit(Storage storage, String task) {
    storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .outbox(List.of(Sample.markSeen(task, NOON)))
                .audit(
                    List.of(
                        Sample.entry("e-" + task, AuditSubject.NONE, new AuditFact.Completed())))
                .build());
  }
}
