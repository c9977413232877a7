package io.engage.core;

import static io.engage.core.Street.mailFrom;

import io.engage.memory.InMemorySmsGateway;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditLink;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.SmsReport;
import io.engage.model.template.QuickReplies;
import io.engage.model.template.QuickReply;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.model.writing.NoteId;
import io.engage.spi.Permissions;
import io.engage.spi.Storage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One conversation in the workshop, another inbox beside it, and what else an action needs. */
final class ActionScene implements AutoCloseable {
  static final InboxId WORKSHOP = Shop.workshop().id();
  static final InboxId SHOP = Shop.shop().id();
  static final NamedAddress CARL = NamedAddress.of("Carl Cox", "carl@customer.example");
  static final CustomerId ANA = CustomerId.of("ana");
  static final CustomerId BEN = CustomerId.of("ben");
  static final CustomerId IDA = CustomerId.of("ida");
  static final PhoneNumber IDAS = PhoneNumber.of("+14155550101");
  static final PhoneNumber OURS = PhoneNumber.of("+14155550111");
  static final PhoneNumber FREE = PhoneNumber.of("+14155550112");
  static final Template BYE =
      Template.of("bye", "Bye", Template.Purpose.REPLY, "", "Yours, ${agent.name}");

  final Street street = new Street();
  final Host host = new Host(street.storage);
  final AgentDesk clara;
  final AgentDesk dirk;
  final AuditDesk auditor;
  final ConversationId bike;
  final MessageId mail;
  private final ActionRow row;
  private final Engage engage;

  ActionScene(ActionRow row) throws IOException {
    this.row = row;
    street.customers.with("ida", "Ida Berg", IDAS);
    street.arrives(mailFrom(CARL.toString(), "1@customer.example", "Is it ready?"));
    street.sync();
    engage =
        Engage.builder()
            .storage(street.storage)
            .blobs(street.blobs)
            .mail(street.mail)
            .customers(street.customers)
            .permissions(host)
            .toDos(street.toDos)
            .appointments(street.appointments)
            .screens(
                (supervisor, agent) ->
                    Optional.of(URI.create("https://screens.shop.example/" + agent.value())))
            .sms(InMemorySmsGateway.create().withFreeNumbers(OURS, FREE))
            .account(Street.ACCOUNT)
            .inbox(Shop.shop())
            .inbox(Shop.workshop())
            .forwardingDomain("in.shop.example", Shop.ACCOUNT)
            .region("US")
            .signingKeys(Shop.KEY)
            .clock(street.clock)
            .build();
    clara = engage.deskOf(Shop.CLARA);
    dirk = engage.deskOf(Shop.DIRK);
    auditor = engage.auditOf(Shop.CLARA);
    bike = street.onlyConversation().id();
    mail = street.lastMessage(street.onlyConversation()).id();
    row.before().on(this);
  }

  DistributionDesk distribution() {
    return engage.distribution();
  }

  SetupDesk setup() {
    return engage.setupOf(Shop.CLARA);
  }

  SupervisorDesk supervision() {
    return engage.supervisionOf(Shop.CLARA);
  }

  RulesDesk rules() {
    return engage.rulesOf(Shop.CLARA);
  }

  RecordingDesk recordings() {
    return engage.recordingsOf(Shop.CLARA);
  }

  PrivacyDesk privacy() {
    return engage.privacyOf(Shop.CLARA);
  }

  HeldDesk held() {
    return engage.mail().heldFor(Shop.CLARA);
  }

  ClientelingDesk clienteling() {
    return engage.clientelingOf(Shop.CLARA);
  }

  Inbox inbox(InboxId id) {
    return engage.inboxes().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  List<ConversationId> ids() {
    return List.of(bike);
  }

  /** The bike is Ben's. */
  Object linked() {
    return dirk.link(ids(), BEN);
  }

  NoteId note() {
    return street.storage.documents().ofOwner(DocumentKey.Kind.NOTE, bike.value(), "", 1).stream()
        .map(each -> NoteId.of(each.key().id()))
        .findFirst()
        .orElseThrow();
  }

  Draft begun() {
    return begun(dirk.writing().reply(mail));
  }

  private static Draft begun(Outcome<Draft> outcome) {
    return outcome.findValue().orElseThrow();
  }

  /** The answer that somebody began before. */
  Draft draft() {
    return street.storage.drafts().inConversation(bike).get(0);
  }

  Message queued() {
    return dirk.writing().send(begun()).findValue().orElseThrow();
  }

  /** A mail that the server did not take. */
  Object refusedMail() {
    queued();
    return workedOffWith(new SendOutcome.Refused(new SmtpReply(554, "5.7.1", "no"), Map.of()));
  }

  Object doubtfulMail() {
    queued();
    return workedOffWith(new SendOutcome.InDoubt("no answer came"));
  }

  private Object workedOffWith(SendOutcome outcome) {
    street.mail.answerNext(outcome, false);
    street.clock.advance(java.time.Duration.ofMinutes(1));
    return engage.outbox().workOff();
  }

  MessageId answer() {
    return street.lastMessage(street.onlyConversation()).id();
  }

  Object withTemplate() {
    return setup().templates().save(forWorkshop(BYE));
  }

  static Template forWorkshop(Template template) {
    return new Template(
        template.id(),
        template.name(),
        WORKSHOP,
        template.purpose(),
        template.subject(),
        template.text(),
        template.html(),
        template.version());
  }

  static TemplateId bye() {
    return BYE.id();
  }

  Object withQuickReply() {
    setup().quickReplies().add("Closed", "We are closed.");
    return setup().quickReplies().add("Ready", "It is ready.");
  }

  String quickReply() {
    return street.storage.documents().find(List.of(QuickReplies.KEY)).stream()
        .map(QuickReplies.class::cast)
        .flatMap(each -> each.replies().stream())
        .map(QuickReply::id)
        .findFirst()
        .orElseThrow();
  }

  /** The workshop has a number, and Ida wrote to it. */
  Object withText() {
    clienteling().onboard(WORKSHOP, OURS, "(415) 555-0190", true);
    engage.sms().receive(new InboundSms("in-1", IDAS, OURS, "Hello", street.clock.instant()));
    return engage.outbox().workOff();
  }

  /** Ida agreed, and wrote since what may be a refusal. */
  Object withDoubtfulText() {
    withText();
    dirk.texting().send(text(), "Hello Ida");
    engage.sms().receive(new InboundSms("in-2", IDAS, OURS, "Yes", street.clock.instant()));
    engage
        .sms()
        .receive(
            new InboundSms("in-3", IDAS, OURS, "please stop texting me", street.clock.instant()));
    return engage.outbox().workOff();
  }

  /** Ida was asked first, and agreed. */
  Object withKeptWords() {
    withText();
    dirk.texting().send(text(), "Hello Ida");
    engage.sms().receive(new InboundSms("in-2", IDAS, OURS, "Yes", street.clock.instant()));
    return engage.outbox().workOff();
  }

  DraftId keptWords() {
    return street.storage.drafts().inConversation(text()).get(0).id();
  }

  /** What was sent to Ida after the request did not arrive. */
  Object withFailedText() {
    withKeptWords();
    dirk.texting().sendKept(text(), keptWords());
    engage.outbox().workOff();
    return engage
        .sms()
        .report(new SmsReport("sms-2", SmsReport.Status.FAILED, "", street.clock.instant()));
  }

  MessageId failedText() {
    return street.storage.inboxes().messagesOf(text(), Page.Request.first(10)).items().stream()
        .filter(each -> each.state().delivery() == Delivery.FAILED)
        .map(Message::id)
        .findFirst()
        .orElseThrow();
  }

  ConversationId text() {
    return street.list(ConversationFilter.all()).stream()
        .filter(each -> each.channel() == Channel.SMS)
        .map(Conversation::id)
        .findFirst()
        .orElseThrow();
  }

  /** A stranger wrote to the workshop, which takes only mail from those it knows. */
  Object withHeldMail() {
    Inbox known = inbox(WORKSHOP);
    street.keep(known.withSettings(known.settings().change().knownContactsOnly(true).build()));
    street.arrives(mailFrom("zoe@new.example", "2@new.example", "Cheap tyres"));
    return street.sync();
  }

  DocumentKey heldMail() {
    return street
        .storage
        .documents()
        .ofOwner(DocumentKey.Kind.HELD_MAIL, WORKSHOP.value(), "", 1)
        .stream()
        .map(HeldMail.class::cast)
        .map(HeldMail::key)
        .findFirst()
        .orElseThrow();
  }

  void refuse(ActionRow.Where where) {
    host.refuse(row.action(), WORKSHOP);
    if (where == ActionRow.Where.NOWHERE_PERMITTED) {
      host.refuse(row.action(), SHOP);
    }
  }

  /** What an action answered, and the entries that it left. */
  record Played(Object answer, List<AuditEntry> left) {}

  Played play() throws IOException {
    long before = street.storage.audit().findLast().orElseThrow().sequence();
    Object answer = row.act().on(this);
    return new Played(
        answer,
        street.storage.audit().chainAfter(before, 1000).stream().map(AuditLink::entry).toList());
  }

  /** What can be changed, as it is now. */
  List<Object> all() {
    List<Object> all = new ArrayList<>();
    List<Conversation> conversations =
        street.storage.search().find(ConversationFilter.all(), Page.Request.first(100)).items();
    all.add(conversations);
    conversations.forEach(each -> all.add(street.messages(each)));
    all.add(street.storage.inboxes().inboxes());
    all.add(street.storage.drafts().ofAgent(Shop.CLARA.id(), 100));
    all.add(street.storage.drafts().ofAgent(Shop.DIRK.id(), 100));
    all.add(street.storage.outbox().unsettled(100));
    all.add(street.customers.search("a", 100));
    all.add(street.toDos.all());
    Stream.of(DocumentKey.Kind.values())
        .flatMap(kind -> owners().map(owner -> documents(kind, owner)))
        .forEach(all::add);
    return all;
  }

  private Stream<String> owners() {
    return Stream.of("", bike.value(), WORKSHOP.value(), SHOP.value(), "ana", "ben");
  }

  private List<?> documents(DocumentKey.Kind kind, String owner) {
    return street.storage.documents().ofOwner(kind, owner, "", 100);
  }

  @Override
  public void close() {
    engage.close();
    street.close();
  }

  record Asked(Agent agent, AgentAction action, InboxId inbox) {}

  /**
   * A host that refuses what it is told to, and looks whether anybody holds the store meanwhile.
   */
  static final class Host implements Permissions {
    private final Storage storage;
    private final Set<Asked> asked = new HashSet<>();
    private final Set<Asked> refused = new HashSet<>();
    private boolean blocked;

    Host(Storage storage) {
      this.storage = storage;
    }

    void refuse(AgentAction action, InboxId inbox) {
      refused.add(new Asked(Shop.CLARA, action, inbox));
    }

    boolean wasAsked(AgentAction action, InboxId inbox) {
      return asked.contains(new Asked(Shop.CLARA, action, inbox));
    }

    boolean wasBlocked() {
      return blocked;
    }

    @Override
    public Map<InboxId, Permission> check(
        Agent agent, AgentAction action, Collection<InboxId> inboxes) {
      blocked |= !canBeWrittenByOthers();
      Map<InboxId, Permission> answers = new HashMap<>();
      for (InboxId inbox : inboxes) {
        Asked question = new Asked(agent, action, inbox);
        asked.add(question);
        answers.put(
            inbox,
            refused.contains(question) ? Permission.refused("Ask Dirk") : Permission.granted());
      }
      return answers;
    }

    private boolean canBeWrittenByOthers() {
      try {
        CompletableFuture.runAsync(() -> storage.drafts().discard(DraftId.of("none")))
            .get(30, TimeUnit.SECONDS);
        return true;
      } catch (InterruptedException | ExecutionException | TimeoutException held) {
        return false;
      }
    }
  }
}
