package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.about;
import static io.engage.stories.RealStreet.list;
import static io.engage.stories.RealStreet.page;

import io.engage.core.AgentDesk;
import io.engage.core.SetupDesk;
import io.engage.core.Shop;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import java.time.Instant;
import java.util.List;

/** Two stores that share a mail account, and who works there. */
class HubStage {
  static final AccountId STORES = AccountId.of("stores");
  static final Inbox DOWNTOWN = Inbox.of("downtown", "Downtown", "downtown@shop.example", STORES);
  static final Inbox HARBOUR = Inbox.of("harbour", "Harbour", "harbour@shop.example", STORES);
  static final CustomerId ANA = CustomerId.of("ana");
  static final PhoneNumber ANAS = PhoneNumber.of("+14155550101");
  static final PhoneNumber OURS = PhoneNumber.of("+14155550111");
  static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
  static final Instant ELEVEN = Instant.parse("2026-03-02T11:00:00Z");

  final RealStreet street;
  final SetupDesk setup;
  final AgentDesk clara;
  final AgentDesk dirk;

  HubStage(RealStreet street) {
    this.street = street;
    this.setup = street.engage.setupOf(BOSS);
    this.clara = street.engage.deskOf(Shop.CLARA);
    this.dirk = street.engage.deskOf(Shop.DIRK);
  }

  void arrives(Letter letter) {
    street.arrives("stores", letter);
  }

  static Letter mail(String sender, String store, String subject, String id) {
    return Letter.from(sender)
        .to(store + "@shop.example")
        .about(subject)
        .id(id)
        .saying("About: " + subject);
  }

  ConversationId bike() {
    return about(clara, "Brake").id();
  }

  Conversation texts() {
    return list(clara, ConversationFilter.all().through(Channel.SMS)).get(0);
  }

  List<Message> history(Channel channel) {
    return clara.customers().history(ANA, channel, page()).items();
  }

  List<Conversation> assignedToDirk() {
    return list(clara, ConversationFilter.open().assignedTo(Shop.DIRK.id()));
  }
}
