package io.engage.dialer;

import io.engage.core.CustomerLinks;
import io.engage.core.Foundation;
import io.engage.core.LinkRequest;
import io.engage.core.LinkResponse;
import io.engage.core.signing.LinkPurpose;
import io.engage.core.signing.LinkVerdict;
import io.engage.dialer.naming.RecipientLinks;
import io.engage.dialer.naming.Refusal;
import io.engage.dialer.tracking.Opening;
import io.engage.dialer.tracking.UnsubscribePage;
import io.engage.dialer.tracking.UnsubscribePage.Words;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientNote.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers every link in our mails, those of campaigns and {@linkplain CustomerLinks all others},
 * whatever web framework the host has: mount it where {@link CustomerLinks} would be mounted.
 *
 * <p>Who follows the link to unsubscribe is asked first: a {@code GET} changes nothing, however
 * often programs on the way follow it. A {@code POST} of the form, or of a mail program in one
 * click (RFC 8058), is committed when it is answered; the same one again changes nothing. It needs
 * no session and no cookie: the signed link is the proof.
 *
 * <p>The picture in a mail tells that it was opened, by somebody or by a program; nothing else
 * comes of it. Any thread may call this, many at once.
 */
public final class CampaignLinks {
  /** RFC 8058 section 3.1. */
  private static final String ONE_CLICK = "List-Unsubscribe";

  /** A transparent picture of one dot, the smallest that every mail program shows. */
  private static final byte[] DOT =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");

  private final Foundation foundation;
  private final CampaignShelf shelf;
  private final Suppressing suppressing;
  private final CustomerLinks others;
  private final Words words;

  CampaignLinks(Foundation foundation, CustomerLinks others, Words words) {
    this.foundation = foundation;
    this.shelf = new CampaignShelf(foundation);
    this.suppressing = new Suppressing(foundation);
    this.others = others;
    this.words = words;
  }

  /** What to answer. */
  public LinkResponse handle(LinkRequest request) {
    Optional<String> unsubscribing = request.findToken(RecipientLinks.UNSUBSCRIBE_PATH);
    if (unsubscribing.isPresent()) {
      return unsubscribe(request, unsubscribing.get());
    }
    return request
        .findToken(RecipientLinks.SEEN_PATH)
        .map(token -> seen(request, token))
        .orElseGet(() -> others.handle(request));
  }

  private LinkResponse unsubscribe(LinkRequest request, String token) {
    return switch (request.method()) {
      case "GET" -> asking(token);
      case "HEAD" -> asking(token).withoutBody();
      case "POST" ->
          refuser(token)
              .map(refuser -> unsubscribe(request, refuser))
              .orElseGet(CampaignLinks::nothingHere);
      default -> notAllowed("GET, HEAD, POST");
    };
  }

  private LinkResponse asking(String token) {
    return refuser(token)
        .map(refuser -> LinkResponse.page(200, UnsubscribePage.asking(words)))
        .orElseGet(CampaignLinks::nothingHere);
  }

  /** The refusal first: should this node die in between, nobody is written to all the same. */
  private LinkResponse unsubscribe(LinkRequest request, Refuser refuser) {
    Map<String, String> parameters = request.parameters();
    boolean oneClick = parameters.containsKey(ONE_CLICK);
    if (!oneClick && !parameters.containsKey(UnsubscribePage.CONFIRMED)) {
      return LinkResponse.page(400, UnsubscribePage.asking(words));
    }
    String reason = oneClick ? "unsubscribed in one click" : "unsubscribed by the link";
    suppress(refuser, reason);
    note(refuser.row(), Kind.UNSUBSCRIBED);
    return LinkResponse.page(200, UnsubscribePage.done(words));
  }

  private void suppress(Refuser refuser, String reason) {
    if (refuser instanceof InList inList) {
      suppressing.suppress(
          List.of(new Suppressing.Wish(inList.recipient(), inList.campaign(), reason)),
          Actor.CUSTOMER);
    } else if (refuser instanceof Gone gone) {
      suppressing.suppress(gone.refusal(), subject(gone.refusal().campaign()), reason);
    }
  }

  private AuditSubject subject(CampaignId campaign) {
    return shelf
        .find(campaign)
        .map(each -> AuditSubject.of(each.inbox()))
        .orElse(AuditSubject.NONE);
  }

  private LinkResponse seen(LinkRequest request, String name) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return notAllowed("GET, HEAD");
    }
    int dot = name.indexOf('.');
    String token = dot < 0 ? name : name.substring(0, dot);
    if (request.method().equals("GET")) {
      find(LinkPurpose.SEEN, token)
          .flatMap(RecipientId::parse)
          .flatMap(this::find)
          .ifPresent(known -> noteOpening(request, known));
    }
    LinkResponse picture = LinkResponse.picture("image/gif", DOT);
    return request.method().equals("GET") ? picture : picture.withoutBody();
  }

  private void noteOpening(LinkRequest request, Recipient recipient) {
    Instant sent = recipient.state().at();
    Duration sinceSent =
        sent == null ? Duration.ZERO : Duration.between(sent, foundation.clock().instant());
    boolean machine = Opening.isByMachine(request.headers(), sinceSent);
    note(recipient.id(), machine ? Kind.SEEN_BY_MACHINE : Kind.SEEN);
  }

  private void note(RecipientId row, Kind kind) {
    foundation
        .storage()
        .recipients()
        .note(List.of(RecipientNote.of(row, kind, foundation.clock().instant())));
  }

  /** Whom a link to unsubscribe is about. */
  private sealed interface Refuser {
    RecipientId row();
  }

  /** Somebody whose row has their address. */
  private record InList(Recipient recipient, Campaign campaign) implements Refuser {
    @Override
    public RecipientId row() {
      return recipient.id();
    }
  }

  /** Somebody who was erased, or whose list was removed. */
  private record Gone(Refusal refusal) implements Refuser {
    @Override
    public RecipientId row() {
      return refusal.recipient();
    }
  }

  private Optional<Refuser> refuser(String token) {
    Optional<String> content = find(LinkPurpose.UNSUBSCRIBE, token);
    Optional<Refusal> refusal = content.flatMap(Refusal::parse);
    return refusal
        .map(Refusal::recipient)
        .or(() -> content.flatMap(RecipientId::parse))
        .flatMap(this::inList)
        .or(() -> refusal.map(Gone::new));
  }

  private Optional<Refuser> inList(RecipientId id) {
    return find(id)
        .filter(recipient -> EmailAddress.parse(recipient.address()).isPresent())
        .flatMap(recipient -> shelf.campaignOf(id.list()).map(each -> new InList(recipient, each)));
  }

  private Optional<String> find(LinkPurpose purpose, String token) {
    LinkVerdict verdict = foundation.links().decide(purpose, token, foundation.clock().instant());
    return verdict instanceof LinkVerdict.Genuine genuine
        ? Optional.of(genuine.content())
        : Optional.empty();
  }

  private Optional<Recipient> find(RecipientId id) {
    return foundation.storage().recipients().find(List.of(id)).stream().findFirst();
  }

  /** The same for whatever is wrong with it, so that nobody learns by trying. */
  private static LinkResponse nothingHere() {
    return LinkResponse.page(404, UnsubscribePage.nothingHere());
  }

  private static LinkResponse notAllowed(String methods) {
    return new LinkResponse(405, Map.of("Allow", methods, "Cache-Control", "no-store"), "");
  }
}
