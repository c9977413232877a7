package io.engage.dialer.naming;

import static java.util.Objects.requireNonNull;

import io.engage.core.signing.LinkPurpose;
import io.engage.core.signing.SignedLinks;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** Signs the links in campaign mails: each says whose mail it stands in. */
public final class RecipientLinks {
  /** What stands before the token of a link that unsubscribes. */
  public static final String UNSUBSCRIBE_PATH = "u/";

  /** What stands before the token of the picture that tells when a mail is opened. */
  public static final String SEEN_PATH = "s/";

  /** Mails are kept for long, and whoever wants no more shall not be told that it is too late. */
  public static final Duration HOLD = Duration.ofDays(400);

  private static final String NOBODY = "";

  private final SignedLinks links;
  private final Function<EmailAddress, String> pseudonyms;

  /** For mails that are looked at or tried out: nobody is kept from anything by their links. */
  public RecipientLinks(SignedLinks links) {
    this(links, any -> NOBODY);
  }

  /**
   * For mails to customers.
   *
   * @param pseudonyms the name under which is kept what an address does not want
   */
  public RecipientLinks(SignedLinks links, Function<EmailAddress, String> pseudonyms) {
    this.links = requireNonNull(links, "links");
    this.pseudonyms = requireNonNull(pseudonyms, "pseudonyms");
  }

  /** What stands in the link; the same all day, so that a second attempt has the same bytes. */
  public String sign(LinkPurpose purpose, RecipientId recipient, Instant now) {
    return sign(purpose, recipient.toString(), now);
  }

  /** The same for a link that unsubscribes, which says all that has to be known for it. */
  public String signUnsubscribing(
      RecipientId recipient, CampaignId campaign, EmailAddress address, Instant now) {
    String pseudonym = pseudonyms.apply(address);
    return pseudonym.equals(NOBODY)
        ? sign(LinkPurpose.UNSUBSCRIBE, recipient, now)
        : sign(LinkPurpose.UNSUBSCRIBE, new Refusal(recipient, campaign, pseudonym).content(), now);
  }

  private String sign(LinkPurpose purpose, String content, Instant now) {
    return links.sign(purpose, content, now.truncatedTo(ChronoUnit.DAYS).plus(HOLD));
  }
}
