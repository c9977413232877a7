package io.engage.core;

import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemorySmsGateway;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.message.Message;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.OutboundSms;
import io.engage.spi.Storage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The shop's street with an SMS gateway; the workshop has a number and may text. */
final class TextStreet implements AutoCloseable {
  static final PhoneNumber OURS = PhoneNumber.of("+14155550111");
  static final PhoneNumber SECOND = PhoneNumber.of("+14155550112");
  static final PhoneNumber ANAS = PhoneNumber.of("+14155550101");
  static final PhoneNumber STRANGERS = PhoneNumber.of("+14155550177");
  static final CustomerId ANA = CustomerId.of("ana");
  static final InboxId WORKSHOP = Shop.workshop().id();
  static final InboxId SHOP = Shop.shop().id();

  final InMemorySmsGateway gateway = InMemorySmsGateway.create().withFreeNumbers(OURS, SECOND);
  final Street street = new Street();
  final Engage engage = node(street.storage);
  final AgentDesk agent = engage.deskOf(Shop.CLARA);
  final TextDesk clara = agent.texting();
  final ClientelingDesk clienteling = engage.clientelingOf(Shop.DIRK);
  private final AtomicInteger lastId = new AtomicInteger();

  TextStreet() {
    this(true);
  }

  private TextStreet(boolean onboarded) {
    if (onboarded) {
      clienteling.onboard(WORKSHOP, OURS, "(415) 555-0190", true);
    }
  }

  /** Where no inbox has a number yet. */
  static TextStreet withoutNumber() {
    return new TextStreet(false);
  }

  Engage node(Storage storage) {
    return Engage.builder()
        .storage(storage)
        .blobs(street.blobs)
        .mail(street.mail)
        .customers(
            InMemoryCustomerDirectory.create().with("ana", "Ana Silva", Shop.ANA.address(), ANAS))
        .permissions(street.permissions)
        .sms(gateway)
        .account(Street.ACCOUNT)
        .inbox(Shop.shop())
        .inbox(Shop.workshop())
        .signingKeys(Shop.KEY)
        .authenticationServers("mx.shop.example")
        .smsByMail("US", "gateway.example")
        .clock(street.clock)
        .build();
  }

  void change(InboxId inbox, UnaryOperator<InboxSettings.Change> change) {
    Inbox stored =
        street.storage.inboxes().inboxes().stream()
            .filter(each -> each.id().equals(inbox))
            .findFirst()
            .orElseThrow();
    street.keep(stored.withSettings(change.apply(stored.settings().change()).build()));
  }

  Outcome<Message> receive(PhoneNumber from, PhoneNumber to, String text) {
    street.clock.advance(Duration.ofSeconds(5));
    return engage
        .sms()
        .receive(
            new InboundSms(
                "in-" + lastId.incrementAndGet(), from, to, text, street.clock.instant()));
  }

  Outcome<Message> receive(String text) {
    return receive(ANAS, OURS, text);
  }

  void receiveByMail(String words) {
    street.arrives(
        """
        From: sms@gateway.example
        To: repairs@shop.example
        Subject: SMS from +1 415-555-0101
        Date: Mon, 2 Mar 2026 08:00:00 +0000
        Message-ID: <sms-%d@gateway.example>

        %s
        """
            .formatted(lastId.incrementAndGet(), words));
    engage.mail().sync(Shop.ACCOUNT);
  }

  /** Ana was asked and has agreed to texts from the workshop's number. */
  Conversation agreed() {
    clara.begin(WORKSHOP, ANA, ANAS, "Hello");
    engage.outbox().workOff();
    receive("Yes");
    return onlyConversation();
  }

  Conversation onlyConversation() {
    List<Conversation> open = list(ConversationFilter.open());
    if (open.size() != 1) {
      throw new AssertionError("There are " + open.size() + " open conversations");
    }
    return open.get(0);
  }

  List<Conversation> list(ConversationFilter filter) {
    return agent.list(filter, Page.Request.first(100)).items();
  }

  List<OutboundSms> sent() {
    engage.outbox().workOff();
    return gateway.sent();
  }

  Message stored(Message message) {
    return street.storage.inboxes().messages(List.of(message.id())).get(0);
  }

  @Override
  public void close() {
    engage.close();
    street.close();
  }
}
