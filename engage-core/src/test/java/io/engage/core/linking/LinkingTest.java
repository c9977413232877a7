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
    Link link = linking.decide(List.of(ANA, ANA_AT_WORK), null, false, TrustLevel.CLAIMED);

    assertThat(link)
        .isEqualTo(
            new Link.Linked(
                ANA, "first of 2 customers with the sender's address (sender claimed)"));
  }

  @Test
  void the_customer_of_the_conversation_comes_before_the_first() {
    Link link = linking.decide(List.of(ANA, ANA_AT_WORK), ANA_AT_WORK, false, TrustLevel.CLAIMED);

    assertThat(link)
        .isInstanceOfSatisfying(
            Link.Linked.class, linked -> assertThat(linked.customer()).isEqualTo(ANA_AT_WORK));
  }

  @Test
  void an_unknown_sender_with_part_in_a_linked_conversation_is_linked_as_that_is() {
    assertThat(linking.decide(List.of(), ANA, true, TrustLevel.CLAIMED))
        .isEqualTo(new Link.Linked(ANA, "the conversation is with this customer"));
  }

  @Test
  void an_unknown_sender_without_part_in_it_is_linked_to_nobody() {
    assertThat(linking.decide(List.of(), ANA, false, TrustLevel.TOKEN))
        .isEqualTo(new Link.Unlinked("no customer has the sender's address"));
    assertThat(linking.decide(List.of(), null, true, TrustLevel.VERIFIED))
        .isInstanceOf(Link.Unlinked.class);
  }

  @Test
  void a_sender_whom_the_directory_knows_stays_who_it_is_in_another_s_conversation() {
    assertThat(linking.decide(List.of(ANA), ANA_AT_WORK, true, TrustLevel.CLAIMED))
        .isInstanceOfSatisfying(
            Link.Linked.class, linked -> assertThat(linked.customer()).isEqualTo(ANA));
  }

  @Test
  @Tag("G-22")
  void a_suspicious_sender_is_linked_to_nobody() {
    assertThat(linking.decide(List.of(ANA), null, true, TrustLevel.SUSPICIOUS))
        .isEqualTo(new Link.Unlinked("its sender may be forged"));
    assertThat(linking.decide(List.of(), ANA, true, TrustLevel.SUSPICIOUS))
        .isEqualTo(new Link.Unlinked("its sender may be forged"));
  }
}
