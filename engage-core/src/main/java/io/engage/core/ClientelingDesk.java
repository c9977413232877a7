package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.configuring.CallForwarding;
import io.engage.core.consenting.LocalWords;
import io.engage.core.linking.PhoneNumbers;
import io.engage.core.templating.Compilation;
import io.engage.core.templating.Templating;
import io.engage.core.templating.Variable;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.sms.SmsLine;
import io.engage.model.sms.SmsNumber;
import io.engage.model.sms.SmsPolicy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an administrator lets inboxes text with customers: gives them a number, enables them, and
 * says what customers are asked. Whoever does so needs {@link AgentAction#MANAGE_CLIENTELING}.
 *
 * <p>Onboarding and enabling are two steps, which may be taken at once. An inbox that is enabled
 * stays so. Quick replies are at {@link SetupDesk#quickReplies()}.
 *
 * <p>Thread-safe.
 */
public final class ClientelingDesk {
  private static final Pattern FIELD = Pattern.compile("\\$\\{[^}]*}");

  private static final AgentAction MANAGE = AgentAction.MANAGE_CLIENTELING;

  private final Parts parts;
  private final Permitting permitting;
  private final TextLines lines;

  ClientelingDesk(Agent agent, Parts parts) {
    this.parts = parts;
    this.permitting = new Permitting(requireNonNull(agent, "agent"), parts);
    this.lines = new TextLines(parts);
  }

  /** The inboxes without a number that the agent may give one. */
  public List<Inbox> onboardable() {
    return managed(inbox -> inbox.settings().sms() == null);
  }

  /** The inboxes with a number that the agent may manage, enabled or not. */
  public List<Inbox> onboarded() {
    return managed(inbox -> inbox.settings().sms() != null);
  }

  /**
   * The gateway's free numbers that no inbox has.
   *
   * @return refused when the agent may give no inbox one
   */
  public Outcome<List<PhoneNumber>> freeNumbers() {
    return permitting.somewhere(MANAGE, managed -> new Outcome.Done<>(free()));
  }

  private List<PhoneNumber> free() {
    Set<PhoneNumber> taken = numbers();
    return parts.sms().freeNumbers().stream().filter(each -> !taken.contains(each)).toList();
  }

  /**
   * Gives an inbox one of the free numbers. Calls to it are forwarded soon.
   *
   * @param callsTo where calls go, as people type it, usually the shop's own line; without a valid
   *     one no inbox can be onboarded
   * @param enable whether agents may send at once
   */
  public Outcome<Inbox> onboard(InboxId inbox, PhoneNumber number, String callsTo, boolean enable) {
    requireNonNull(number, "number");
    return withCallsTo(inbox, callsTo, to -> onboard(inbox, new SmsLine(number, to, enable)));
  }

  /**
   * Has calls to the number of an inbox forwarded to another one from now on, soon.
   *
   * @param callsTo as people type it
   */
  public Outcome<Inbox> forwardCalls(InboxId inbox, String callsTo) {
    return withCallsTo(inbox, callsTo, to -> forwardCalls(inbox, to));
  }

  private Outcome<Inbox> withCallsTo(
      InboxId inbox, String callsTo, Function<PhoneNumber, Outcome<Inbox>> act) {
    Optional<PhoneNumber> line = PhoneNumbers.parse(callsTo, regionOf(inbox));
    return permitting.inAll(
        MANAGE,
        List.of(inbox),
        () ->
            line.isEmpty()
                ? new Outcome.Refused<>(
                    "Calls need a valid number to go to. Give the shop's own line.")
                : parts.committing().retrying(() -> act.apply(line.get())));
  }

  /** A shop abroad is called as people there write its number. */
  private String regionOf(InboxId inbox) {
    return parts.storage().inboxes().inboxes(List.of(inbox)).stream()
        .flatMap(each -> Stream.ofNullable(each.settings().region()))
        .findFirst()
        .orElseGet(parts::region);
  }

  /** Enables several at once, in one commit; each has an outcome of its own. */
  public Map<InboxId, Outcome<Inbox>> enable(Collection<InboxId> inboxes) {
    Set<InboxId> wanted = new LinkedHashSet<>(inboxes);
    Map<InboxId, String> refusals = permitting.refusals(MANAGE, wanted);
    return parts.committing().retrying(() -> enableOnce(wanted, refusals));
  }

  private Map<InboxId, Outcome<Inbox>> enableOnce(
      Set<InboxId> wanted, Map<InboxId, String> refusals) {
    InboxChange.Builder change = InboxChange.builder();
    Map<InboxId, Outcome<Inbox>> outcomes = new LinkedHashMap<>();
    for (InboxId inbox : wanted) {
      String refusal = refusals.get(inbox);
      outcomes.put(inbox, refusal == null ? enable(inbox, change) : new Outcome.Refused<>(refusal));
    }
    if (outcomes.values().stream().anyMatch(Outcome::isDone)) {
      parts.committing().commit(change.build());
    }
    return outcomes;
  }

  /**
   * What customers are asked and answered, one for the host.
   *
   * @return refused when the agent may manage clienteling in no inbox
   */
  public Outcome<SmsPolicy> policy() {
    return permitting.somewhere(MANAGE, managed -> new Outcome.Done<>(lines.policy()));
  }

  /** Changes the opt-in request; who was asked before is not asked again. */
  public Outcome<SmsPolicy> changeOptIn(String text) {
    return change(List.of(text), now -> now.withOptIn(text));
  }

  /** Changes what is answered to HELP, and what confirms STOP. */
  public Outcome<SmsPolicy> changeAnswers(String help, String goodbye) {
    return change(List.of(help, goodbye), now -> now.withAnswers(help, goodbye));
  }

  /**
   * Further words that end or give consent, beside those of every carrier.
   *
   * @return refused when one of them has another meaning already
   */
  public Outcome<SmsPolicy> changeWords(List<String> stopWords, List<String> startWords) {
    Optional<String> refusal = LocalWords.refusal(stopWords, startWords);
    return refusal.isPresent()
        ? permitting.everywhere(MANAGE, () -> new Outcome.Refused<>(refusal.get()))
        : change(List.of(), now -> now.withWords(stopWords, startWords));
  }

  private List<Inbox> managed(Function<Inbox, Boolean> wanted) {
    Set<InboxId> permitted = permitting.permitted(MANAGE);
    return lines.inboxes().stream()
        .filter(inbox -> permitted.contains(inbox.id()) && wanted.apply(inbox))
        .toList();
  }

  /** Who has the number is read before who else may have it: whoever comes between is seen. */
  private Outcome<Inbox> onboard(InboxId id, SmsLine line) {
    SmsNumber taken = taken(line.number(), id);
    Optional<Inbox> found = lines.inbox(id);
    if (found.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    Inbox inbox = found.get();
    if (inbox.settings().sms() != null) {
      return new Outcome.Refused<>("Inbox '%s' has a number already".formatted(inbox.name()));
    }
    if (!free().contains(line.number())) {
      return new Outcome.Refused<>("That number is not free. Choose another.");
    }
    Optional<String> circle = CallForwarding.refusal(line.number(), line.callsTo(), numbers());
    if (circle.isPresent()) {
      return new Outcome.Refused<>(circle.get());
    }
    InboxChange.Builder change =
        change(inbox, line)
            .document(taken)
            .outbox(List.of(forwarding(line)))
            .audit(
                permitting.stamp(
                    AuditSubject.of(id),
                    new AuditFact.SmsOnboarded(line.number(), line.callsTo())));
    if (line.enabled()) {
      change.audit(permitting.stamp(AuditSubject.of(id), new AuditFact.SmsEnabled(line.number())));
    }
    return commit(inbox, line, change);
  }

  private Outcome<Inbox> forwardCalls(InboxId id, PhoneNumber to) {
    Optional<Inbox> found = lines.inbox(id);
    if (found.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    Inbox inbox = found.get();
    SmsLine before = inbox.settings().sms();
    if (before == null) {
      return new Outcome.Refused<>(withoutNumber(inbox));
    }
    if (before.callsTo().equals(to)) {
      return new Outcome.AlreadySo<>();
    }
    Optional<String> circle = CallForwarding.refusal(before.number(), to, numbers());
    if (circle.isPresent()) {
      return new Outcome.Refused<>(circle.get());
    }
    SmsLine line = new SmsLine(before.number(), to, before.enabled());
    return commit(
        inbox,
        line,
        change(inbox, line)
            .outbox(List.of(forwarding(line)))
            .audit(
                permitting.stamp(
                    AuditSubject.of(id),
                    new AuditFact.InboxConfigured(inbox.name(), List.of("callsTo")))));
  }

  private static String withoutNumber(Inbox inbox) {
    return "Inbox '%s' has no number yet. Onboard it first.".formatted(inbox.name());
  }

  private Set<PhoneNumber> numbers() {
    return lines.inboxes().stream()
        .flatMap(inbox -> Stream.ofNullable(inbox.settings().sms()))
        .map(SmsLine::number)
        .collect(Collectors.toSet());
  }

  /** Of an inbox that is gone the number is free again. */
  private SmsNumber taken(PhoneNumber number, InboxId inbox) {
    long version = lines.find(SmsNumber.keyOf(number)).map(each -> each.version()).orElse(0L);
    return new SmsNumber(number, inbox, version);
  }

  private OutboxEntry forwarding(SmsLine line) {
    return new OutboxEntry(
        OutboxId.of(parts.ids().next()),
        AccountId.SMS,
        new OutboxTask.ForwardCalls(line.number(), line.callsTo()),
        parts.clock().instant(),
        0);
  }

  private Outcome<Inbox> enable(InboxId id, InboxChange.Builder to) {
    Optional<Inbox> found = lines.inbox(id);
    if (found.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    SmsLine line = found.get().settings().sms();
    if (line == null) {
      return new Outcome.Refused<>(withoutNumber(found.get()));
    }
    if (line.enabled()) {
      return new Outcome.AlreadySo<>();
    }
    Inbox enabled = with(found.get(), line.asEnabled());
    to.inbox(enabled)
        .audit(permitting.stamp(AuditSubject.of(id), new AuditFact.SmsEnabled(line.number())));
    return new Outcome.Done<>(enabled.withVersion(enabled.version() + 1));
  }

  private static InboxChange.Builder change(Inbox inbox, SmsLine line) {
    return InboxChange.builder().inbox(with(inbox, line));
  }

  private static Inbox with(Inbox inbox, SmsLine line) {
    return inbox.withSettings(inbox.settings().change().sms(line).build());
  }

  private Outcome<Inbox> commit(Inbox inbox, SmsLine line, InboxChange.Builder change) {
    parts.committing().commit(change.build());
    return new Outcome.Done<>(with(inbox, line).withVersion(inbox.version() + 1));
  }

  private Outcome<SmsPolicy> change(List<String> texts, UnaryOperator<SmsPolicy> change) {
    return permitting.everywhere(
        MANAGE,
        () -> {
          Optional<String> refusal =
              texts.stream().flatMap(text -> refusal(text).stream()).findFirst();
          return refusal.isPresent()
              ? new Outcome.Refused<>(refusal.get())
              : parts.committing().retrying(() -> commit(change));
        });
  }

  private Outcome<SmsPolicy> commit(UnaryOperator<SmsPolicy> change) {
    SmsPolicy before = lines.policy();
    SmsPolicy next;
    try {
      next = change.apply(before);
    } catch (IllegalArgumentException unfit) {
      return new Outcome.Refused<>(String.valueOf(unfit.getMessage()));
    }
    if (next.equals(before)) {
      return new Outcome.AlreadySo<>();
    }
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .document(next)
                .audit(permitting.stamp(AuditSubject.NONE, new AuditFact.SmsPolicyChanged()))
                .build());
    return new Outcome.Done<>(next.withVersion(next.version() + 1));
  }

  /** Only what is known of every inbox may stand in them, or some customer gets no request. */
  private static Optional<String> refusal(String text) {
    Compilation read = new Templating().decide(text);
    if (read instanceof Compilation.Refused refused) {
      return Optional.of(refused.reason());
    }
    if (FIELD.matcher(text).replaceAll("").contains("${")) {
      return Optional.of("A field begins with '${' and does not end");
    }
    Set<String> fields = ((Compilation.Ready) read).form().fields();
    return fields.stream()
        .filter(field -> !field.equals(Variable.INBOX_NAME.field()))
        .findFirst()
        .map(field -> "The field '%s' is not known here; ${inbox.name} is".formatted(field));
  }
}
