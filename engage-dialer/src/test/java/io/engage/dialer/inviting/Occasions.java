package io.engage.dialer.inviting;

import io.engage.model.address.NamedAddress;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.EventTemplate.DateOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The workshop's invitations for tests: says only what differs from an ordinary one. */
final class Occasions {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final Instant STAMP = Instant.parse("2026-03-01T08:00:00Z");
  static final Revision FIRST = Revision.request("spring.1@shop.example", 0, STAMP);
  static final NamedAddress SHOP = NamedAddress.of("Bike Shop", "hello@shop.example");
  static final NamedAddress ANA = NamedAddress.of("Ana", "ana@customers.example");
  static final Parties PARTIES = new Parties(SHOP, ANA);

  private Occasions() {}

  /** An event whose every text is a field of the row. */
  static EventTemplate allFields() {
    return new EventTemplate(
        "${title}",
        "${organizer}",
        "${start}",
        "${end}",
        "${location}",
        "${description}",
        BERLIN,
        DateOrder.DAY_FIRST,
        0);
  }

  static EventTemplate fixed(String title, String start, String end) {
    return EventTemplate.of(title, start, end, BERLIN);
  }

  static EventForm form(EventTemplate event) {
    return ((Preparation.Ready) Inviting.decide(event)).form();
  }

  static List<EventProblem> problems(EventTemplate event) {
    return ((Preparation.Refused) Inviting.decide(event)).problems();
  }

  static List<EventProblem> problems(EventTemplate event, Map<String, String> values) {
    Invitation invitation = form(event).decide(values, PARTIES, FIRST);
    return ((Invitation.Refused) invitation).problems();
  }

  static String calendar(EventTemplate event, Map<String, String> values) {
    return calendar(form(event).decide(values, PARTIES, FIRST));
  }

  static String calendar(Invitation invitation) {
    return ((Invitation.Ready) invitation).calendar().text();
  }
}
