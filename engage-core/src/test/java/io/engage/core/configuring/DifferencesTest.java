package io.engage.core.configuring;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.inbox.Confirmation;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.RatingRequest;
import io.engage.model.inbox.ServiceLevel;
import io.engage.model.inbox.Strategy;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.mailbox.AccountId;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.sms.SmsLine;
import io.engage.model.template.TemplateId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class DifferencesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What has no word could not be changed: a change without an entry is not stored. */
  @Test
  void each_setting_of_an_inbox_has_its_word() {
    Inbox before = Shop.shop().withSettings(InboxSettings.usual());
    TemplateId template = TemplateId.of("thanks");
    InboxSettings otherwise =
        before
            .settings()
            .change()
            .enabled(!before.settings().enabled())
            .receiving(!before.settings().receiving())
            .forwarding(EmailAddress.of("shop@in.example"))
            .members(List.of(Member.of("clara")))
            .schedule(new WeeklySchedule(ZoneOffset.UTC, List.of(), Map.of()))
            .limits(new Limits(1, 1))
            .serviceLevel(new ServiceLevel(MINUTE, MINUTE, MINUTE, MINUTE, 1))
            .signature(template)
            .confirmation(new Confirmation(template, true, Shop.MORNING))
            .knownContactsOnly(!before.settings().knownContactsOnly())
            .completedAnswered(InboxSettings.CompletedAnswered.OPENS_ANOTHER)
            .rules(
                RuleSet.of(
                    Rule.named("Dirk's").always().then(new RuleAction.RouteToAgent(Shop.DIRK))))
            .rating(new RatingRequest("How was it?", "Thank you"))
            .sms(new SmsLine(PhoneNumber.of("+14155550100"), PhoneNumber.of("+14155550101"), true))
            .formerAccounts(Set.of(AccountId.of("old")))
            .strategy(Strategy.USUAL)
            .region("DE")
            .build();

    List<String> words = Differences.between(before, before.withSettings(otherwise));

    assertThat(words)
        .contains("strategy")
        .filteredOn(each -> !each.equals("addresses"))
        .hasSize(InboxSettings.class.getRecordComponents().length);
  }
}
