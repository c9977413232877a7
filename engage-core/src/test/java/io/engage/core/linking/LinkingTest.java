package io.engage.core.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.linking.Linking.Link;
import io.engage.core.linking.Linking.Sender;
import io.engage.model.address.Address;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.message.TrustLevel;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TH-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LinkingTest {
  private static final CustomerId ANA = CustomerId.of("ana");
  private static final CustomerId ANA_AT_WORK = CustomerId.of("ana-at-work");
  private static final PhoneNumber FAMILY_PHONE = PhoneNumber.of("+14155550101");

  private final Linking linking = new Linking();

  @Test
  void the_first_customer_with_the_address_is_linked() {
    Link link = linking.decide(ana(TrustLevel.CLAIMED, ANA, ANA_AT_WORK), with(null));

    assertThat(link)
        .isEqualTo(
            new Link.Linked(
                ANA, "first of 2 customers with the sender's address (sender claimed)"));
  }

  @Test
  void the_customer_of_the_conversation_comes_before_the_first() {
    Link link = linking.decide(ana(TrustLevel.CLAIMED, ANA, ANA_AT_WORK), with(ANA_AT_WORK));

    assertThat(link)
        .isInstanceOfSatisfying(
            Link.Linked.class, linked -> assertThat(linked.customer()).isEqualTo(ANA_AT_WORK));
  }

  @Test
  void an_unknown_sender_with_part_in_a_linked_conversation_is_linked_as_that_is() {
    Link link = linking.decide(ana(TrustLevel.CLAIMED), with(ANA, Shop.ANA.address()));

    assertThat(link).isEqualTo(new Link.Linked(ANA, "the conversation is with this customer"));
  }

  @Test
  void an_unknown_sender_without_part_in_it_is_linked_to_nobody() {
    assertThat(linking.decide(ana(TrustLevel.TOKEN), with(ANA)))
        .isEqualTo(new Link.Unlinked("no customer has the sender's address"));
    assertThat(linking.decide(ana(TrustLevel.VERIFIED), with(null, Shop.ANA.address())))
        .isInstanceOf(Link.Unlinked.class);
  }

  @Test
  void a_sender_whom_the_directory_knows_stays_who_it_is_in_another_s_conversation() {
    Link link = linking.decide(ana(TrustLevel.CLAIMED, ANA), with(ANA_AT_WORK, Shop.ANA.address()));

    assertThat(link)
        .isInstanceOfSatisfying(
            Link.Linked.class, linked -> assertThat(linked.customer()).isEqualTo(ANA));
  }

  @Test
  @Tag("TH-3")
  void what_an_agent_said_of_a_conversation_counts_for_whoever_opened_it_and_for_nobody_else() {
    Conversation settled = settled(ANA_AT_WORK, with(null, Shop.ANA.address(), Shop.BEN.address()));
    Sender ben = new Sender(Shop.BEN.address(), List.of(CustomerId.of("ben")), TrustLevel.VERIFIED);

    assertThat(linking.decide(ana(TrustLevel.CLAIMED, ANA), settled))
        .isEqualTo(new Link.Linked(ANA_AT_WORK, "the conversation is with this customer"));
    assertThat(linking.decide(ben, settled))
        .isInstanceOfSatisfying(
            Link.Linked.class,
            linked -> assertThat(linked.customer()).isEqualTo(CustomerId.of("ben")));
  }

  @Test
  @Tag("TH-3")
  void what_an_agent_unlinked_is_not_linked_again_by_itself() {
    Link link =
        linking.decide(
            ana(TrustLevel.VERIFIED, ANA), settled(null, with(null, Shop.ANA.address())));

    assertThat(link).isEqualTo(new Link.Unlinked("an agent took the link to a customer away"));
  }

  @Test
  void a_number_of_several_customers_links_to_nobody_unless_the_conversation_is_with_one() {
    Sender family = new Sender(FAMILY_PHONE, List.of(ANA, ANA_AT_WORK), TrustLevel.CLAIMED);
    CustomerId father = CustomerId.of("father");

    assertThat(linking.decide(family, with(null, FAMILY_PHONE)))
        .isEqualTo(new Link.Unlinked("2 customers have the sender's number"));
    assertThat(linking.decide(family, with(ANA_AT_WORK, FAMILY_PHONE)))
        .isEqualTo(new Link.Linked(ANA_AT_WORK, "the conversation is with this customer"));
    assertThat(linking.decide(family, with(father, FAMILY_PHONE)))
        .isEqualTo(new Link.Linked(father, "the conversation is with this customer"));
  }

  @Test
  void the_only_customer_with_a_number_is_linked() {
    Link link =
        linking.decide(
            new Sender(FAMILY_PHONE, List.of(ANA), TrustLevel.CLAIMED), with(null, FAMILY_PHONE));

    assertThat(link).isInstanceOf(Link.Linked.class);
  }

  @Test
  @Tag("G-22")
  void a_suspicious_sender_is_linked_to_nobody() {
    assertThat(linking.decide(ana(TrustLevel.SUSPICIOUS, ANA), with(null, Shop.ANA.address())))
        .isEqualTo(new Link.Unlinked("its sender may be forged"));
    assertThat(linking.decide(ana(TrustLevel.SUSPICIOUS), with(ANA, Shop.ANA.address())))
        .isEqualTo(new Link.Unlinked("its sender may be forged"));
  }

  @Test
  @Tag("G-23")
  void what_comes_to_a_side_thread_stands_in_nobodys_history() {
    Conversation side = with(ANA, Shop.ANA.address());
    Conversation besides =
        side.withExchange(side.exchange().besides(ConversationId.of("the-customers")));

    Link link = linking.decide(ana(TrustLevel.VERIFIED, ANA), besides);

    assertThat(link).isEqualTo(new Link.Unlinked("a side thread stands in no customer's history"));
  }

  private static Sender ana(TrustLevel trust, CustomerId... customers) {
    return new Sender(Shop.ANA.address(), List.of(customers), trust);
  }

  private static Conversation with(@Nullable CustomerId customer, Address... participants) {
    Conversation empty = Shop.conversation("c1", Shop.workshop());
    return empty
        .withMessage(Shop.MORNING, false, new LinkedHashSet<>(List.of(participants)))
        .withState(empty.state().withCustomer(customer));
  }

  private static Conversation settled(@Nullable CustomerId customer, Conversation conversation) {
    return conversation.withState(conversation.state().withSettledCustomer(customer));
  }
}
