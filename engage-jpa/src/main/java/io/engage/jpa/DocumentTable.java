package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.InboxChange.Drop;
import io.engage.model.conversation.InboxChange.Succession;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.BlobUse;
import io.engage.spi.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One row for each document. A held mail changes hands by its owner alone. */
final class DocumentTable implements Documents, Part {
  private static final Body<Document> BODY = Body.of(Document.class);
  private static final Comparator<DocumentKey> IN_ORDER =
      Comparator.<DocumentKey, String>comparing(key -> key.kind().code())
          .thenComparing(DocumentKey::id);

  private final Database database;

  DocumentTable(Database database) {
    this.database = database;
  }

  @Override
  public List<Document> find(Collection<DocumentKey> keys) {
    List<DocumentKey> wanted = keys.stream().distinct().toList();
    return wanted.isEmpty() ? List.of() : database.ask(session -> find(session, wanted));
  }

  private static List<Document> find(Session session, List<DocumentKey> wanted)
      throws SQLException {
    return session.list(
        """
        select held.version, held.owner, held.form, held.body
        from unnest(cast(? as varchar array), cast(? as varchar array)) as wanted (kind, id)
        join engage_document held on held.kind = wanted.kind and held.id = wanted.id\
        """,
        DocumentTable::read,
        wanted.stream().map(key -> key.kind().code()).toList(),
        wanted.stream().map(DocumentKey::id).toList());
  }

  @Override
  public List<Document> ofOwner(DocumentKey.Kind kind, String owner, String afterId, int limit) {
    return database.ask(
        session ->
            session.list(
                """
                select version, owner, form, body from engage_document
                where kind = ? and owner = ? and id > ? order by id limit ?\
                """,
                DocumentTable::read,
                kind.code(),
                owner,
                afterId,
                limit));
  }

  @Override
  public List<Document> ofKind(DocumentKey.Kind kind, String afterId, int limit) {
    return database.ask(
        session ->
            session.list(
                """
                select version, owner, form, body from engage_document
                where kind = ? and id > ? order by id limit ?\
                """,
                DocumentTable::read,
                kind.code(),
                afterId,
                limit));
  }

  @Override
  public long count(DocumentKey.Kind kind, String owner) {
    return database.ask(
        session ->
            session
                .first(
                    "select count(*) from engage_document where kind = ? and owner = ?",
                    row -> row.getLong(1),
                    kind.code(),
                    owner)
                .orElseThrow());
  }

  private static Document read(ResultSet row) throws SQLException {
    Document stored = BODY.read(row).withVersion(row.getLong("version"));
    return stored instanceof HeldMail held
        ? held.in(InboxId.of(Texts.text(row.getString("owner"))))
        : stored;
  }

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    drop(session, change.dropped().documents());
    succeed(session, change.dropped().inboxes());
    List<Document> sorted =
        change.documents().stream().sorted(Comparator.comparing(Document::key, IN_ORDER)).toList();
    insert(session, sorted.stream().filter(each -> each.version() == 0).toList());
    replace(session, sorted.stream().filter(each -> each.version() != 0).toList());
  }

  private static void drop(Session session, List<Drop<DocumentKey>> dropped) throws SQLException {
    List<Drop<DocumentKey>> sorted =
        dropped.stream().sorted(Comparator.comparing(Drop::what, IN_ORDER)).toList();
    Drops.delete(
        session,
        "document",
        "delete from engage_document where kind = ? and id = ?",
        sorted,
        key -> new Object[] {key.kind().code(), key.id()});
    forget(session, sorted.stream().map(Drop::what));
  }

  /** The held mails of one inbox go over to another. */
  private static void succeed(Session session, List<Succession> successions) throws SQLException {
    for (Succession each : successions) {
      session.update(
          """
          update engage_document set owner = ?, version = version + 1
          where kind = ? and owner = ?\
          """,
          each.heir().value(),
          DocumentKey.Kind.HELD_MAIL.code(),
          each.gone().value());
    }
  }

  private static void insert(Session session, List<Document> fresh) throws SQLException {
    session.updateAll(
        """
        insert into engage_document (version, owner, form, body, kind, id)
        values (1, ?, ?, ?, ?, ?)\
        """,
        fresh.stream()
            .map(
                each ->
                    new Object[] {
                      each.owner(),
                      StoredForm.CURRENT,
                      BODY.write(each),
                      each.key().kind().code(),
                      each.key().id()
                    })
            .toList());
    use(session, fresh);
  }

  private static void replace(Session session, List<Document> changed) throws SQLException {
    int[] counts =
        session.updateAll(
            """
            update engage_document set version = version + 1, owner = ?, form = ?, body = ?
            where kind = ? and id = ? and version = ?\
            """,
            changed.stream()
                .map(
                    each ->
                        new Object[] {
                          each.owner(),
                          StoredForm.CURRENT,
                          BODY.write(each),
                          each.key().kind().code(),
                          each.key().id(),
                          each.version()
                        })
                .toList());
    Stale.unlessAll("document", changed, each -> each.key().toString(), counts);
    forget(session, changed.stream().map(Document::key));
    use(session, changed);
  }

  private static void forget(Session session, Stream<DocumentKey> keys) throws SQLException {
    BlobUses.forget(session, keys.map(DocumentKey::toString).toList());
  }

  private static void use(Session session, List<Document> stored) throws SQLException {
    BlobUses.add(
        session,
        stored.stream()
            .map(each -> new BlobUses.User(each.key().toString(), BlobUse.of(each)))
            .toList());
  }
}
