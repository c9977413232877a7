package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.list;
import static io.engage.stories.RealStreet.messages;

import io.engage.core.AgentDesk;
import io.engage.core.ClientelingDesk;
import io.engage.core.Outcome;
import io.engage.core.SetupDesk;
import io.engage.core.Shop;
import io.engage.core.TextDesk;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsConsent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Three stores that text with customers, their manager and an associate. */
class StoreStage {
  static final AccountId STORES = AccountId.of("stores");
  static final InboxId DOWNTOWN = InboxId.of("downtown");
  static final InboxId HARBOUR = InboxId.of("harbour");
  static final InboxId AIRPORT = InboxId.of("airport");
  static final CustomerId ANA = CustomerId.of("ana");
  static final CustomerId BEN = CustomerId.of("ben");
  static final PhoneNumber ANAS = PhoneNumber.of("+14155550101");
  static final PhoneNumber BENS = PhoneNumber.of("+14155550102");
  static final PhoneNumber FIRST = PhoneNumber.of("+14155550111");
  static final PhoneNumber SECOND = PhoneNumber.of("+14155550112");

  final RealStreet street;
  final SetupDesk setup;
  final ClientelingDesk manager;
  final AgentDesk clara;
  final TextDesk texting;

  StoreStage(RealStreet street) {
    this.street = street;
    this.setup = street.engage.setupOf(BOSS);
    this.manager = street.engage.clientelingOf(BOSS);
    this.clara = street.engage.deskOf(Shop.CLARA);
    this.texting = clara.texting();
  }

  /** Whom a text is for, and which number they send it to. */
  Outcome<Message> receives(PhoneNumber from, PhoneNumber to, String words) {
    street.clock.advance(Duration.ofSeconds(5));
    Instant now = street.clock.instant();
    return street.engage.sms().receive(new InboundSms("in-" + now, from, to, words, now));
  }

  Outcome<Message> anaTexts(String words) {
    return receives(ANAS, FIRST, words);
  }

  ConversationId anas() {
    return with(ANA, Channel.SMS);
  }

  ConversationId bens() {
    return with(BEN, Channel.SMS);
  }

  ConversationId with(CustomerId customer, Channel channel) {
    return list(clara, ConversationFilter.all().with(customer).through(channel)).get(0).id();
  }

  SmsConsent consent(ConversationId conversation) {
    return done(texting.consent(conversation));
  }

  /** What went out, oldest first. */
  List<String> sent() {
    return street.gateway.sent().stream().map(OutboundSms::text).toList();
  }

  Delivery delivery(Message message) {
    return messages(clara, message.conversation()).stream()
        .filter(each -> each.id().equals(message.id()))
        .findFirst()
        .orElseThrow()
        .state()
        .delivery();
  }
}
