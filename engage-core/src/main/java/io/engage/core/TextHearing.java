package io.engage.core;

import io.engage.core.TextQueue.Queued;
import io.engage.core.TextQueue.Text;
import io.engage.core.consenting.Hearing;
import io.engage.core.consenting.Hearing.Answer;
import io.engage.core.consenting.Hearing.Heard;
import io.engage.core.consenting.Hearing.Said;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  TextHearing(Parts parts, Collection<DocumentKey> consents) {
    this.parts = parts;
    this.queue = new TextQueue(parts);
    List<DocumentKey> keys = new ArrayList<>(consents);
    keys.add(SmsPolicy.KEY);
    SmsPolicy found = SmsPolicy.usual();
    for (Document each : new TextLines(parts).find(keys)) {
      if (each instanceof SmsPolicy stored) {
        found = stored;
      } else if (each instanceof SmsConsent consent) {
        known.put(consent.key(), consent);
      }
    }
    this.policy = found;
  }

  Heard hear(PhoneNumber ours, PhoneNumber theirs, Said said) {
    DocumentKey key = SmsConsent.keyOf(ours, theirs);
    SmsConsent before = known.getOrDefault(key, SmsConsent.none(ours, theirs));
    Heard heard = Hearing.decide(before, said, policy);
    if (heard.isChanged()) {
      known.put(key, heard.consent());
      changed.put(key, heard.consent());
    }
    return heard;
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

  /** The consents as they are now, where they changed. */
  List<SmsConsent> changed() {
    return List.copyOf(changed.values());
  }
}
