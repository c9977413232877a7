package io.engage.memory;

import io.engage.model.address.PhoneNumber;
import io.engage.model.message.MessageId;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsReceipt;
import io.engage.spi.SmsGateway;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes text messages and keeps them where a demo or a test can look. */
public final class InMemorySmsGateway implements SmsGateway {
  private final Guard guard = new Guard();
  private final Map<MessageId, OutboundSms> sent = new LinkedHashMap<>();
  private final Map<MessageId, SmsReceipt> answers = new HashMap<>();
  private final Map<PhoneNumber, String> refusals = new HashMap<>();
  private final Set<PhoneNumber> free = new LinkedHashSet<>();

  private InMemorySmsGateway() {}

  /** A gateway without free numbers that takes every message. */
  public static InMemorySmsGateway create() {
    return new InMemorySmsGateway();
  }

  /** Adds numbers that a store could be given, and returns this. */
  public InMemorySmsGateway withFreeNumbers(PhoneNumber... numbers) {
    guard.change(() -> free.addAll(List.of(numbers)));
    return this;
  }

  /** Refuses messages to {@code number} from now on, and returns this. */
  public InMemorySmsGateway refusing(PhoneNumber number, String reason) {
    guard.change(() -> refusals.put(number, reason));
    return this;
  }

  /** What was taken, in order, each once. */
  public List<OutboundSms> sent() {
    return guard.read(() -> List.copyOf(sent.values()));
  }

  @Override
  public SmsReceipt send(OutboundSms message) {
    return guard.write(() -> answers.computeIfAbsent(message.id(), id -> firstAnswer(message)));
  }

  @Override
  public List<PhoneNumber> freeNumbers() {
    return guard.read(() -> List.copyOf(free));
  }

  private SmsReceipt firstAnswer(OutboundSms message) {
    String refusal = refusals.get(message.to());
    if (refusal != null) {
      return new SmsReceipt.Refused(refusal);
    }
    sent.put(message.id(), message);
    return new SmsReceipt.Accepted("sms-" + sent.size());
  }
}
