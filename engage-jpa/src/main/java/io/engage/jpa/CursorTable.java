package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.ServerFolder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** One row for each folder. */
final class CursorTable implements Part {

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    CursorMove move = change.cursor();
    if (move != null) {
      Stale.unlessAll(
          "cursor of folder",
          List.of(move),
          each -> each.to().folder().toString(),
          new int[] {move.from() == null ? begin(session, move.to()) : step(session, move)});
    }
  }

  private static int begin(Session session, FolderCursor to) throws SQLException {
    return session.update(
        """
        insert into engage_cursor
        (last_uid, compared_mod_seq, compared_messages, uid_validity, account, folder)
        values (?, ?, ?, ?, ?, ?)\
        """,
        to.lastUid(),
        to.comparedModSeq(),
        to.comparedMessages(),
        to.uidValidity(),
        to.folder().account().value(),
        to.folder().name());
  }

  private static int step(Session session, CursorMove move) throws SQLException {
    FolderCursor from = requireNonNull(move.from());
    FolderCursor to = move.to();
    return session.update(
        """
        update engage_cursor
        set last_uid = ?, compared_mod_seq = ?, compared_messages = ?, uid_validity = ?
        where account = ? and folder = ?
          and last_uid = ? and compared_mod_seq = ? and compared_messages = ? and uid_validity = ?\
        """,
        to.lastUid(),
        to.comparedModSeq(),
        to.comparedMessages(),
        to.uidValidity(),
        to.folder().account().value(),
        to.folder().name(),
        from.lastUid(),
        from.comparedModSeq(),
        from.comparedMessages(),
        from.uidValidity());
  }

  Optional<FolderCursor> find(Session session, ServerFolder folder) throws SQLException {
    return session.first(
        """
        select uid_validity, last_uid, compared_mod_seq, compared_messages from engage_cursor
        where account = ? and folder = ?\
        """,
        row -> cursor(folder, row),
        folder.account().value(),
        folder.name());
  }

  private static FolderCursor cursor(ServerFolder folder, ResultSet row) throws SQLException {
    return new FolderCursor(folder, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
  }
}
