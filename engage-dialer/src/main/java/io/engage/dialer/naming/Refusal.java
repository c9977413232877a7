package io.engage.dialer.naming;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.RecipientId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a link to unsubscribe says. Links hold longer than rows: whose row was erased, or removed
 * with its list, is still the one who wants no more.
 *
 * @param campaign that sent the mail
 * @param pseudonym of the address that the mail went to
 */
public record Refusal(RecipientId recipient, CampaignId campaign, String pseudonym) {
  private static final Pattern FORM = Pattern.compile("(\\S+) ([a-z0-9-]{1,40}) (\\S{1,100})");

  public Refusal {
    requireNonNull(recipient, "recipient");
    requireNonNull(campaign, "campaign");
    requireNonNull(pseudonym, "pseudonym");
  }

  /** As it stands in the link. */
  String content() {
    return recipient.toString() + ' ' + campaign.value() + ' ' + pseudonym;
  }

  /** What the content of a genuine link says; empty when it names a row alone. */
  public static Optional<Refusal> parse(String content) {
    Matcher form = FORM.matcher(content);
    return form.matches()
        ? RecipientId.parse(form.group(1))
            .map(row -> new Refusal(row, CampaignId.of(form.group(2)), form.group(3)))
        : Optional.empty();
  }

  /** Who it is stays out of logs. */
  @Override
  public String toString() {
    return "Refusal[%s]".formatted(recipient);
  }
}
