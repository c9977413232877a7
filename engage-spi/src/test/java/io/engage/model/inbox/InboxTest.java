package io.engage.model.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.mailbox.AccountId;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("IN-1")
class InboxTest {
  private static final Inbox WORKSHOP =
      new Inbox(
          InboxId.of("workshop"),
          "Workshop",
          NamedAddress.of("repairs@shop.example"),
          Set.of(EmailAddress.of("Old-Workshop@shop.example")),
          AccountId.of("shop-mail"),
          InboxSettings.usual(),
          0);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repairs@shop.example",
        "Repairs@SHOP.example",
        "repairs+bike@shop.example",
        "REPAIRS+a+b@shop.example",
        "old-workshop@shop.example"
      })
  void an_inbox_owns_its_addresses_in_any_case_and_with_any_detail(String address) {
    assertThat(WORKSHOP.owns(EmailAddress.of(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello@shop.example",
        "repairs@workshop.shop.example",
        "repairs@evil.example",
        "repairs-bike@shop.example",
        "+repairs@shop.example"
      })
  void an_inbox_owns_no_other_address(String address) {
    assertThat(WORKSHOP.owns(EmailAddress.of(address))).isFalse();
  }
}
