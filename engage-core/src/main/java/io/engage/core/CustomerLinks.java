package io.engage.core;

import io.engage.core.rating.RatedMail;
import io.engage.core.rating.RatingFooter;
import io.engage.core.rating.RatingPage;
import io.engage.core.rating.Writer;
import io.engage.core.signing.LinkPurpose;
import io.engage.core.signing.LinkVerdict;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.RatingRequest;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.Rating;
import io.engage.model.message.RfcMessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers the links that customers find in our mails, whatever web framework the host has: it hands
 * in what the browser asked for and sends back what comes out.
 *
 * <p>Mount it for {@code GET}, {@code HEAD} and {@code POST} below the address given to {@link
 * Engage.Builder#publicUrl}. It needs no session and no cookie; the signed link is the proof. A
 * {@code GET} changes nothing, however often programs on the way follow it.
 *
 * <p>Any thread may call it, many at once. A rating is committed when it returns; the same {@code
 * POST} again changes nothing, another one changes the rating.
 */
public final class CustomerLinks {
  static final String RATING_PATH = "r/";
  private static final Duration RATING_HOLDS = Duration.ofDays(180);

  private final Parts parts;

  CustomerLinks(Parts parts) {
    this.parts = parts;
  }

  /** What to answer. */
  public LinkResponse handle(LinkRequest request) {
    return switch (request.method()) {
      case "GET" -> show(request);
      case "HEAD" -> show(request).withoutBody();
      case "POST" -> rate(request);
      default ->
          new LinkResponse(
              405, Map.of("Allow", "GET, HEAD, POST", "Cache-Control", "no-store"), "");
    };
  }

  /** What asks for a rating below a mail; empty when the inbox or the host wants none. */
  static Optional<RatingFooter> ratingFooter(Parts parts, Inbox inbox, RfcMessageId mail) {
    RatingRequest request = inbox.settings().rating();
    if (request == null || !request.asking()) {
      return Optional.empty();
    }
    Instant until = parts.clock().instant().plus(RATING_HOLDS);
    String content = RatedMail.of(mail, inbox.id()).content();
    String token = parts.links().signed().sign(LinkPurpose.RATING, content, until);
    return parts
        .links()
        .address(RATING_PATH + token)
        .map(
            link ->
                RatingFooter.decide(
                    request, stars -> link + "?" + RatingPage.CHOSEN + "=" + stars));
  }

  private LinkResponse show(LinkRequest request) {
    return findRated(request)
        .map(
            rated ->
                LinkResponse.page(
                    200, RatingPage.asking(rated.request(), stars(request, RatingPage.CHOSEN))))
        .orElseGet(CustomerLinks::nothingHere);
  }

  private LinkResponse rate(LinkRequest request) {
    int stars = stars(request, RatingPage.STARS);
    Optional<Rated> rated = findRated(request);
    if (rated.isEmpty()) {
      return nothingHere();
    }
    if (stars == 0) {
      return LinkResponse.page(400, RatingPage.asking(rated.get().request(), 0));
    }
    parts.committing().retrying(() -> keep(rated.get(), stars));
    return LinkResponse.page(200, RatingPage.thanking(rated.get().request(), stars));
  }

  private Rating keep(Rated rated, int stars) {
    Message message = rated.message();
    Optional<Rating> before = find(parts, message);
    if (before.filter(rating -> rating.stars() == stars).isPresent()) {
      return before.get();
    }
    long version = before.map(Rating::version).orElse(0L);
    Rating rating =
        new Rating(
            message.id(),
            rated.sender(),
            writerOf(message),
            stars,
            parts.clock().instant(),
            version);
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .document(rating)
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.CUSTOMER,
                            AuditSubject.of(message.inbox(), message.conversation(), message.id()),
                            new AuditFact.Rated(stars)))
                .build());
    return rating;
  }

  private @Nullable AgentId writerOf(Message message) {
    List<AuditEntry> first =
        Portions.trail(parts.storage().audit(), message.id())
            .filter(each -> message.id().equals(each.subject().message()))
            .limit(1)
            .toList();
    return Writer.decide(message.id(), first).orElse(null);
  }

  /** How the customer found a message of ours. */
  static Optional<Rating> find(Parts parts, Message message) {
    List<Document> found = parts.storage().documents().find(List.of(Rating.keyOf(message.id())));
    return found.stream().map(Rating.class::cast).findFirst();
  }

  /**
   * @param sender the inbox that sent it, or where the message went when that is gone
   * @param request how the inbox that sent it asks; as it is today, so that an inbox may mend its
   *     words
   */
  private record Rated(Message message, InboxId sender, RatingRequest request) {}

  private Optional<Rated> findRated(LinkRequest request) {
    return request
        .findToken(RATING_PATH)
        .map(
            token ->
                parts.links().signed().decide(LinkPurpose.RATING, token, parts.clock().instant()))
        .filter(LinkVerdict.Genuine.class::isInstance)
        .flatMap(verdict -> findRated(RatedMail.parse(((LinkVerdict.Genuine) verdict).content())));
  }

  private Optional<Rated> findRated(RatedMail mail) {
    return parts.storage().inboxes().withMessageId(List.of(mail.id())).stream()
        .filter(message -> message.direction() == Direction.OUTBOUND)
        .findFirst()
        .map(message -> rated(message, mail.sentBy(message)));
  }

  /** Whoever was asked may answer, whatever the inbox does by now. */
  private Rated rated(Message message, InboxId sender) {
    Optional<Inbox> inbox = parts.storage().inboxes().inboxes(List.of(sender)).stream().findFirst();
    return new Rated(
        message,
        inbox.map(Inbox::id).orElse(message.inbox()),
        inbox
            .flatMap(each -> Optional.ofNullable(each.settings().rating()))
            .orElse(RatingPage.PLAIN));
  }

  /** 1 to 5; 0 for anything else. */
  private static int stars(LinkRequest request, String name) {
    String stars = request.parameters().getOrDefault(name, "");
    return stars.length() == 1 && stars.charAt(0) >= '1' && stars.charAt(0) <= '5'
        ? stars.charAt(0) - '0'
        : 0;
  }

  /** The same for whatever is wrong with it, so that nobody learns by trying. */
  private static LinkResponse nothingHere() {
    return LinkResponse.page(404, RatingPage.nothingHere());
  }
}
