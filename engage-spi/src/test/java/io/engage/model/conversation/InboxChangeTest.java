package io.engage.model.conversation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.ServerFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InboxChangeTest {
  private static final ServerFolder INBOX = new ServerFolder(AccountId.of("shop"), "INBOX");

  @Test
  @Tag("WK-10")
  void there_is_no_change_without_an_audit_entry() {
    assertThatThrownBy(() -> InboxChange.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one audit entry");
  }

  @Test
  @Tag("G-2")
  void a_cursor_never_goes_back_under_one_uid_validity() {
    FolderCursor at5 = FolderCursor.start(INBOX, 1).at(5);

    assertThatThrownBy(() -> new CursorMove(at5, at5.at(4))).hasMessageContaining("cannot go back");
    assertThatThrownBy(
            () ->
                new CursorMove(
                    at5, FolderCursor.start(new ServerFolder(AccountId.of("shop"), "Other"), 1)))
        .hasMessageContaining("cannot move from folder");
  }
}
