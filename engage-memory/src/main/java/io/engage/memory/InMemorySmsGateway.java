package io.engage.memory;

import io.engage.model.address.PhoneNumber;
import io.engage.model.message.MessageId;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsReceipt;
import io.engage.spi.PortFailure;
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
  private final Map<PhoneNumber, SmsReceipt> refusals = new HashMap<>();
  private final Set<PhoneNumber> free = new LinkedHashSet<>();
  private final Map<PhoneNumber, PhoneNumber> forwarded = new LinkedHashMap<>();
  private int failures;

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
    guard.change(() -> refusals.put(number, new SmsReceipt.Refused(reason)));
    return this;
  }

  /** Refuses messages to {@code number} from now on with a code, and returns this. */
  public InMemorySmsGateway refusing(PhoneNumber number, String code, String reason) {
    guard.change(() -> refusals.put(number, new SmsReceipt.Refused(code, reason)));
    return this;
  }

  /** Is out of order for the next calls. */
  public void failNext(int times) {
    guard.change(() -> failures = times);
  }

  /** Where calls to our numbers are forwarded. */
  public Map<PhoneNumber, PhoneNumber> forwardedCalls() {
    return guard.read(() -> Map.copyOf(forwarded));
  }

  /** The name that the gateway gave to a message of ours. */
  public String nameOf(MessageId message) {
    return guard.read(
        () -> {
          if (answers.get(message) instanceof SmsReceipt.Accepted accepted) {
            return accepted.gatewayId();
          }
          throw new IllegalArgumentException("Message '%s' was not taken".formatted(message));
        });
  }

  /** What was taken, in order, each once. */
  public List<OutboundSms> sent() {
    return guard.read(() -> List.copyOf(sent.values()));
  }

  @Override
  public SmsReceipt send(OutboundSms message) {
    beInOrder();
    return guard.write(() -> answers.computeIfAbsent(message.id(), id -> firstAnswer(message)));
  }

  @Override
  public List<PhoneNumber> freeNumbers() {
    return guard.read(() -> List.copyOf(free));
  }

  @Override
  public void forwardCalls(PhoneNumber number, PhoneNumber to) {
    beInOrder();
    guard.change(() -> forwarded.put(number, to));
  }

  private void beInOrder() {
    boolean failing = guard.write(() -> failures > 0 && failures-- > 0);
    if (failing) {
      throw new PortFailure("The SMS gateway is out of order", true);
    }
  }

  private SmsReceipt firstAnswer(OutboundSms message) {
    SmsReceipt refusal = refusals.get(message.to());
    if (refusal != null) {
      return refusal;
    }
    sent.put(message.id(), message);
    return new SmsReceipt.Accepted("sms-" + sent.size());
  }
}
