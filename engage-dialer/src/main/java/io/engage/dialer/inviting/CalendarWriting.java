package io.engage.dialer.inviting;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.OutboundCalendar;
import io.engage.model.message.OutboundCalendar.Method;
import java.util.List;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.CuType;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Role;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * Writes what calendars get (RFC 5545, RFC 5546).
 *
 * <p>Times are in UTC. An event that happens once needs no zone: Outlook, Gmail and Apple show the
 * moment in the zone of whoever looks. A VTIMEZONE would only be a second place to be wrong in,
 * since Outlook goes by the name of a zone rather than by its rules, and all of them by their own
 * copy of the rules. Whole days have no zone at all.
 *
 * <p>The organizer's address is always that of the inbox: calendars answer to it, and Gmail
 * distrusts an organizer from whom the mail does not come. What the campaign calls the organizer is
 * the name beside it.
 */
final class CalendarWriting {
  private static final String PRODUCT = "-//Engage//Dialer//EN";

  private CalendarWriting() {}

  static OutboundCalendar write(EventText text, Parties parties, Revision revision) {
    boolean cancelled = revision.method() == Method.CANCEL;
    Calendar calendar = new Calendar();
    calendar.add(new ProdId(PRODUCT));
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(ImmutableCalScale.GREGORIAN);
    calendar.add(cancelled ? ImmutableMethod.CANCEL : ImmutableMethod.REQUEST);
    calendar.add(event(text, parties, revision, cancelled));
    return new OutboundCalendar(revision.method(), OctetFolding.fold(calendar.toString()));
  }

  private static VEvent event(
      EventText text, Parties parties, Revision revision, boolean cancelled) {
    VEvent event = new VEvent(false);
    event.add(new Uid(revision.uid()));
    event.add(new Sequence(revision.sequence()));
    event.add(new DtStamp(revision.stamp()));
    span(text.span()).forEach(event::add);
    event.add(new Summary(text.title()));
    addIfSaid(event, new Location(text.location()));
    addIfSaid(event, new Description(text.description()));
    event.add(cancelled ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
    event.add(organizer(text.organizer(), parties.inbox()));
    event.add(cancelled ? named(parties.recipient()) : asked(parties.recipient()));
    return event;
  }

  /** Of whole days the end is the first one that does not belong to it. */
  private static List<Property> span(Span span) {
    if (span instanceof Span.Times times) {
      return List.of(new DtStart<>(times.start()), new DtEnd<>(times.end()));
    }
    Span.Days days = (Span.Days) span;
    return List.of(new DtStart<>(days.first()), new DtEnd<>(days.last().plusDays(1)));
  }

  private static void addIfSaid(VEvent event, Property property) {
    if (!property.getValue().isEmpty()) {
      event.add(property);
    }
  }

  private static Property organizer(String organizer, NamedAddress inbox) {
    String name = organizer.isEmpty() ? inbox.name() : nameIn(organizer);
    return withName(new Organizer(MailUri.of(inbox.address())), name);
  }

  /** {@code Ana <ana@shop.example>} is called Ana. */
  private static String nameIn(String organizer) {
    int address = organizer.indexOf('<');
    return address > 0 && organizer.endsWith(">") && organizer.indexOf('@', address) > 0
        ? organizer.substring(0, address)
        : organizer;
  }

  private static Property asked(NamedAddress recipient) {
    return named(recipient).add(PartStat.NEEDS_ACTION).add(Rsvp.TRUE);
  }

  private static Property named(NamedAddress recipient) {
    Property attendee =
        new Attendee(MailUri.of(recipient.address()))
            .add(CuType.INDIVIDUAL)
            .add(Role.REQ_PARTICIPANT);
    return withName(attendee, recipient.name());
  }

  /** Few calendars know how a double quote within a name is written (RFC 6868), all know this. */
  private static Property withName(Property property, String name) {
    String plain = PlainText.line(name).replace('"', '\'');
    return plain.isEmpty() ? property : property.add(new Cn(plain));
  }
}
