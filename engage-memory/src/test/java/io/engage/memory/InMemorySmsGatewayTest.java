package io.engage.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.PhoneNumber;
import io.engage.model.message.MessageId;
import io.engage.spi.SmsGateway;
import io.engage.testkit.SmsGatewayContract;
import org.junit.jupiter.api.Test;

class InMemorySmsGatewayTest extends SmsGatewayContract {
  private final InMemorySmsGateway gateway =
      InMemorySmsGateway.create()
          .withFreeNumbers(PhoneNumber.of("+14155550111"), PhoneNumber.of("+14155550112"))
          .refusing(PhoneNumber.of("+14155550199"), "This number does not exist.");

  @Override
  protected SmsGateway gateway() {
    return gateway;
  }

  @Override
  protected PhoneNumber sender() {
    return PhoneNumber.of("+14155550100");
  }

  @Override
  protected PhoneNumber reachable() {
    return PhoneNumber.of("+14155550101");
  }

  @Override
  protected PhoneNumber refused() {
    return PhoneNumber.of("+14155550199");
  }

  @Override
  protected int timesSent(MessageId id) {
    return (int) gateway.sent().stream().filter(message -> message.id().equals(id)).count();
  }

  @Override
  protected PhoneNumber callsGoTo() {
    return requireNonNull(gateway.forwardedCalls().get(sender()));
  }

  @Test
  void free_numbers_are_those_that_were_given() {
    assertThat(gateway.freeNumbers())
        .containsExactly(PhoneNumber.of("+14155550111"), PhoneNumber.of("+14155550112"));
  }
}
