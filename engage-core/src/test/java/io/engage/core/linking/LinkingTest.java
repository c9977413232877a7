package io.engage.core.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.linking.Linking.Link;
import io.engage.model.customer.CustomerId;
import io.engage.model.message.TrustLevel;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TH-2")
class LinkingTest {
  private static final CustomerId ANA = CustomerId.of("ana");
  private static final CustomerId ANA_AT_WORK = CustomerId.of("ana-at-work");

  private final Linking linking = new Linking();

  @Test
  void the_first_customer_with_the_address_is_linked() {
    Link link = linking.decide(List.of(ANA, ANA_AT_WORK), null, TrustLevel.CLAIMED);

    assertThat(link)
        .isEqualTo(
            new Link.Linked(
                ANA, "first of 2 customers with the sender's address (sender claimed)"));
  }

  @Test
  void the_customer_of_the_conversation_comes_before_the_first() {
    Link link = linking.decide(List.of(ANA, ANA_AT_WORK), ANA_AT_WORK, TrustLevel.CLAIMED);

    assertThat(link)
        .isInstanceOfSatisfying(
            Link.Linked.class, linked -> assertThat(linked.customer()).isEqualTo(ANA_AT_WORK));
  }

  @Test
  void an_unknown_sender_is_linked_to_nobody_even_within_a_linked_conversation() {
    assertThat(linking.decide(List.of(), ANA, TrustLevel.CLAIMED))
        .isInstanceOf(Link.Unlinked.class);
  }

  @Test
  @Tag("G-22")
  void a_suspicious_sender_is_linked_to_nobody() {
    assertThat(linking.decide(List.of(ANA), null, TrustLevel.SUSPICIOUS))
        .isEqualTo(new Link.Unlinked("its sender may be forged"));
  }
}
