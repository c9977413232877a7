package io.engage.core;

import io.engage.core.TextQueue.Queued;
import io.engage.core.TextQueue.Text;
import io.engage.core.consenting.Hearing;
import io.engage.core.consenting.Hearing.Answer;
import io.engage.core.consenting.Hearing.Heard;
import io.engage.core.consenting.Hearing.Said;
import io.engage.core.consenting.Standing;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.Suppression;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.outbox.OutboxTask.SendSms.Purpose;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Hears what a batch of texts says about consent: what is known is read once, and each text hears
 * what the one before it changed.
 */
final class TextHearing {
  /** What is found in an old mailbox was said to somebody else's program; nobody waits for us. */
  private static final Duration ANSWERED_WITHIN = Duration.ofDays(1);

  private final Parts parts;
  private final TextQueue queue;
  private final SmsPolicy policy;
  private final Map<DocumentKey, SmsConsent> known = new LinkedHashMap<>();
  private final Map<DocumentKey, SmsConsent> changed = new LinkedHashMap<>();
  private final Map<DocumentKey, Suppression> refusals = new LinkedHashMap<>();
  private final Map<PhoneNumber, List<DocumentKey>> refusalKeys = new LinkedHashMap<>();
  private final Set<Suppression> lifted = new LinkedHashSet<>();

  /** Our number and theirs, between which texts go. */
  record Line(PhoneNumber ours, PhoneNumber theirs) {}

  TextHearing(Parts parts, Collection<Line> spoken) {
    this(parts, spoken, new TextQueue(parts));
  }

  /**
   * @param queue that takes the answers
   */
  TextHearing(Parts parts, Collection<Line> spoken, TextQueue queue) {
    this.parts = parts;
    this.queue = queue;
    Suppressions suppressions = new Suppressions(parts);
    spoken.stream()
        .map(Line::theirs)
        .distinct()
        .forEach(theirs -> refusalKeys.put(theirs, suppressions.keysOf(theirs)));
    List<DocumentKey> keys = new ArrayList<>(List.of(SmsPolicy.KEY));
    spoken.forEach(line -> keys.add(SmsConsent.keyOf(line.ours(), line.theirs())));
    refusalKeys.values().forEach(keys::addAll);
    SmsPolicy found = SmsPolicy.usual();
    for (Document each : new TextLines(parts).find(keys)) {
      if (each instanceof SmsPolicy stored) {
        found = stored;
      } else if (each instanceof SmsConsent consent) {
        known.put(consent.key(), consent);
      } else if (each instanceof Suppression refusal) {
        refusals.put(refusal.key(), refusal);
      }
    }
    this.policy = found;
  }

  Heard hear(PhoneNumber ours, PhoneNumber theirs, Said said) {
    DocumentKey key = SmsConsent.keyOf(ours, theirs);
    List<Suppression> refused = refusalsOf(theirs);
    SmsConsent before =
        Standing.decide(known.getOrDefault(key, SmsConsent.none(ours, theirs)), refused);
    Heard heard = Hearing.decide(before, said, policy, parts.clock().instant());
    if (heard.isChanged()) {
      known.put(key, heard.consent());
      changed.put(key, heard.consent());
    }
    if (heard.isAgreement()) {
      lifted.addAll(refused);
    }
    return heard;
  }

  /**
   * What somebody said to none of our numbers in particular ends their consent to each of them, and
   * gives none.
   *
   * @return what changed
   */
  List<AuditFact> overhear(Line line, Said said) {
    SmsConsent before = known.get(SmsConsent.keyOf(line.ours(), line.theirs()));
    if (before == null) {
      return List.of();
    }
    Heard heard = Hearing.decide(before, said, policy, parts.clock().instant());
    if (heard.isAgreement() || heard.facts().isEmpty()) {
      return List.of();
    }
    known.put(before.key(), heard.consent());
    changed.put(before.key(), heard.consent());
    return heard.facts();
  }

  private List<Suppression> refusalsOf(PhoneNumber theirs) {
    return refusalKeys.getOrDefault(theirs, List.of()).stream()
        .flatMap(key -> Stream.ofNullable(refusals.get(key)))
        .filter(each -> !lifted.contains(each))
        .toList();
  }

  /** What is answered by itself to what was heard in this conversation. */
  Optional<Queued> answer(Heard heard, Said said, Inbox inbox, Conversation conversation) {
    if (heard.answer() == Answer.NOTHING
        || said.at().isBefore(parts.clock().instant().minus(ANSWERED_WITHIN))) {
      return Optional.empty();
    }
    String template = heard.answer() == Answer.HELP ? policy.help() : policy.goodbye();
    return Optional.of(
        queue.queue(
            new Text(
                heard.consent().ours(),
                heard.consent().theirs(),
                queue.filled(template, inbox, conversation),
                Purpose.KEYWORD_ANSWER,
                inbox.name()),
            conversation));
  }

  SmsPolicy policy() {
    return policy;
  }

  /** The consents as they are now, where they changed. */
  List<SmsConsent> changed() {
    return List.copyOf(changed.values());
  }

  /** What was kept of people's refusals, and they have begun again. */
  Set<Suppression> lifted() {
    return lifted;
  }
}
