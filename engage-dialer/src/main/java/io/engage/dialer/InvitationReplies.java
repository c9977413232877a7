package io.engage.dialer;

import io.engage.dialer.inviting.InvitationReply;
import io.engage.dialer.inviting.Replying;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.ReportPart;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what a mail says to an invitation. */
final class InvitationReplies {
  private static final Set<String> CALENDARS = Set.of("text/calendar", "application/ics");

  private InvitationReplies() {}

  /** Empty when the mail has no calendar, or one that is no answer or cannot be read. */
  static Optional<InvitationReply> find(ParsedMail mail) {
    Set<EmailAddress> senders =
        mail.headers().from().stream().map(NamedAddress::address).collect(Collectors.toSet());
    return mail.reports().stream()
        .filter(part -> CALENDARS.contains(part.contentType()))
        .map(ReportPart::text)
        .flatMap(text -> CalendarReading.read(text).stream())
        .flatMap(calendar -> Replying.decide(calendar, senders).stream())
        .findFirst();
  }
}
