package io.engage.core.settling;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.settling.Retrying.Way;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-9")
@Tag("G-25")
class RetryingTest {
  private static final Inbox WORKSHOP = Shop.workshop();
  private static final Inbox SALES =
      Inbox.of("sales", "Sales", "sales@shop.example", AccountId.of("sales-mail"));

  private final Conversation bike = Shop.conversation("bike", WORKSHOP, ANA);
  private final Message answer = Shop.sent("m1", bike, from(WORKSHOP.sender()).to(ANA).headers());

  @Test
  void a_mail_goes_through_the_inbox_that_it_speaks_for_wherever_the_conversation_is() {
    Way way = Retrying.decide(answer, SALES, List.of(SALES, WORKSHOP));

    assertThat(way)
        .isEqualTo(
            new Way(WORKSHOP.account(), WORKSHOP.sender().address(), List.of(ANA.address())));
  }

  @Test
  void where_that_inbox_is_gone_its_heir_speaks_for_it() {
    Inbox heir =
        new Inbox(
            SALES.id(),
            SALES.name(),
            SALES.sender(),
            Set.of(WORKSHOP.sender().address()),
            SALES.account(),
            SALES.settings(),
            1);

    Way way = Retrying.decide(answer, Shop.shop(), List.of(Shop.shop(), heir));

    assertThat(way.account()).isEqualTo(SALES.account());
    assertThat(way.sender()).isEqualTo(WORKSHOP.sender().address());
  }

  @Test
  void where_nobody_has_the_address_any_more_the_inbox_of_the_conversation_does() {
    Way way = Retrying.decide(answer, SALES, List.of(SALES));

    assertThat(way.account()).isEqualTo(SALES.account());
    assertThat(way.sender()).isEqualTo(SALES.sender().address());
  }

  @Test
  void what_we_answered_by_ourselves_goes_out_with_the_empty_sender_again() {
    Way way = Retrying.decide(automatic(answer), WORKSHOP, List.of(WORKSHOP));

    assertThat(way.sender()).isNull();
  }

  private static Message automatic(Message message) {
    return new Message(
        message.id(),
        message.conversation(),
        message.inbox(),
        message.channel(),
        message.direction(),
        MessageKind.AUTO_REPLY,
        message.trust(),
        message.headers(),
        message.phone(),
        message.preview(),
        message.attachments(),
        message.source(),
        message.at(),
        message.state(),
        message.version());
  }
}
