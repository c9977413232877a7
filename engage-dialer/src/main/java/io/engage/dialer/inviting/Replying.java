package io.engage.dialer.inviting;

import static io.engage.model.campaign.RecipientState.InvitationAnswer.ACCEPTED;
import static io.engage.model.campaign.RecipientState.InvitationAnswer.COUNTERED;
import static io.engage.model.campaign.RecipientState.InvitationAnswer.DECLINED;
import static io.engage.model.campaign.RecipientState.InvitationAnswer.DELEGATED;
import static io.engage.model.campaign.RecipientState.InvitationAnswer.TENTATIVE;

import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what an arriving calendar says to an invitation, if that is what it is. */
public final class Replying {
  private static final int LONGEST_UID = 255;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss['Z']", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final Map<String, InvitationAnswer> ANSWERS =
      Map.of(
          "ACCEPTED", ACCEPTED,
          "DECLINED", DECLINED,
          "TENTATIVE", TENTATIVE,
          "DELEGATED", DELEGATED);

  private record Said(EmailAddress attendee, InvitationAnswer answer) {}

  private Replying() {}

  /**
   * Somebody who counters sends all attendees along, and some programs do with every answer; then
   * it is the sender who speaks.
   *
   * @param senders from whom the mail is
   */
  public static Optional<InvitationReply> decide(
      CalendarObject calendar, Set<EmailAddress> senders) {
    List<Said> said =
        calendar.event().stream()
            .filter(line -> line.is("ATTENDEE"))
            .flatMap(line -> said(calendar.method(), line).stream())
            .toList();
    Predicate<Said> bySender = one -> isAmong(senders, one.attendee());
    return said.stream()
        .filter(bySender)
        .findFirst()
        .or(() -> said.stream().findFirst())
        .flatMap(one -> reply(calendar, one));
  }

  private static Optional<InvitationReply> reply(CalendarObject calendar, Said said) {
    return value(calendar, "UID")
        .map(String::strip)
        .filter(uid -> !uid.isEmpty() && uid.length() <= LONGEST_UID)
        .map(
            uid ->
                new InvitationReply(
                    uid, said.attendee(), said.answer(), sequence(calendar), stamp(calendar)));
  }

  private static Optional<Said> said(String method, CalendarLine line) {
    return answer(method, line).flatMap(answer -> address(line).map(who -> new Said(who, answer)));
  }

  private static Optional<InvitationAnswer> answer(String method, CalendarLine line) {
    return switch (method.strip().toUpperCase(Locale.ROOT)) {
      case "COUNTER" -> Optional.of(COUNTERED);
      case "REPLY" ->
          Optional.ofNullable(ANSWERS.get(line.parameter("PARTSTAT").toUpperCase(Locale.ROOT)));
      default -> Optional.empty();
    };
  }

  /** Where the value is no address but the name of an account, Apple says it beside (RFC 7986). */
  private static Optional<EmailAddress> address(CalendarLine line) {
    return MailUri.read(line.value()).or(() -> EmailAddress.parse(line.parameter("EMAIL")));
  }

  /** Only its own server knows whether the case of an address matters; here it is the person. */
  private static boolean isAmong(Set<EmailAddress> senders, EmailAddress attendee) {
    return senders.stream().anyMatch(one -> one.value().equalsIgnoreCase(attendee.value()));
  }

  private static int sequence(CalendarObject calendar) {
    return value(calendar, "SEQUENCE")
        .map(String::strip)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Integer::parseInt)
        .orElse(0);
  }

  private static @Nullable Instant stamp(CalendarObject calendar) {
    return value(calendar, "DTSTAMP").flatMap(Replying::instant).orElse(null);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text.strip(), STAMP).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException notUnderstood) {
      return Optional.empty();
    }
  }

  private static Optional<String> value(CalendarObject calendar, String name) {
    return calendar.event().stream()
        .filter(line -> line.is(name))
        .map(CalendarLine::value)
        .findFirst();
  }
}
