package io.engage.dialer.naming;

import static java.util.Objects.requireNonNull;

import io.engage.core.signing.LinkPurpose;
import io.engage.core.signing.SignedLinks;
import io.engage.model.campaign.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Signs the links in campaign mails: each says whose mail it stands in. */
public final class RecipientLinks {
  /** What stands before the token of a link that unsubscribes. */
  public static final String UNSUBSCRIBE_PATH = "u/";

  /** What stands before the token of the picture that tells when a mail is opened. */
  public static final String SEEN_PATH = "s/";

  /** Mails are kept for long, and whoever wants no more shall not be told that it is too late. */
  public static final Duration HOLD = Duration.ofDays(400);

  private final SignedLinks links;

  public RecipientLinks(SignedLinks links) {
    this.links = requireNonNull(links, "links");
  }

  /** What stands in the link; the same all day, so that a second attempt has the same bytes. */
  public String sign(LinkPurpose purpose, RecipientId recipient, Instant now) {
    return links.sign(purpose, recipient.toString(), now.truncatedTo(ChronoUnit.DAYS).plus(HOLD));
  }
}
