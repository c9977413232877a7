package io.engage.dialer.inviting;

import static io.engage.dialer.inviting.Occasions.FIRST;
import static io.engage.dialer.inviting.Occasions.PARTIES;
import static io.engage.dialer.inviting.Occasions.allFields;
import static io.engage.dialer.inviting.Occasions.calendar;
import static io.engage.dialer.inviting.Occasions.form;
import static io.engage.dialer.inviting.OtherCalendar.eventOf;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.parameter.ParticipationLevel;
import biweekly.property.Attendee;
import io.engage.imap.MimeFormat;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundCalendar;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What rows say stays what it is: text within its line, however nasty it is. */
@Tag("DL-7")
@Tag("G-52")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadBackTest {
  private static final String[] PIECES = {
    "a",
    "Z",
    "0",
    " ",
    ".",
    ",",
    ";",
    ":",
    "\\",
    "\\n",
    "\\N",
    "\\,",
    "\"",
    "'",
    "^",
    "^n",
    "^'",
    "=",
    "<",
    ">",
    "@",
    "${x}",
    "%0D%0A",
    "\r",
    "\n",
    "\r\n",
    "\r\n ",
    "\n\t",
    "\t",
    "\0",
    "\u0001",
    "\u007f",
    "\u0085",
    "\u000b",
    "\u000c",
    "\u2028",
    "\u2029",
    "\u00a0",
    "\ufeff",
    "\u202e",
    "é",
    "ß",
    "你",
    "🚲",
    "\ud83d",
    "\ude0d",
    "\u760d",
    "\u760a",
    "word ",
    "x".repeat(80),
    "🚲".repeat(30),
    "\r\nMETHOD:CANCEL",
    "\nEND:VEVENT\nBEGIN:VEVENT\n",
    "\rATTENDEE:mailto:victim@x.example",
    "\u2028X-A:b",
    ";CN=x:mailto:y",
    "\r\nBEGIN:VALARM\r\nACTION:EMAIL"
  };
  private static final List<String> LINES =
      List.of(
          "BEGIN:VCALENDAR",
          "PRODID",
          "VERSION",
          "CALSCALE",
          "METHOD",
          "BEGIN:VEVENT",
          "UID",
          "SEQUENCE",
          "DTSTAMP",
          "DTSTART",
          "DTEND",
          "SUMMARY",
          "LOCATION",
          "DESCRIPTION",
          "STATUS",
          "ORGANIZER",
          "ATTENDEE",
          "END:VEVENT",
          "END:VCALENDAR");

  @RepeatedTest(300)
  @Tag("G-32")
  void nothing_that_a_row_says_adds_a_line(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    Map<String, String> row =
        Map.of(
            "title", "t" + nasty(random),
            "organizer", "o" + nasty(random),
            "start", "2026-04-01 10:00",
            "end", "2026-04-01 11:00",
            "location", "l" + nasty(random),
            "description", "d" + nasty(random));
    NamedAddress recipient = NamedAddress.of("r" + nasty(random), "ana@customers.example");

    String calendar =
        calendar(form(allFields()).decide(row, new Parties(Occasions.SHOP, recipient), FIRST));

    assertThat(ContentLines.names(calendar)).isEqualTo(LINES);
    ICalendar read = OtherCalendar.read(calendar);
    VEvent event = eventOf(read);
    assertThat(read.getMethod().getValue()).isEqualTo("REQUEST");
    assertThat(event.getSummary().getValue()).isEqualTo(onLine(row.get("title")));
    assertThat(event.getLocation().getValue()).isEqualTo(onLine(row.get("location")));
    assertThat(event.getDescription().getValue()).isEqualTo(onLines(row.get("description")));
    assertThat(event.getOrganizer().getCommonName())
        .isEqualTo(onLine(row.get("organizer")).replace('"', '\''));
    assertThat(event.getOrganizer().getEmail()).isEqualTo("hello@shop.example");
    Attendee attendee = event.getAttendees().get(0);
    assertThat(attendee.getCommonName()).isEqualTo(onLine(recipient.name()).replace('"', '\''));
    assertThat(attendee.getEmail()).isEqualTo("ana@customers.example");
    assertThat(event.getExperimentalProperties()).isEmpty();
    assertThat(event.getAlarms()).isEmpty();
  }

  @Test
  void another_program_sees_who_is_asked_to_what() {
    String calendar =
        calendar(
            Occasions.fixed("Spring ride", "2026-04-01 10:00", "2026-04-01T12:30+02:00"), Map.of());

    ICalendar read = OtherCalendar.read(calendar);

    VEvent event = eventOf(read);
    assertThat(event.getUid().getValue()).isEqualTo("spring.1@shop.example");
    assertThat(event.getSequence().getValue()).isZero();
    assertThat(event.getDateTimeStamp().getValue().toInstant()).isEqualTo(Occasions.STAMP);
    assertThat(OtherCalendar.start(event)).isEqualTo(Instant.parse("2026-04-01T08:00:00Z"));
    assertThat(OtherCalendar.end(event)).isEqualTo(Instant.parse("2026-04-01T10:30:00Z"));
    assertThat(event.getStatus().isConfirmed()).isTrue();
    Attendee attendee = event.getAttendees().get(0);
    assertThat(attendee.getParticipationLevel()).isEqualTo(ParticipationLevel.REQUIRED);
    assertThat(attendee.getParticipationStatus().getValue()).isEqualTo("NEEDS-ACTION");
    assertThat(attendee.getRsvp()).isTrue();
    assertThat(read.getTimezoneInfo().getTimezones()).isEmpty();
  }

  @Test
  void each_word_on_an_event_has_all_that_it_needs() {
    EventForm form = form(Occasions.fixed("Spring ride", "2026-04-01", "2026-04-02"));
    Revision changed = FIRST.changed(Occasions.STAMP);
    for (Revision revision : List.of(FIRST, changed, changed.cancelled(Occasions.STAMP))) {
      String calendar = calendar(form.decide(Map.of(), PARTIES, revision));

      ICalendar read = OtherCalendar.read(calendar);

      assertThat(ContentLines.names(calendar))
          .containsAll(
              List.of("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "SUMMARY", "ORGANIZER", "ATTENDEE"));
      assertThat(read.getMethod().getValue()).isEqualTo(revision.method().name());
      assertThat(eventOf(read).getSequence().getValue()).isEqualTo(revision.sequence());
    }
  }

  /** Parts of the library put zones of their own, which have no rules, among those of Java. */
  @Test
  void the_zones_of_the_whole_program_stay_as_they_are() {
    String calendar =
        calendar(Occasions.fixed("Night", "2026-03-29 01:30", "2026-03-29 03:30"), Map.of());

    assertThat(calendar).isNotEmpty();
    assertThat(ZoneId.getAvailableZoneIds())
        .allSatisfy(zone -> assertThat(ZoneId.of(zone).getRules()).isNotNull());
  }

  @Test
  void what_is_longer_than_calendars_take_is_refused_and_the_longest_is_taken() {
    Map<String, Integer> longest =
        Map.of("title", 1_000, "organizer", 1_000, "location", 1_000, "description", 50_000);

    assertThat(refused(filled(longest, size -> size + 1)))
        .containsExactly(
            EventPart.TITLE, EventPart.ORGANIZER, EventPart.LOCATION, EventPart.DESCRIPTION);
    assertThat(refused(filled(longest, size -> 1_000_000))).hasSize(4);
    for (String piece : List.of(";", "你", "\n", "é")) {
      Map<String, String> row = filled(longest, size -> size);
      row.replaceAll(
          (name, text) -> text.startsWith("x") ? piece.repeat(text.length() - 1) + "x" : text);

      assertThat(ContentLines.names(calendar(allFields(), row))).isEqualTo(LINES);
    }
  }

  @Test
  void the_mail_and_the_calendar_in_it_say_the_same() throws IOException {
    OutboundCalendar calendar =
        ((Invitation.Ready)
                form(Occasions.fixed("Größe", "2026-04-01", "2026-04-02"))
                    .decide(Map.of(), PARTIES, FIRST.cancelled(Occasions.STAMP)))
            .calendar();
    byte[] mail = MimeFormat.create().compose(mail().with(calendar));

    ParsedMail read = MimeFormat.create().parse(MailContent.of(mail));

    assertThat(read.reports()).hasSize(2);
    assertThat(read.reports().get(0).parameters()).contains("method=CANCEL");
    assertThat(read.reports())
        .allSatisfy(
            part ->
                assertThat(OtherCalendar.read(part.text()).getMethod().getValue())
                    .isEqualTo("CANCEL"))
        .allSatisfy(
            part ->
                assertThat(eventOf(OtherCalendar.read(part.text())).getSummary().getValue())
                    .isEqualTo("Größe"));
  }

  private static OutboundMessage mail() {
    return new OutboundMessage(
        RfcMessageId.of("1@shop.example"),
        OffsetDateTime.parse("2026-03-01T09:00:00+01:00"),
        Occasions.SHOP,
        List.of(Occasions.ANA),
        List.of(),
        List.of(),
        List.of(),
        "Spring ride",
        "Come along.\n",
        "<p>Come along.",
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static List<EventPart> refused(Map<String, String> row) {
    return Occasions.problems(allFields(), row).stream().map(EventProblem::part).toList();
  }

  private static Map<String, String> filled(
      Map<String, Integer> longest, UnaryOperator<Integer> size) {
    Map<String, String> row = new HashMap<>();
    longest.forEach((name, most) -> row.put(name, "x".repeat(size.apply(most))));
    row.put("start", "2026-04-01");
    row.put("end", "2026-04-01");
    return row;
  }

  private static String nasty(Random random) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, random.nextInt(12))
        .forEach(i -> text.append(PIECES[random.nextInt(PIECES.length)]));
    return text.append('.').toString();
  }

  /** Each line end, and whatever else is no character, is a blank. */
  private static String onLine(String text) {
    return halves(text).replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]", " ").strip();
  }

  private static String onLines(String text) {
    return halves(text)
        .replaceAll("\\r\\n|[\\n\\r\\u000b\\u000c\\u0085\\u2028\\u2029]", "\n")
        .replaceAll("[\\p{Cntrl}\\u0080-\\u009f&&[^\n]]", " ")
        .strip();
  }

  private static String halves(String text) {
    return text.replaceAll("[\\ud800-\\udbff](?![\\udc00-\\udfff])", "\ufffd")
        .replaceAll("(?<![\\ud800-\\udbff])[\\udc00-\\udfff]", "\ufffd");
  }
}
