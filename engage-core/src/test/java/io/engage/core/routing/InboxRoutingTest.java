package io.engage.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.routing.InboxRouting.Routed;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.message.MailHeaders;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-4")
class InboxRoutingTest {
  private static final Inbox SHOP = Shop.shop();
  private static final Inbox WORKSHOP =
      new Inbox(
          InboxId.of("workshop"),
          "Workshop",
          NamedAddress.of("repairs@shop.example"),
          Set.of(EmailAddress.of("old-workshop@shop.example")),
          Shop.ACCOUNT,
          InboxSettings.usual(),
          0);

  @Test
  void a_mail_goes_to_the_inbox_whose_address_it_was_sent_to() {
    assertThat(routed("repairs@shop.example")).isEqualTo(new Routed(List.of(WORKSHOP.id()), true));
  }

  @Test
  @Tag("IN-1")
  void every_address_that_an_inbox_ever_had_keeps_routing_to_it() {
    assertThat(routed("old-workshop@shop.example").inboxes()).containsExactly(WORKSHOP.id());
  }

  @Test
  void case_and_detail_of_our_own_addresses_do_not_matter() {
    assertThat(routed("Repairs+bike@SHOP.example").inboxes()).containsExactly(WORKSHOP.id());
  }

  @Test
  @Tag("G-7")
  void a_mail_to_two_inboxes_goes_to_both() {
    assertThat(routed("repairs@shop.example", "hello@shop.example").inboxes())
        .containsExactly(SHOP.id(), WORKSHOP.id());
  }

  @Test
  @Tag("IN-5")
  void a_mail_at_a_forwarding_address_is_for_its_inbox_alone_whatever_its_header_says() {
    EmailAddress forwarding = EmailAddress.of("workshop-4x7q@in.shop.example");
    Inbox workshop =
        WORKSHOP.withSettings(WORKSHOP.settings().change().forwarding(forwarding).build());
    MailHeaders headers = deliveredTo("hello@shop.example", "Workshop-4X7Q@in.shop.example");

    Routed routed = new InboxRouting().decide(headers, List.of(SHOP, workshop));

    assertThat(routed).isEqualTo(new Routed(List.of(workshop.id()), true));
  }

  private static MailHeaders deliveredTo(String to, String delivered) {
    return new MailHeaders(
        List.of(),
        List.of(NamedAddress.of(to)),
        List.of(),
        List.of(),
        List.of(),
        List.of(EmailAddress.of(delivered)),
        "",
        null,
        null,
        List.of(),
        List.of());
  }

  @Test
  void a_mail_to_no_address_of_ours_goes_to_the_first_inbox_rather_than_nowhere() {
    assertThat(routed("list@elsewhere.example")).isEqualTo(new Routed(List.of(SHOP.id()), false));
    assertThat(routed()).isEqualTo(new Routed(List.of(SHOP.id()), false));
  }

  @Test
  @Tag("G-7")
  void the_login_of_a_shared_account_draws_no_mail_that_was_sent_to_another_inbox() {
    List<EmailAddress> login = List.of(EmailAddress.of("hello@shop.example"));

    assertThat(routed(people("repairs@shop.example"), List.of(), login).inboxes())
        .containsExactly(WORKSHOP.id());
    assertThat(routed(List.of(), people("repairs@shop.example"), login).inboxes())
        .containsExactly(WORKSHOP.id());
  }

  @Test
  void a_blind_copy_goes_to_the_inbox_that_it_was_delivered_to() {
    List<EmailAddress> delivered = List.of(EmailAddress.of("Repairs+x@shop.example"));

    assertThat(routed(people("list@elsewhere.example"), List.of(), delivered))
        .isEqualTo(new Routed(List.of(WORKSHOP.id()), true));
  }

  private static Routed routed(String... recipients) {
    return routed(people(recipients), List.of(), List.of());
  }

  @Test
  void an_inbox_whose_address_differs_in_the_detail_alone_gets_its_own_mail_alone() {
    Inbox returns = Inbox.of("returns", "Returns", "hello+returns@shop.example", Shop.ACCOUNT);

    Routed routed =
        new InboxRouting()
            .decide(
                Shop.from(Shop.ANA).to(NamedAddress.of("Hello+Returns@shop.example")).headers(),
                List.of(SHOP, returns));

    assertThat(routed.inboxes()).containsExactly(returns.id());
  }

  private static Routed routed(
      List<NamedAddress> to, List<NamedAddress> cc, List<EmailAddress> delivered) {
    MailHeaders headers =
        new MailHeaders(
            List.of(Shop.ANA),
            to,
            cc,
            List.of(),
            List.of(),
            delivered,
            "",
            null,
            null,
            List.of(),
            List.of());
    return new InboxRouting().decide(headers, List.of(SHOP, WORKSHOP));
  }

  private static List<NamedAddress> people(String... addresses) {
    return Stream.of(addresses).map(NamedAddress::of).toList();
  }
}
