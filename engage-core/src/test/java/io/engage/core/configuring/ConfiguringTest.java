package io.engage.core.configuring;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Confirmation;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfiguringTest {
  private static final Inbox SHOP = Shop.shop().withVersion(3);
  private static final Inbox WORKSHOP = Shop.workshop().withVersion(1);
  private static final MailAccount ACCOUNT =
      MailAccount.of(
          "shop-mail", "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final Template THANKS =
      Template.of("thanks", "Thanks", Template.Purpose.CONFIRMATION, "Thanks", "We are on it.");

  private static Verdict decide(Inbox wanted) {
    return decide(wanted, ACCOUNT);
  }

  private static Verdict decide(Inbox wanted, MailAccount account) {
    return new Configuring()
        .decide(
            wanted,
            new Known(
                List.of(SHOP, WORKSHOP),
                Map.of(account.id(), account),
                Map.of(THANKS.id(), THANKS),
                Map.of(),
                Optional.empty()));
  }

  private static Inbox shop(UnaryOperator<InboxSettings.Change> change) {
    return SHOP.withSettings(change.apply(SHOP.settings().change()).build());
  }

  private static Verdict.Changed changed(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Changed.class);
    return (Verdict.Changed) verdict;
  }

  private static String refused(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    return ((Verdict.Refused) verdict).reason();
  }

  @Test
  @Tag("IN-1")
  void an_address_that_is_given_up_stays_among_its_addresses() {
    Inbox moved =
        new Inbox(
            SHOP.id(),
            "Bike shop",
            NamedAddress.of("Bike shop", "shop@bikes.example"),
            Set.of(),
            SHOP.account(),
            SHOP.settings(),
            SHOP.version());

    Verdict.Changed changed = changed(decide(moved));

    assertThat(changed.inbox().addresses())
        .contains(EmailAddress.of("hello@shop.example"), EmailAddress.of("shop@bikes.example"));
    assertThat(changed.facts())
        .containsExactly(
            new AuditFact.InboxConfigured("Bike shop", List.of("sender", "addresses")));
  }

  @Test
  @Tag("IN-14")
  void what_somebody_else_changed_meanwhile_is_not_overwritten() {
    assertThat(refused(decide(SHOP.withVersion(2)))).contains("changed by somebody else");
    assertThat(refused(decide(SHOP.withVersion(0)))).contains("There is an inbox 'shop' already");
    assertThat(
            refused(
                decide(Inbox.of("gone", "Gone", "g@shop.example", SHOP.account()).withVersion(4))))
        .contains("no inbox 'Gone' any more");
  }

  @Test
  void what_is_like_that_already_is_left() {
    assertThat(decide(SHOP)).isInstanceOf(Verdict.AlreadySo.class);
  }

  @Test
  @Tag("IN-1")
  void two_inboxes_share_neither_name_nor_address() {
    assertThat(refused(decide(Inbox.of("new", "WORKSHOP", "n@shop.example", SHOP.account()))))
        .contains("another inbox with the name");
    assertThat(refused(decide(Inbox.of("new", "New", "Repairs@shop.example", SHOP.account()))))
        .contains("belongs to inbox 'Workshop'");
  }

  @Test
  @Tag("IN-1")
  void an_inbox_that_only_sends_needs_no_imap_server() {
    MailAccount sending = MailAccount.of("shop-mail", "shop", null, ServerEndpoint.loopback(25));

    assertThat(refused(decide(shop(it -> it.knownContactsOnly(true)), sending)))
        .contains("needs an IMAP server");
    assertThat(decide(shop(it -> it.receiving(false)), sending))
        .isInstanceOf(Verdict.Changed.class);
  }

  @Test
  @Tag("IN-2")
  void an_inbox_needs_an_account_that_exists_and_sends() {
    MailAccount mute = MailAccount.of("shop-mail", "shop", ServerEndpoint.loopback(143), null);

    assertThat(refused(decide(shop(it -> it.knownContactsOnly(true)), mute)))
        .contains("needs an SMTP server");
    assertThat(refused(decide(Inbox.of("new", "New", "n@shop.example", AccountId.of("none")))))
        .contains("no mail account 'none'");
  }

  @Test
  @Tag("IN-3")
  void its_servers_are_tried_when_they_come_into_use() {
    Inbox off = shop(it -> it.enabled(false));

    assertThat(changed(decide(off)).isToBeTried()).isFalse();
    assertThat(
            changed(decide(Inbox.of("new", "New", "n@shop.example", SHOP.account()))).isToBeTried())
        .isTrue();
  }

  @Test
  @Tag("IN-10")
  @Tag("IN-11")
  @Tag("IN-13")
  void templates_have_to_exist_and_to_be_made_for_it() {
    assertThat(refused(decide(shop(it -> it.signature(TemplateId.of("none"))))))
        .contains("no template 'none'");
    assertThat(refused(decide(shop(it -> it.signature(THANKS.id())))))
        .contains("made for another purpose: confirmation");
    assertThat(
            decide(shop(it -> it.confirmation(new Confirmation(THANKS.id(), true, Shop.MORNING)))))
        .isInstanceOf(Verdict.Changed.class);
  }

  @Test
  @Tag("TH-5")
  void a_rule_routes_to_inboxes_that_exist() {
    Rule rule =
        new Rule(
            "elsewhere",
            true,
            new Condition.All(List.of()),
            List.of(new RuleAction.RouteToInbox(InboxId.of("nowhere"))));

    assertThat(refused(decide(shop(it -> it.rules(RuleSet.of(rule))))))
        .contains("routes to inbox 'nowhere'");
  }

  @Test
  @Tag("IN-5")
  @Tag("SM-1")
  void what_engage_makes_is_not_set_by_hand() {
    assertThat(refused(decide(shop(it -> it.forwarding(EmailAddress.of("easy@in.shop.example"))))))
        .contains("made by Engage");
  }

  @Test
  @Tag("IN-6")
  void the_trail_says_who_came_and_who_went_and_what_else_changed() {
    Inbox wanted = shop(it -> it.members(List.of(Member.of("clara"))).knownContactsOnly(true));

    assertThat(changed(decide(wanted)).facts())
        .containsExactly(
            new AuditFact.MembersChanged(List.of(AgentId.of("clara")), List.of()),
            new AuditFact.InboxConfigured("Bike shop", List.of("known contacts only")));
  }

  @Test
  @Tag("IN-6")
  void members_are_added_in_order_and_keep_their_place() {
    Inbox two = Membership.with(SHOP, List.of(Member.of("clara"), Member.of("dirk")));

    Inbox changed =
        Membership.with(two, List.of(Member.of("eva"), new Member(AgentId.of("clara"), 40)));

    assertThat(changed.settings().members())
        .containsExactly(new Member(AgentId.of("clara"), 40), Member.of("dirk"), Member.of("eva"));
    assertThat(Membership.without(changed, List.of(AgentId.of("dirk"))).settings().members())
        .extracting(Member::agent)
        .containsExactly(AgentId.of("clara"), AgentId.of("eva"));
  }

  @Test
  @Tag("IN-5")
  void a_forwarding_address_begins_with_the_name_and_fits_into_an_address() {
    EmailAddress address =
        ForwardingAddresses.decide(
            "Fahrräder & Werkstatt Zürich Süd", "in.shop.example", "0".repeat(40));

    assertThat(address.value())
        .isEqualTo("fahrrader-werkstatt-" + "0".repeat(40) + "@in.shop.example");
    assertThat(address.localPart().length()).isLessThanOrEqualTo(64);
    assertThat(ForwardingAddresses.decide("株式会社", "in.shop.example", "x1").value())
        .isEqualTo("x1@in.shop.example");
  }

  @Test
  @Tag("IN-4")
  void accounts_are_looked_at_for_inboxes_that_are_on_and_receive() {
    Reception reception = new Reception(Optional.empty());

    assertThat(reception.decide(List.of(SHOP, WORKSHOP))).containsExactly(Shop.ACCOUNT);
    assertThat(reception.decide(List.of(shop(it -> it.enabled(false))))).isEmpty();
    assertThat(reception.decide(List.of(shop(it -> it.receiving(false))))).isEmpty();
    assertThat(reception.inboxesOf(Shop.ACCOUNT, List.of(shop(it -> it.enabled(false)), WORKSHOP)))
        .extracting(Inbox::id)
        .containsExactly(WORKSHOP.id(), SHOP.id());
  }

  @Test
  @Tag("IN-4")
  void accounts_that_inboxes_had_before_are_looked_at_and_name_those_whose_own_they_are_first() {
    Reception reception = new Reception(Optional.empty());
    AccountId earlier = AccountId.of("earlier");
    Inbox heir = shop(it -> it.formerAccounts(Set.of(earlier)));
    Inbox tours = Inbox.of("tours", "Tours", "tours@shop.example", earlier);

    assertThat(reception.decide(List.of(heir))).containsExactly(Shop.ACCOUNT, earlier);
    assertThat(reception.inboxesOf(earlier, List.of(heir, WORKSHOP, tours)))
        .extracting(Inbox::id)
        .containsExactly(tours.id(), heir.id());
    assertThat(reception.rests(earlier, List.of(heir))).isFalse();
  }

  @Test
  void an_account_that_is_taken_back_is_no_former_one_any_more() {
    Inbox back = shop(it -> it.formerAccounts(Set.of(Shop.ACCOUNT)).knownContactsOnly(true));

    assertThat(changed(decide(back)).inbox().settings().formerAccounts()).isEmpty();
  }

  @Test
  @Tag("TH-5")
  void conditions_within_conditions_go_only_so_deep() {
    assertThat(decide(shop(it -> it.rules(nested(31))))).isInstanceOf(Verdict.Changed.class);
    assertThat(refused(decide(shop(it -> it.rules(nested(40))))))
        .contains("32 within each other", "rule 'nested'");
    assertThat(refused(decide(shop(it -> it.rules(nested(100_000)))))).contains("rule 'nested'");
  }

  private static RuleSet nested(int levels) {
    Condition condition = Condition.knownContact();
    for (int i = 0; i < levels; i++) {
      condition = new Condition.All(List.of(condition));
    }
    return RuleSet.of(new Rule("nested", true, condition, List.of(new RuleAction.Ignore())));
  }
}
