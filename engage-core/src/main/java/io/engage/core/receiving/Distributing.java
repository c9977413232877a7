package io.engage.core.receiving;

import io.engage.core.consenting.Hearing.Speech;
import io.engage.core.receiving.Receiving.Turn;
import io.engage.core.routing.InboxRouting;
import io.engage.core.routing.InboxRouting.Routed;
import io.engage.core.ruling.Ruled;
import io.engage.core.ruling.Ruling;
import io.engage.core.threading.Belonging;
import io.engage.core.trusting.Trusting.Trust;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.MessageKind;
import io.engage.model.message.TrustLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which inboxes take a mail: those it was sent to, unless their rules send it elsewhere or
 * ignore it, or they take mail of known contacts only. Each inbox gets it once.
 */
final class Distributing {
  private final InboxRouting routing = new InboxRouting();

  /** Those that take it, then those that do not. */
  List<Destination> decide(Arrival.Readable arrival, Belonging belonging, Trust trust, Turn turn) {
    Origin origin = arrival.origin();
    if (origin != null && !origin.answer()) {
      return List.of(heard(origin, turn));
    }
    boolean known = isKnown(arrival, trust, turn);
    Map<InboxId, Destination> taken = new LinkedHashMap<>();
    Map<InboxId, Destination> routed = new LinkedHashMap<>();
    List<Destination> held = new ArrayList<>();
    for (Inbox inbox : existing(arrival, belonging, turn)) {
      Destination destination = ruled(arrival, inbox, belonging, known, turn);
      if (destination.cause() != null) {
        held.add(destination);
      } else if (destination.inbox().equals(inbox)) {
        taken.put(inbox.id(), destination);
      } else {
        routed.putIfAbsent(destination.inbox().id(), destination);
      }
    }
    routed.forEach(taken::putIfAbsent);
    held.removeIf(each -> taken.containsKey(each.inbox().id()));
    return Stream.concat(taken.values().stream(), held.stream()).toList();
  }

  /**
   * What programs say to a mailing opens nothing: one conversation for each would bury the rest.
   */
  private static Destination heard(Origin origin, Turn turn) {
    Inbox inbox =
        turn.known().inboxes(Set.of(origin.inbox())).stream()
            .findFirst()
            .orElseGet(() -> turn.known().inboxes().get(0));
    return Destination.held(
        inbox,
        Ruled.NOTHING,
        HeldMail.Cause.CAMPAIGN,
        "campaign '%s' has heard it".formatted(origin.name()));
  }

  /** An inbox may have gone while its conversations still are answered. */
  private List<Inbox> existing(Arrival.Readable arrival, Belonging belonging, Turn turn) {
    List<Inbox> chosen = turn.known().inboxes(inboxesFor(arrival, belonging, turn));
    return chosen.isEmpty()
        ? turn.known()
            .inboxes(routing.decide(arrival.parsed().headers(), turn.known().inboxes()).inboxes())
        : chosen;
  }

  /** Whoever forges the address of a contact is none. */
  static boolean isKnown(Arrival.Readable arrival, Trust trust, Turn turn) {
    return trust.level() != TrustLevel.SUSPICIOUS
        && arrival.sender().filter(turn.known().customers()::containsKey).isPresent();
  }

  /** The inbox for which an agent let a mail in, with what its rules want beside. */
  Destination letIn(Arrival.Readable arrival, InboxId inbox, Trust trust, Turn turn) {
    Inbox to = turn.known().inboxes(Set.of(inbox)).get(0);
    Ruled ruled =
        rule(arrival, to, false, isKnown(arrival, trust, turn)).takenIn("an agent let it in");
    return Destination.taken(to, inbox, ruled);
  }

  private Destination ruled(
      Arrival.Readable arrival, Inbox inbox, Belonging belonging, boolean known, Turn turn) {
    Speech speech = speech(arrival, turn);
    if (speech == Speech.KEYWORD) {
      return Destination.taken(inbox, inbox.id(), Ruled.NOTHING);
    }
    boolean belongs = Placing.belongs(arrival, inbox.id(), belonging, turn);
    boolean joins = belongs && !Placing.opensAnother(arrival, inbox, belonging, turn);
    return Admitting.decide(
        inbox,
        rule(arrival, inbox, belongs, known),
        new Admitting.Credentials(
            belongs, joins, isReport(arrival), known || arrival.origin() != null, speech),
        turn.known().all());
  }

  /**
   * Consent is given to a number, and ended there whatever the rules of an inbox say: of the one
   * with this number, or of one without any, where people may end it as well.
   */
  private static Speech speech(Arrival.Readable arrival, Turn turn) {
    return turn.known().all().stream().allMatch(inbox -> inbox.settings().sms() == null)
        ? Speech.ANYTHING_ELSE
        : arrival.speech(turn.known().texts());
  }

  /** A report on a message of ours goes there; automatic mail changes nothing anywhere. */
  private static Ruled rule(Arrival.Readable arrival, Inbox inbox, boolean belongs, boolean known) {
    if (isReport(arrival) && belongs) {
      return Ruled.NOTHING;
    }
    Ruled ruled = Ruling.decide(inbox.settings().rules(), arrival.forRules(inbox, known));
    return ruled.of(arrival.classification().kind());
  }

  private static boolean isReport(Arrival.Readable arrival) {
    return arrival.classification().bounce() != null
        || arrival.classification().complaint() != null
        || arrival.classification().kind() == MessageKind.DISPOSITION;
  }

  /**
   * The inboxes it was sent to, or where their conversations went since, and the one whose
   * conversation it answers by token or by report.
   */
  private Set<InboxId> inboxesFor(Arrival.Readable arrival, Belonging belonging, Turn turn) {
    Routed routed = routing.decide(arrival.parsed().headers(), turn.known().inboxes());
    Set<InboxId> chosen = new LinkedHashSet<>();
    belonging
        .joins()
        .forEach(
            (inbox, join) -> {
              if (join.byToken() || !routed.byAddress()) {
                chosen.add(inbox);
              }
            });
    arrival
        .about()
        .flatMap(id -> Receiving.reportedOn(id, turn.draft()))
        .ifPresent(message -> chosen.add(message.inbox()));
    Origin origin = arrival.origin();
    if (origin != null && !routed.byAddress() && chosen.isEmpty()) {
      chosen.add(origin.inbox());
    }
    if (routed.byAddress() && arrival.about().isEmpty() || chosen.isEmpty()) {
      Moves moves = new Moves(routing, routed.inboxes(), turn.known().inboxes(), turn.draft());
      routed
          .inboxes()
          .forEach(
              inbox ->
                  chosen.add(
                      movedText(inbox, arrival, turn)
                          .orElseGet(
                              () -> moves.decide(inbox, arrival.parsed().headers(), belonging))));
    }
    return chosen;
  }

  /** Where the conversation through the number of this inbox is now. */
  private static Optional<InboxId> movedText(
      InboxId addressed, Arrival.Readable arrival, Turn turn) {
    PhoneNumber theirs = Filing.phone(arrival);
    return theirs == null
        ? Optional.empty()
        : turn.known().inboxes(Set.of(addressed)).stream()
            .flatMap(inbox -> Stream.ofNullable(inbox.settings().sms()))
            .flatMap(line -> turn.draft().sms(theirs, line.number()).stream())
            .map(Conversation::inbox)
            .findFirst();
  }
}
