package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.TextQueue.Queued;
import io.engage.core.TextQueue.Text;
import io.engage.core.consenting.Asking;
import io.engage.core.consenting.Asking.Verdict;
import io.engage.core.texting.TextMeasure;
import io.engage.core.texting.Texting;
import io.engage.core.working.Unasking;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.document.Document;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.outbox.OutboxTask.SendSms.Purpose;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsLine;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where an agent writes text messages. The first one to every customer is the opt-in request, and
 * nothing else goes before they agree, not even an answer to somebody who wrote by themselves.
 *
 * <p>Thread-safe.
 */
public final class TextDesk {
  /** Gateways refuse what is longer. */
  private static final int MOST_SEGMENTS = 10;

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Identities identities;
  private final TextLines lines;
  private final TextQueue queue;

  TextDesk(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
    this.identities = new Identities(parts);
    this.lines = new TextLines(parts);
    this.queue = new TextQueue(parts);
  }

  /** How long a text is, in which alphabet, and how it is cut. */
  public TextMeasure measure(String text) {
    return Texting.decide(requireNonNull(text, "text"));
  }

  /** Exactly what would go out now, to whom and from which number. Nothing is sent. */
  public Outcome<TextPreview> preview(ConversationId conversation, String text) {
    requireNonNull(text, "text");
    return permitting.onConversation(
        AgentAction.SEND_SMS,
        conversation,
        found -> Outcomes.then(sheet(found, text), this::preview));
  }

  /** The same for what {@link #begin} would send. */
  public Outcome<TextPreview> preview(
      InboxId inbox, CustomerId customer, PhoneNumber number, String text) {
    requireNonNull(text, "text");
    return beginning(
        AgentAction.SEND_SMS,
        inbox,
        customer,
        number,
        found -> Outcomes.then(sheet(found, text), this::preview));
  }

  /**
   * Answers an SMS conversation. When this returns, the text is committed for sending and stands in
   * the conversation and in the customer's history; the outbox sends it.
   *
   * @return refused when the customer has not agreed, wants no texts, or may have said so
   */
  public Outcome<Texted> send(ConversationId conversation, String text) {
    requireNonNull(text, "text");
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onConversation(
                    AgentAction.SEND_SMS,
                    conversation,
                    found -> Outcomes.then(sheet(found, text), this::commit)));
  }

  /**
   * Writes to a customer at one of their numbers, from the number of an inbox, in the open
   * conversation with that number or in a new one.
   */
  public Outcome<Texted> begin(
      InboxId inbox, CustomerId customer, PhoneNumber number, String text) {
    requireNonNull(text, "text");
    return beginning(
        AgentAction.SEND_SMS,
        inbox,
        customer,
        number,
        found -> Outcomes.then(sheet(found, text), this::commit));
  }

  private <T> Outcome<T> beginning(
      AgentAction action,
      InboxId inbox,
      CustomerId customer,
      PhoneNumber number,
      Function<Conversation, Outcome<T>> act) {
    return permitting.inAll(
        action,
        List.of(inbox),
        () ->
            parts
                .committing()
                .retrying(() -> Outcomes.then(conversationWith(inbox, customer, number), act)));
  }

  /**
   * Sends a text of ours that failed once more, as a new message; the customer may have said since
   * that they want none.
   */
  public Outcome<Texted> sendAgain(MessageId message) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onMessage(
                    AgentAction.SEND_SMS,
                    message,
                    (found, conversation) ->
                        isFailed(found)
                            ? Outcomes.then(
                                sheet(conversation, queue.words(found.source())), this::commit)
                            : new Outcome.Refused<>("Only a text that failed is sent again")));
  }

  private static boolean isFailed(Message message) {
    return message.channel() == Channel.SMS
        && message.direction() == Direction.OUTBOUND
        && message.kind() == MessageKind.PERSON
        && message.state().delivery() == Delivery.FAILED;
  }

  /** What agents wanted to write before the customer had agreed. It stays until it is discarded. */
  public Outcome<List<Draft>> unsent(ConversationId conversation) {
    return permitting.onConversation(
        AgentAction.SEND_SMS, conversation, found -> new Outcome.Done<>(kept(found)));
  }

  private List<Draft> kept(Conversation conversation) {
    return parts.storage().drafts().inConversation(conversation.id()).stream()
        .filter(each -> each.kind() == Draft.Kind.SMS)
        .toList();
  }

  /** Sends one of {@link #unsent}, which is gone then. */
  public Outcome<Texted> sendKept(ConversationId conversation, DraftId draft) {
    return onKept(
        conversation,
        draft,
        (found, kept) ->
            Outcomes.then(
                sheet(found, kept.content().text()),
                sheet ->
                    sheet.isRequest()
                        ? new Outcome.Refused<>("The customer has not been asked. Begin anew.")
                        : commit(sheet, InboxChange.builder().drop(kept))));
  }

  /** Throws one of {@link #unsent} away. */
  public Outcome<Draft> discardKept(ConversationId conversation, DraftId draft) {
    return onKept(
        conversation,
        draft,
        (found, kept) -> {
          parts.storage().drafts().discard(kept.id());
          return new Outcome.Done<>(kept);
        });
  }

  private <T> Outcome<T> onKept(
      ConversationId conversation, DraftId draft, BiFunction<Conversation, Draft, Outcome<T>> act) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onConversation(
                    AgentAction.SEND_SMS,
                    conversation,
                    found ->
                        kept(found).stream()
                            .filter(each -> each.id().equals(draft))
                            .findFirst()
                            .map(each -> act.apply(found, each))
                            .orElseGet(Outcome.Unknown::new)));
  }

  /** The quick replies in their order, each filled in for this conversation. */
  public Outcome<List<OfferedText>> quickReplies(ConversationId conversation) {
    return permitting.onConversation(
        AgentAction.SEND_SMS, conversation, found -> new Outcome.Done<>(offered(found)));
  }

  /**
   * The same before the first text to a customer, for what {@link #begin} would send; {@code
   * ${number}} has no value while there is no conversation.
   */
  public Outcome<List<OfferedText>> quickReplies(
      InboxId inbox, CustomerId customer, PhoneNumber number) {
    return beginning(
        AgentAction.SEND_SMS, inbox, customer, number, found -> new Outcome.Done<>(offered(found)));
  }

  /** Whether the customer of an SMS conversation has agreed, and how that is known. */
  public Outcome<SmsConsent> consent(ConversationId conversation) {
    return permitting.onConversation(AgentAction.READ, conversation, found -> consentOf(found));
  }

  /**
   * The same before the first text: whether this number of a customer takes texts from the number
   * of an inbox.
   */
  public Outcome<SmsConsent> consent(InboxId inbox, CustomerId customer, PhoneNumber number) {
    return beginning(AgentAction.READ, inbox, customer, number, this::consentOf);
  }

  /** Says that what the customer wrote was no refusal: held texts go, and others may follow. */
  public Outcome<SmsConsent> release(ConversationId conversation) {
    return change(
        conversation,
        consent -> Asking.released(consent, agent.id().value(), parts.clock().instant()));
  }

  /** Ends texts to a customer who asked for it in any way. Only they can begin again. */
  public Outcome<SmsConsent> end(ConversationId conversation) {
    return change(
        conversation,
        consent ->
            Asking.ended(
                consent, agent.id().value(), parts.clock().instant(), conversation.value()));
  }

  /** Everything that sending a text needs. */
  private record Sheet(
      Conversation conversation,
      Inbox inbox,
      SmsConsent consent,
      String text,
      String words,
      boolean isRequest) {}

  private Outcome<Sheet> sheet(Conversation conversation, String text) {
    Optional<String> unfit = unfit(text);
    if (unfit.isPresent()) {
      return new Outcome.Refused<>(unfit.get());
    }
    return Outcomes.then(
        line(conversation),
        inbox ->
            Outcomes.then(consentOf(conversation), it -> sheet(conversation, inbox, it, text)));
  }

  private Outcome<Sheet> sheet(
      Conversation conversation, Inbox inbox, SmsConsent consent, String text) {
    Verdict verdict = Asking.decide(consent);
    if (verdict instanceof Verdict.Refuse refused) {
      return new Outcome.Refused<>(refused.reason());
    }
    boolean isRequest = verdict instanceof Verdict.AskFirst;
    String words = isRequest ? queue.filled(lines.policy().optIn(), inbox, conversation) : text;
    return new Outcome.Done<>(new Sheet(conversation, inbox, consent, text, words, isRequest));
  }

  private static Optional<String> unfit(String text) {
    if (text.isBlank()) {
      return Optional.of("The text is empty");
    }
    if (text.chars().anyMatch(each -> each < ' ' && each != '\n' && each != '\r')) {
      return Optional.of("The text has a control character. Remove it.");
    }
    int segments = Texting.decide(text).segments().size();
    return segments > MOST_SEGMENTS
        ? Optional.of(
            "The text has %d segments, but at most %d are possible"
                .formatted(segments, MOST_SEGMENTS))
        : Optional.empty();
  }

  /** The inbox through whose number texts go: where the customer was asked, they are answered. */
  private Outcome<Inbox> line(Conversation conversation) {
    Inbox inbox = lines.inbox(conversation.inbox()).orElseThrow();
    PhoneNumber began = conversation.exchange().line();
    if (began != null && lines.inboxAt(began).isEmpty()) {
      return new Outcome.Refused<>(
          "The number of this conversation belongs to no inbox any more. Begin a new one.");
    }
    Inbox through = began == null ? inbox : lines.inboxAt(began).orElse(inbox);
    SmsLine line = through.settings().sms();
    if (line == null) {
      return new Outcome.Refused<>("Inbox '%s' has no SMS number".formatted(through.name()));
    }
    return line.enabled()
        ? new Outcome.Done<>(through)
        : new Outcome.Refused<>(
            "Text messages are not enabled for inbox '%s' yet".formatted(through.name()));
  }

  private Outcome<SmsConsent> consentOf(Conversation conversation) {
    PhoneNumber ours = ours(conversation);
    Optional<PhoneNumber> theirs =
        conversation.participants().stream()
            .filter(PhoneNumber.class::isInstance)
            .map(PhoneNumber.class::cast)
            .findFirst();
    if (conversation.channel() != Channel.SMS || theirs.isEmpty()) {
      return new Outcome.Refused<>(
          "This is no SMS conversation. Begin one with the customer's number.");
    }
    return ours == null
        ? new Outcome.Refused<>("The inbox of this conversation has no SMS number")
        : new Outcome.Done<>(lines.consent(ours, theirs.get()));
  }

  private @Nullable PhoneNumber ours(Conversation conversation) {
    PhoneNumber began = conversation.exchange().line();
    SmsLine line = lines.inbox(conversation.inbox()).orElseThrow().settings().sms();
    return began != null || line == null ? began : line.number();
  }

  private Outcome<TextPreview> preview(Sheet sheet) {
    return new Outcome.Done<>(
        new TextPreview(
            sheet.consent().ours(),
            sheet.consent().theirs(),
            sheet.words(),
            sheet.isRequest(),
            Texting.decide(sheet.words())));
  }

  private Outcome<Texted> commit(Sheet sheet) {
    return commit(sheet, InboxChange.builder());
  }

  private Outcome<Texted> commit(Sheet sheet, InboxChange.Builder change) {
    Queued queued =
        queue.queue(
            new Text(
                sheet.consent().ours(),
                sheet.consent().theirs(),
                sheet.words(),
                sheet.isRequest() ? Purpose.OPT_IN_REQUEST : Purpose.CONVERSATION,
                agent.name()),
            sheet.conversation());
    Conversation after = answered(sheet, queued);
    List<Occurrence> occurrences = new ArrayList<>();
    if (sheet.conversation().version() == 0) {
      occurrences.add(
          new Occurrence(queued.occurrence().subject(), new AuditFact.ConversationStarted(1)));
    }
    occurrences.add(queued.occurrence());
    Unasking.decide(sheet.conversation(), after).ifPresent(occurrences::add);
    List<Document> documents = new ArrayList<>();
    if (sheet.isRequest()) {
      Asking.Step step =
          Asking.requested(
              sheet.consent(),
              agent.id().value(),
              queued.message().at(),
              queued.message().id().value());
      documents.add(step.consent());
      step.facts()
          .forEach(fact -> occurrences.add(new Occurrence(queued.occurrence().subject(), fact)));
    }
    parts
        .committing()
        .commit(
            change
                .conversations(List.of(after))
                .messages(List.of(queued.message()))
                .outbox(List.of(queued.entry()))
                .documents(documents)
                .audit(parts.committing().stamp(Actor.agent(agent), occurrences))
                .build());
    Message sent = queued.message().withVersion(1);
    return new Outcome.Done<>(
        sheet.isRequest()
            ? new Texted.AskedFirst(sent, keep(queued.conversation(), sheet.text()))
            : new Texted.Queued(sent));
  }

  /** To be asked for consent is no answer. */
  private Conversation answered(Sheet sheet, Queued queued) {
    return sheet.isRequest() || sheet.conversation().version() == 0
        ? queued.conversation()
        : queued.conversation().answered(agent.id(), parts.clock().instant());
  }

  /** The words wait as a draft, for whoever sees the customer agree. */
  private Draft keep(Conversation conversation, String words) {
    return parts
        .storage()
        .drafts()
        .save(
            new Draft(
                DraftId.of(parts.ids().next()),
                Draft.Kind.SMS,
                conversation.inbox(),
                conversation.id(),
                null,
                conversation.state().customer(),
                agent.id(),
                Draft.Seen.NOTHING,
                Composition.empty().withText(words),
                parts.clock().instant(),
                0));
  }

  private Outcome<Conversation> conversationWith(InboxId inbox, CustomerId id, PhoneNumber number) {
    if (lines.inbox(inbox).isEmpty()) {
      return new Outcome.Unknown<>();
    }
    CustomerId now = identities.now(id);
    boolean isTheirs =
        parts.customers().findByIds(identities.withMerged(now)).stream()
            .anyMatch(each -> each.addresses().contains(number));
    if (!isTheirs) {
      return new Outcome.Refused<>("That number is none of the customer's");
    }
    return new Outcome.Done<>(
        parts.storage().search().sms(Set.of(number)).stream()
            .filter(each -> each.inbox().equals(inbox) && !each.isCompleted())
            .filter(each -> !each.isSideThread() && isThroughNumberOf(inbox, each))
            .filter(each -> each.findCustomer().filter(now::equals).isPresent())
            .findFirst()
            .orElseGet(() -> opened(inbox, now, number)));
  }

  /** One that came from elsewhere goes on through the number of elsewhere. */
  private boolean isThroughNumberOf(InboxId inbox, Conversation conversation) {
    PhoneNumber began = conversation.exchange().line();
    return began == null || lines.inboxAt(began).map(Inbox::id).filter(inbox::equals).isPresent();
  }

  private Conversation opened(InboxId inbox, CustomerId customer, PhoneNumber number) {
    Instant now = parts.clock().instant();
    return new Conversation(
            ConversationId.of(parts.ids().next()),
            inbox,
            Channel.SMS,
            "",
            Set.of(number),
            0,
            0,
            now,
            now,
            Conversation.Exchange.NONE,
            Conversation.State.NEW.withCustomer(customer),
            0)
        .taken(agent.id(), now);
  }

  private List<OfferedText> offered(Conversation conversation) {
    Filling filling = new Filling(parts);
    Inbox inbox = lines.inbox(conversation.inbox()).orElseThrow();
    return filling.quickReplies().stream()
        .map(
            reply ->
                new OfferedText(
                    reply.id(),
                    reply.title(),
                    Filling.fill(
                        reply,
                        filling.values(
                            inbox,
                            conversation.version() == 0 ? null : conversation.id(),
                            conversation.subject(),
                            conversation.state().customer(),
                            null,
                            agent))))
        .toList();
  }

  private Outcome<SmsConsent> change(ConversationId id, Function<SmsConsent, Asking.Step> change) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onConversation(
                    AgentAction.SEND_SMS,
                    id,
                    found ->
                        Outcomes.then(consentOf(found), it -> commit(found, change.apply(it)))));
  }

  private Outcome<SmsConsent> commit(Conversation conversation, Asking.Step step) {
    if (step.facts().isEmpty()) {
      return new Outcome.AlreadySo<>();
    }
    AuditSubject subject = AuditSubject.of(conversation.inbox(), conversation.id());
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .document(step.consent())
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            step.facts().stream()
                                .map(fact -> new Occurrence(subject, fact))
                                .toList()))
                .build());
    return new Outcome.Done<>(step.consent().withVersion(step.consent().version() + 1));
  }
}
