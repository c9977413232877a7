package io.engage.dialer.rendering;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.inviting.Revision;
import io.engage.dialer.naming.RecipientLinks;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.RecipientId;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.OutboundCalendar.Method;
import io.engage.model.template.Template;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all mails of a list have in common.
 *
 * @param list null for a mail that no row stands for, such as one to try out
 * @param template of the campaign; null when it has none
 */
public record Sheet(
    Campaign campaign,
    @Nullable CampaignList list,
    Inbox inbox,
    @Nullable Template template,
    Signatures signatures) {
  public Sheet {
    requireNonNull(campaign, "campaign");
    requireNonNull(inbox, "inbox");
    requireNonNull(signatures, "signatures");
  }

  /**
   * What proves that something that comes back was ours.
   *
   * @param linksUnder the public address below which links are answered, with a slash at its end;
   *     null when the host answers none
   */
  public record Signatures(
      RecipientTokens tokens, RecipientLinks links, @Nullable String linksUnder) {
    public Signatures {
      requireNonNull(tokens, "tokens");
      requireNonNull(links, "links");
    }
  }

  /**
   * What a recipient is told of the event. Its UID is the token of whoever was invited, which stays
   * what it is when the inbox gets a new address. A mail to try out has a UID that nobody knows.
   *
   * @param token of the mail itself
   */
  Revision revision(RecipientId recipient, String token, int sequence, Instant now) {
    CampaignList.Sequel sequel = list == null ? null : list.sequel();
    if (list == null || sequel == null) {
      return Revision.request(token, sequence, now);
    }
    boolean known = recipient.list().equals(list.id());
    String uid =
        known
            ? signatures
                .tokens()
                .sign(RecipientId.of(sequel.invited(), recipient.row()), sequel.signer())
            : token;
    Method method = sequel.word() == CampaignList.Word.CANCELLED ? Method.CANCEL : Method.REQUEST;
    return new Revision(method, uid, sequence, now);
  }

  /** What names a recipient in all that comes back, the same at each attempt. */
  String token(RecipientId recipient) {
    return signatures.tokens().sign(recipient, list == null ? null : list.signer());
  }

  /** Whether calendars know the event by what a key has signed that is not here any more. */
  boolean lacksKey() {
    return list != null
        && Stream.of(
                Optional.ofNullable(list.signer()),
                Optional.ofNullable(list.sequel()).map(CampaignList.Sequel::signer))
            .flatMap(Optional::stream)
            .anyMatch(signer -> !signatures.tokens().has(signer));
  }

  /** A list may have a subject of its own; without any, the template's serves. */
  String subject() {
    if (list != null && !list.subject().isBlank()) {
      return list.subject();
    }
    String own = campaign.plan().subject();
    return own.isBlank() && template != null ? template.subject() : own;
  }
}
