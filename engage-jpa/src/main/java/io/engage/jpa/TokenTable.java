package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Grant.IssuedToken;
import io.engage.model.inbox.Grant.Standing;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.TokenStore;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row for each account. All that a grant says is sealed together with whose it is and which
 * version, so that no row can take the place of another, or of its own successor. Never part of a
 * host's transaction: a refresh token that was rotated must not be rolled back, nor one be read
 * that another node has rotated since the host began.
 */
final class TokenTable implements TokenStore {
  private static final StoredForm<OpenGrant> FORM = StoredForm.of(OpenGrant.class);

  private final Database database;
  private final Sealing sealing;

  TokenTable(Database database, Sealing sealing) {
    this.database = database;
    this.sealing = sealing;
  }

  /** A grant as it is only ever sealed. */
  record OpenGrant(String refreshToken, @Nullable OpenToken issued, Standing standing) {
    static OpenGrant of(Grant grant) {
      return new OpenGrant(
          grant.refreshToken().reveal(),
          grant.issued() == null ? null : OpenToken.of(grant.issued()),
          grant.standing());
    }

    Grant grant(long version) {
      return new Grant(
          Secret.of(refreshToken), issued == null ? null : issued.token(), standing, version);
    }

    @Override
    public String toString() {
      return "OpenGrant[hidden]";
    }
  }

  /** An access token as it is only ever sealed. */
  record OpenToken(String value, Instant issuedAt, Instant endsAt, boolean replacesRefused) {
    static OpenToken of(IssuedToken token) {
      return new OpenToken(
          token.token().reveal(), token.issuedAt(), token.endsAt(), token.replacesRefused());
    }

    IssuedToken token() {
      return new IssuedToken(Secret.of(value), issuedAt, endsAt, replacesRefused);
    }

    @Override
    public String toString() {
      return "OpenToken[hidden]";
    }
  }

  @Override
  public Optional<Grant> find(AccountId account) {
    return database.askApart(
        session ->
            session.first(
                "select version, form, sealed from engage_token where account = ?",
                row -> open(account, row),
                account.value()));
  }

  private Grant open(AccountId account, ResultSet row) throws SQLException {
    long version = row.getLong(1);
    byte[] json = sealing.open(row.getBytes(3), context(account, version));
    return FORM.read(new String(json, StandardCharsets.UTF_8), row.getShort(2)).grant(version);
  }

  @Override
  public boolean save(AccountId account, Grant grant) {
    long next = grant.version() + 1;
    byte[] json = FORM.write(OpenGrant.of(grant)).getBytes(StandardCharsets.UTF_8);
    byte[] sealed = sealing.seal(json, context(account, next));
    return database.changeApart(
        session ->
            grant.version() == 0
                ? insert(session, account, sealed)
                : update(session, account, grant.version(), sealed));
  }

  private static boolean insert(Session session, AccountId account, byte[] sealed)
      throws SQLException {
    int[] inserted =
        session.insertMissing(
            "engage_token",
            List.of("account", "version", "form", "sealed"),
            List.<@Nullable Object[]>of(
                new @Nullable Object[] {account.value(), 1L, StoredForm.CURRENT, sealed}));
    return inserted[0] == 1;
  }

  private static boolean update(Session session, AccountId account, long version, byte[] sealed)
      throws SQLException {
    return session.update(
            """
            update engage_token set version = ?, form = ?, sealed = ?
            where account = ? and version = ?\
            """,
            version + 1,
            StoredForm.CURRENT,
            sealed,
            account.value(),
            version)
        == 1;
  }

  @Override
  public void forget(AccountId account) {
    database.changeApart(
        session -> session.update("delete from engage_token where account = ?", account.value()));
  }

  private static byte[] context(AccountId account, long version) {
    return "engage-grant\n%d\n%s"
        .formatted(version, account.value())
        .getBytes(StandardCharsets.UTF_8);
  }
}
