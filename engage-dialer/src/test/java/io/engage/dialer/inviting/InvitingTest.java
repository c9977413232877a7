package io.engage.dialer.inviting;

import static io.engage.dialer.inviting.Occasions.ANA;
import static io.engage.dialer.inviting.Occasions.FIRST;
import static io.engage.dialer.inviting.Occasions.PARTIES;
import static io.engage.dialer.inviting.Occasions.SHOP;
import static io.engage.dialer.inviting.Occasions.allFields;
import static io.engage.dialer.inviting.Occasions.calendar;
import static io.engage.dialer.inviting.Occasions.fixed;
import static io.engage.dialer.inviting.Occasions.form;
import static io.engage.dialer.inviting.Occasions.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.model.address.NamedAddress;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.message.OutboundCalendar.Method;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-7")
@Tag("G-52")
@DisplayNameGeneration(ReplaceUnderscores.class)
class InvitingTest {
  private static final EventTemplate RIDE =
      fixed("Spring ride", "2026-04-01T10:00", "2026-04-01T12:30");
  private static final Map<String, String> ROW =
      Map.of(
          "title", "Check of ${bike}",
          "organizer", "Workshop",
          "start", "01/04/2026 10:00",
          "end", "01/04/2026 12:30",
          "location", "Main Street 1",
          "description", "Bring\nit");

  @Test
  void an_invitation_reads_as_the_standards_want_it() {
    String calendar = calendar(RIDE.withOrganizer("Workshop"), Map.of());

    assertThat(calendar)
        .isEqualTo(
            """
            BEGIN:VCALENDAR
            PRODID:-//Engage//Dialer//EN
            VERSION:2.0
            CALSCALE:GREGORIAN
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:spring.1@shop.example
            SEQUENCE:0
            DTSTAMP:20260301T080000Z
            DTSTART:20260401T080000Z
            DTEND:20260401T103000Z
            SUMMARY:Spring ride
            STATUS:CONFIRMED
            ORGANIZER;CN=Workshop:mailto:hello@shop.example
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;CN=Ana;PARTSTAT=NEEDS-ACTIO
             N;RSVP=TRUE:mailto:ana@customers.example
            END:VEVENT
            END:VCALENDAR
            """
                .replace("\n", "\r\n"));
  }

  @Test
  @Tag("DL-5")
  void every_text_may_come_from_the_row_and_is_never_read_again_for_fields() {
    EventForm form = form(allFields());

    List<String> lines = ContentLines.of(calendar(form.decide(ROW, PARTIES, FIRST)));

    assertThat(form.fields()).isEqualTo(ROW.keySet());
    assertThat(lines)
        .contains(
            "SUMMARY:Check of ${bike}",
            "DTSTART:20260401T080000Z",
            "DTEND:20260401T103000Z",
            "LOCATION:Main Street 1",
            "DESCRIPTION:Bring\\nit",
            "ORGANIZER;CN=Workshop:mailto:hello@shop.example");
  }

  @Test
  void what_changes_and_what_ends_an_event_keeps_its_uid_and_says_more_than_before() {
    Instant later = Instant.parse("2026-03-02T08:00:00Z");
    Revision changed = FIRST.changed(later);
    Revision cancelled = changed.cancelled(later.plusSeconds(60));

    Invitation update = form(RIDE).decide(Map.of(), PARTIES, changed);
    Invitation end = form(RIDE).decide(Map.of(), PARTIES, cancelled);

    assertThat(((Invitation.Ready) update).calendar().method()).isEqualTo(Method.REQUEST);
    assertThat(ContentLines.of(calendar(update)))
        .contains(
            "METHOD:REQUEST",
            "UID:spring.1@shop.example",
            "SEQUENCE:1",
            "DTSTAMP:20260302T080000Z",
            "STATUS:CONFIRMED");
    assertThat(((Invitation.Ready) end).calendar().method()).isEqualTo(Method.CANCEL);
    assertThat(ContentLines.of(calendar(end)))
        .contains(
            "METHOD:CANCEL",
            "UID:spring.1@shop.example",
            "SEQUENCE:2",
            "STATUS:CANCELLED",
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;CN=Ana:mailto:ana@customers.example")
        .noneMatch(line -> line.contains("RSVP"));
  }

  @Test
  void all_that_is_missing_or_wrong_is_said_at_once_and_before_anything_is_sent() {
    List<EventProblem> missing = problems(allFields(), Map.of("title", " \n ", "start", "soon"));

    assertThat(missing)
        .extracting(EventProblem::part, EventProblem::reason)
        .contains(
            tuple(EventPart.TITLE, "is empty"),
            tuple(EventPart.ORGANIZER, "has no value for 'organizer'"),
            tuple(EventPart.END, "has no value for 'end'"),
            tuple(EventPart.LOCATION, "has no value for 'location'"),
            tuple(EventPart.DESCRIPTION, "has no value for 'description'"))
        .hasSize(6);
    assertThat(missing)
        .filteredOn(problem -> problem.part() == EventPart.START)
        .singleElement()
        .asString()
        .startsWith("The start of the event is no date that is understood.")
        .contains("2026-03-31T10:00+02:00", "31/03/2026")
        .doesNotContain("soon");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-04-01T10:00, 2026-04-01T10:00, is not after the start",
    "2026-04-01T10:00, 2026-04-01T09:59, is not after the start",
    "2026-04-01T10:00+02:00, 2026-04-01T08:00Z, is not after the start",
    "2026-04-02, 2026-04-01, is before the start",
    "2026-04-01T10:00, 2026-04-01, does not go with the start",
    "2026-04-01, 2026-04-01T10:00, does not go with the start",
    "2026-04-01T10:00, '', is empty",
    "2026-04-01T10:00, tomorrow, is no date"
  })
  void an_end_that_does_not_follow_its_start_is_refused(String start, String end, String reason) {
    List<EventProblem> ofRow =
        problems(fixed("Ride", "${start}", "${end}"), Map.of("start", start, "end", end));
    List<EventProblem> ofCampaign = problems(fixed("Ride", start, end));

    assertThat(ofRow).isEqualTo(ofCampaign);
    assertThat(ofRow).singleElement().extracting(EventProblem::part).isEqualTo(EventPart.END);
    assertThat(ofRow.get(0).reason()).startsWith(reason);
  }

  @Test
  void what_is_fixed_is_refused_before_any_row_is_known() {
    EventTemplate wrong = fixed(" ", "${start}", "31/02/2026 10:00");

    assertThat(problems(wrong))
        .extracting(EventProblem::part)
        .containsExactlyInAnyOrder(EventPart.TITLE, EventPart.END);
  }

  @Test
  @Tag("G-50")
  void an_event_that_is_more_than_a_text_is_refused() {
    assertThat(problems(fixed("${>secret}", "2026-04-01", "${{x}}")))
        .extracting(EventProblem::part)
        .containsExactly(EventPart.TITLE, EventPart.END);
  }

  @Test
  void whole_days_have_no_zone_and_end_with_the_day_that_no_longer_belongs_to_them() {
    String one = calendar(fixed("Ride", "2026-03-29", "2026-03-29"), Map.of());
    String three = calendar(fixed("Ride", "30.12.2026", "01.01.2027"), Map.of());

    assertThat(ContentLines.of(one))
        .contains("DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330");
    assertThat(ContentLines.of(three))
        .contains("DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270102");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                           | ;CN=Bike Shop",
        "Workshop                     | ;CN=Workshop",
        "boss@elsewhere.example       | ;CN=boss@elsewhere.example",
        "Ben <boss@elsewhere.example> | ;CN=Ben",
        "a < b                        | ;CN=a < b",
        "Ben, \"the boss\": Größe     | ;CN=\"Ben, 'the boss': Größe\"",
      })
  void calendars_answer_to_the_inbox_whatever_the_organizer_is_called(
      String organizer, String name) {
    List<String> lines = ContentLines.of(calendar(RIDE.withOrganizer(organizer), Map.of()));

    assertThat(lines).contains("ORGANIZER" + name + ":mailto:hello@shop.example");
  }

  @Test
  void an_inbox_and_a_recipient_without_a_name_have_none() {
    Parties nameless =
        new Parties(
            NamedAddress.of("hello@shop.example"), NamedAddress.of("ana@customers.example"));

    String calendar = calendar(form(RIDE).decide(Map.of(), nameless, FIRST));

    assertThat(ContentLines.of(calendar))
        .contains("ORGANIZER:mailto:hello@shop.example")
        .noneMatch(line -> line.contains("CN="));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "o'brien+spring@customers.example | mailto:o'brien+spring@customers.example",
        "a%41=b&c?d/e#f@customers.example | mailto:a%2541%3Db%26c%3Fd%2Fe%23f@customers.example",
        "josé@customers.example           | mailto:jos%C3%A9@customers.example",
      })
  void an_address_is_a_uri_and_comes_back(String address, String uri) {
    NamedAddress odd = NamedAddress.of(address);

    String calendar = calendar(form(RIDE).decide(Map.of(), new Parties(SHOP, odd), FIRST));

    assertThat(ContentLines.of(calendar)).anyMatch(line -> line.endsWith(":" + uri));
    assertThat(MailUri.read(uri)).contains(odd.address());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a;b", "a\r\nMETHOD:CANCEL", "ä", "a,b"})
  void a_uid_that_calendars_would_change_is_refused(String uid) {
    assertThatThrownBy(() -> Revision.request(uid, 0, Occasions.STAMP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("UID");
    assertThatThrownBy(() -> Revision.request("a".repeat(201), 0, Occasions.STAMP))
        .hasMessageContaining("200");
    assertThatThrownBy(() -> Revision.request("a", -1, Occasions.STAMP))
        .hasMessageContaining("sequence");
  }

  @Test
  @Tag("G-34")
  void neither_people_nor_words_are_printed() {
    Invitation invitation = form(RIDE).decide(Map.of(), PARTIES, FIRST);

    assertThat(PARTIES.toString() + invitation + RIDE)
        .doesNotContain(ANA.address().value(), "Ana", "Spring");
  }
}
