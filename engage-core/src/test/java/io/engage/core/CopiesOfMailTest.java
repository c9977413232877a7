package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.OpenedMessage.Copy;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One mail to several inboxes: who opens one copy sees the others. */
@Tag("G-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CopiesOfMailTest {
  private static final InboxId SHOP = Shop.shop().id();
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final String TO_BOTH =
      fromAna("1@customer.example", "Who can help?")
          .replace("To: repairs@", "To: hello@shop.example, repairs@");

  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void each_copy_shows_the_other_and_whether_that_is_answered() {
    street.arrives(TO_BOTH);
    street.sync();
    Message shop = messageIn(SHOP);
    Message workshop = messageIn(WORKSHOP);
    List<Copy> before = copies(shop);

    street.clara.reply(workshop.id(), Reply.of("We can."));

    assertThat(before)
        .containsExactly(new Copy(WORKSHOP, workshop.conversation(), workshop.id(), false));
    assertThat(copies(shop))
        .containsExactly(new Copy(WORKSHOP, workshop.conversation(), workshop.id(), true));
    assertThat(copies(workshop))
        .containsExactly(new Copy(SHOP, shop.conversation(), shop.id(), false));
  }

  @Test
  void a_copy_that_came_on_another_way_is_known_by_its_id_date_sender_and_subject() {
    street.arrives("Received: from a\n" + fromAna("1@customer.example", "Who can help?"));
    street.arrives(
        "Received: from b\n"
            + fromAna("1@customer.example", "Who can help?").replace("repairs@", "hello@"));
    street.arrives(
        fromAna("1@customer.example", "Something else")
            .replace("repairs@", "hello@")
            .replace("My bike", "My saddle"));

    street.sync();

    Message workshop = messageIn(WORKSHOP);
    assertThat(copies(workshop)).extracting(Copy::inbox).containsExactly(SHOP);
  }

  @Test
  @Tag("TH-6")
  void copies_are_shown_only_where_the_agent_may_read() {
    street.arrives(TO_BOTH);
    street.sync();
    Message shop = messageIn(SHOP);
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.READ, WORKSHOP, "Ask the workshop");

    assertThat(copies(shop)).isEmpty();
  }

  @Test
  void what_came_to_one_inbox_or_was_deleted_in_the_other_has_no_copies() {
    street.arrives(TO_BOTH);
    street.sync();
    street.clara.deleteMessages(List.of(messageIn(WORKSHOP).id()));

    assertThat(copies(messageIn(SHOP))).isEmpty();
  }

  private List<Copy> copies(Message message) {
    return street.clara.open(message.id()).findValue().orElseThrow().copies();
  }

  private Message messageIn(InboxId inbox) {
    Conversation found =
        street.open().stream().filter(each -> each.inbox().equals(inbox)).findFirst().orElseThrow();
    return street.lastMessage(found);
  }
}
