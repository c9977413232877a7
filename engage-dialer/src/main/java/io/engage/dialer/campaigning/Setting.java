package io.engage.dialer.campaigning;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.template.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a campaign may be set up like this, and what is new about it. */
public final class Setting {
  private static final int LONGEST_NAME = 200;

  private Setting() {}

  /**
   * What is known besides.
   *
   * @param campaigns all that there are
   * @param template the one that the campaign names; null when there is none
   */
  public record Known(Collection<Campaign> campaigns, @Nullable Template template) {
    public Known {
      campaigns = List.copyOf(requireNonNull(campaigns, "campaigns"));
    }
  }

  /** Why it may not be; empty when it may. */
  public static Optional<String> decide(Campaign wanted, Known known) {
    String name = wanted.name();
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of(
          "The name of a campaign has at most %d characters and no line breaks: it stands in the rows of its lists."
              .formatted(LONGEST_NAME));
    }
    boolean taken =
        known.campaigns().stream()
            .anyMatch(each -> !each.id().equals(wanted.id()) && sameName(each.name(), name));
    return taken
        ? Optional.of("There is another campaign '%s'. Choose a different name.".formatted(name))
        : template(wanted, known.template());
  }

  /**
   * Why its event cannot be another one now; empty when it can. What calendars hold is changed by
   * telling them, and whoever was invited would not hear of it else.
   *
   * @param lists of the campaign
   * @param counts of all of them
   */
  public static Optional<String> event(
      Campaign before, Campaign wanted, Collection<CampaignList> lists, RecipientCounts counts) {
    EventTemplate known = before.plan().event();
    if (known == null || isSame(known, wanted.plan().event())) {
      return Optional.empty();
    }
    String name = before.name();
    if (lists.stream().anyMatch(each -> each.sequel() != null)) {
      return Optional.of(
          "Campaign '%s' tells of an event of another campaign. Announce what else changes from there."
              .formatted(name));
    } else if (counts.claimed() + counts.attempting() + counts.sent() + counts.inDoubt() > 0) {
      return Optional.of(
          "Campaign '%s' has invited to its event. Announce a change, or a cancellation, of it instead."
              .formatted(name));
    }
    return before.state().status() == Campaign.Status.RUNNING
        ? Optional.of("Campaign '%s' runs. Stop it before its event changes.".formatted(name))
        : Optional.empty();
  }

  private static boolean isSame(EventTemplate known, @Nullable EventTemplate wanted) {
    return wanted != null && wanted.withSequence(known.sequence()).equals(known);
  }

  /**
   * What becomes of it. How often recipients were told of its event is not for an agent to say: a
   * sequence that went back would have calendars pass over the next word.
   */
  public static Campaign saved(Campaign before, Campaign wanted) {
    EventTemplate known = before.plan().event();
    EventTemplate event = wanted.plan().event();
    CampaignPlan plan =
        known == null || event == null
            ? wanted.plan()
            : wanted
                .plan()
                .withEvent(event.withSequence(Math.max(known.sequence(), event.sequence())));
    return before.withPlan(wanted.name().strip(), plan);
  }

  /** As the rows of lists are compared: whoever reads them sees no difference either. */
  private static boolean sameName(String one, String other) {
    return one.strip().equalsIgnoreCase(other.strip());
  }

  private static Optional<String> template(Campaign wanted, @Nullable Template template) {
    if (wanted.plan().template() == null) {
      return Optional.empty();
    } else if (template == null) {
      return Optional.of(
          "There is no template '%s'. Choose another one."
              .formatted(wanted.plan().template().value()));
    } else if (template.purpose() != Template.Purpose.DIALER) {
      return Optional.of(
          "Template '%s' is not for the dialer. Choose another one.".formatted(template.name()));
    }
    return template.isFor(wanted.inbox())
        ? Optional.empty()
        : Optional.of(
            "Template '%s' is for another inbox. Choose another one.".formatted(template.name()));
  }

  /** What differs, in words of the audit trail. */
  public static List<String> differences(Campaign before, Campaign after) {
    CampaignPlan old = before.plan();
    CampaignPlan plan = after.plan();
    List<String> changed = new ArrayList<>();
    add(changed, "name", before.name(), after.name());
    add(changed, "subject", old.subject(), plan.subject());
    add(changed, "template", old.template(), plan.template());
    add(changed, "unsubscribe HTML", old.unsubscribeHtml(), plan.unsubscribeHtml());
    add(changed, "event", old.event(), plan.event());
    add(changed, "pace", old.pace(), plan.pace());
    add(changed, "windows", old.windows(), plan.windows());
    add(changed, "missed windows", old.missed(), plan.missed());
    add(changed, "end", old.until(), plan.until());
    add(changed, "doubt", old.doubt(), plan.doubt());
    add(changed, "duplicates", old.duplicates(), plan.duplicates());
    add(changed, "opens", old.countsOpens(), plan.countsOpens());
    return changed;
  }

  private static void add(
      List<String> changed, String name, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changed.add(name);
    }
  }
}
