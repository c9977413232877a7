package io.engage.dialer;

import static io.engage.model.campaign.RecipientState.InvitationAnswer.ACCEPTED;
import static io.engage.model.campaign.RecipientState.InvitationAnswer.DECLINED;
import static io.engage.model.campaign.RecipientState.InvitationAnswer.DELEGATED;
import static io.engage.model.campaign.RecipientState.InvitationAnswer.TENTATIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.dialer.inviting.InvitationReply;
import io.engage.imap.MimeFormat;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import io.engage.model.message.MailContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-7")
@Tag("DL-13")
@DisplayNameGeneration(ReplaceUnderscores.class)
class InvitationRepliesTest {
  private static final EmailAddress ANA = EmailAddress.of("ana@customers.example");

  @Test
  void an_answer_of_outlook_is_understood() {
    String calendar =
        """
        BEGIN:VCALENDAR
        METHOD:REPLY
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:W. Europe Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=ACCEPTED;CN="Ana, from Main Street: Größe":MAILTO:ana@cust
         omers.example
        COMMENT;LANGUAGE=de-DE:Bis dann\\n
        UID:spring.1@shop.example
        SUMMARY;LANGUAGE=de-DE:Zugesagt: Spring ride
        DTSTART;TZID=W. Europe Standard Time:20260401T100000
        DTEND;TZID=W. Europe Standard Time:20260401T123000
        DTSTAMP:20260302T101112Z
        SEQUENCE:2
        X-MICROSOFT-CDO-APPT-SEQUENCE:2
        END:VEVENT
        END:VCALENDAR
        """;

    assertThat(replyIn(calendar))
        .contains(
            new InvitationReply(
                "spring.1@shop.example", ANA, ACCEPTED, 2, Instant.parse("2026-03-02T10:11:12Z")));
  }

  @Test
  void an_answer_of_apple_for_an_account_is_understood() {
    String calendar =
        event(
            "REPLY",
            "ATTENDEE;CN=Ana;CUTYPE=INDIVIDUAL;EMAIL=ana@customers.example;PARTSTAT=DECLINED:"
                + "urn:uuid:0F2A",
            "BEGIN:VALARM",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@customers.example",
            "UID:alarm",
            "END:VALARM",
            "UID:spring.1@shop.example");

    assertThat(replyIn(calendar))
        .contains(new InvitationReply("spring.1@shop.example", ANA, DECLINED, 0, null));
  }

  @ParameterizedTest
  @CsvSource({
    "REPLY, ACCEPTED, ACCEPTED",
    "reply, accepted, ACCEPTED",
    "REPLY, DECLINED, DECLINED",
    "REPLY, TENTATIVE, TENTATIVE",
    "REPLY, DELEGATED, DELEGATED",
    "COUNTER, TENTATIVE, COUNTERED",
    "COUNTER, NEEDS-ACTION, COUNTERED"
  })
  void each_answer_is_what_it_says(String method, String status, InvitationAnswer answer) {
    Optional<InvitationReply> reply = replyIn(answer(method, status));

    assertThat(reply).map(InvitationReply::answer).contains(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "REPLY, NEEDS-ACTION",
    "REPLY, X-MAYBE",
    "REPLY, ''",
    "REQUEST, ACCEPTED",
    "CANCEL, ACCEPTED",
    "PUBLISH, ACCEPTED",
    "'', ACCEPTED"
  })
  void what_answers_nothing_is_no_answer(String method, String status) {
    assertThat(replyIn(answer(method, status))).isEmpty();
  }

  @Test
  void of_several_attendees_it_is_the_sender_who_speaks() {
    String calendar =
        event(
            "COUNTER",
            "UID:1@shop.example",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@customers.example",
            "ATTENDEE;PARTSTAT=TENTATIVE:mailto:Ana@customers.example");
    String ofOthers =
        event(
            "REPLY",
            "UID:1@shop.example",
            "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ana@customers.example",
            "ATTENDEE;PARTSTAT=DELEGATED:mailto:ben@customers.example");

    assertThat(replyIn(calendar))
        .map(reply -> reply.attendee().value())
        .contains("Ana@customers.example");
    assertThat(replyIn(ofOthers))
        .map(reply -> reply.attendee().value())
        .contains("ben@customers.example");
  }

  @Test
  void the_later_answer_to_the_later_invitation_holds_whichever_arrives_first() {
    InvitationReply first = reply(ACCEPTED, 0, "2026-03-02T10:00:00Z");
    InvitationReply changed = reply(DECLINED, 0, "2026-03-02T11:00:00Z");
    InvitationReply toChange = reply(TENTATIVE, 1, "2026-03-02T09:00:00Z");
    InvitationReply undated = new InvitationReply("1", ANA, DELEGATED, 0, null);

    assertThat(changed.supersedes(first)).isTrue();
    assertThat(first.supersedes(changed)).isFalse();
    assertThat(toChange.supersedes(changed)).isTrue();
    assertThat(first.supersedes(undated)).isTrue();
    assertThat(first.supersedes(first)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\n"
            + "METHOD:REPLY\r\n"
            + "BEGIN:VEVENT\r\n"
            + "UID:1\r\n"
            + "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@customers.example",
        "END:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\n"
            + "METHOD:REPLY\r\n"
            + "BEGIN:VTODO\r\n"
            + "UID:1\r\n"
            + "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@customers.example\r\n"
            + "END:VTODO\r\n"
            + "END:VCALENDAR\r\n"
      })
  void what_is_no_whole_event_is_no_answer(String calendar) {
    assertThat(replyIn(calendar)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:nobody",
        "ATTENDEE;PARTSTAT=ACCEPTED:https://customers.example/ana",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a%0D%0ABcc:b@customers.example",
        "ATTENDEE;PARTSTAT=ACCEPTED",
        "ATTENDEE"
      })
  void an_answer_for_nobody_is_none(String attendee) {
    assertThat(replyIn(event("REPLY", "UID:1@shop.example", attendee))).isEmpty();
  }

  @Test
  void an_event_without_a_uid_or_with_an_endless_one_answers_nothing() {
    String attendee = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@customers.example";

    assertThat(replyIn(event("REPLY", attendee))).isEmpty();
    assertThat(replyIn(event("REPLY", "UID: ", attendee))).isEmpty();
    assertThat(replyIn(event("REPLY", "UID:" + "x".repeat(256), attendee))).isEmpty();
    assertThat(replyIn(event("REPLY", "UID:" + "x".repeat(255), attendee))).isPresent();
  }

  @Test
  void lines_that_are_none_and_numbers_that_are_odd_cost_nobody_their_answer() {
    String calendar =
        event(
            "REPLY",
            "",
            "this is no line",
            ":nor is this",
            "\"nor this\"",
            "SEQUENCE:99999999999999999999",
            "DTSTAMP:20261399T999999Z",
            "ATTENDEE;CN=\"never closed;PARTSTAT=DECLINED:mailto:ben@customers.example",
            "ATTENDEE;PARTSTAT=\"ACCEPTED\":mailto:ana@customers.example?x=y",
            "X-TAB:\ta",
            "UID:1@shop.example");

    assertThat(replyIn(calendar))
        .contains(new InvitationReply("1@shop.example", ANA, ACCEPTED, 0, null));
    assertThat(replyIn(calendar.replace("\r\n", "\n"))).isPresent();
    assertThat(replyIn(calendar.replace("\r\n", "\r"))).isPresent();
  }

  @Test
  @Tag("G-15")
  void nesting_and_counts_are_bounded() {
    String deep = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + "BEGIN:VEVENT\r\n".repeat(15_000);
    String wide = event("REPLY", "X-A:b\r\n".repeat(30_000), "UID:1@shop.example");
    String folds = "BEGIN:VCALENDAR\r\nX-A:" + "\r\n ".repeat(80_000) + "b\r\n";
    String parameters = event("REPLY", "ATTENDEE" + ";X=1".repeat(50_000) + ":mailto:a@b");
    String manyEvents = answer("REPLY", "ACCEPTED") + answer("REPLY", "DECLINED").repeat(500);

    assertThat(List.of(deep, wide, folds, parameters))
        .allSatisfy(calendar -> assertThat(replyIn(calendar)).isEmpty());
    assertThat(replyIn(manyEvents)).map(InvitationReply::answer).contains(ACCEPTED);
  }

  @Test
  @Tag("G-9")
  void any_text_gives_a_result() {
    Random random = new Random(20260301);
    String[] pieces = {
      "BEGIN:",
      "END:",
      "VCALENDAR",
      "VEVENT",
      "METHOD:REPLY",
      "ATTENDEE",
      ";",
      "PARTSTAT",
      "=",
      "\"",
      "ACCEPTED",
      ":",
      "mailto:ana@customers.example",
      "UID:1",
      ",",
      "\r\n",
      "\n",
      " ",
      "\t",
      "\\",
      "\0",
      "é",
      "🚲",
      "\u2028",
      "%",
      "%4"
    };
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "BEGIN:VCALENDAR\r\n" : "");
      for (int n = random.nextInt(60); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }

      assertThat(CalendarReading.read(text.toString())).isNotNull();
    }
  }

  @Test
  @Tag("G-34")
  void it_does_not_print_who_said_it() {
    assertThat(replyIn(answer("REPLY", "ACCEPTED")).orElseThrow().toString())
        .isEqualTo("InvitationReply[accepted]");
  }

  private static InvitationReply reply(InvitationAnswer answer, int sequence, String at) {
    return new InvitationReply("1", ANA, answer, sequence, Instant.parse(at));
  }

  private static String answer(String method, String status) {
    return event(
        method,
        "UID:1@shop.example",
        "ATTENDEE;PARTSTAT=" + status + ":mailto:ana@customers.example");
  }

  private static String event(String method, String... lines) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:%s\r\nBEGIN:VEVENT\r\n".formatted(method)
        + String.join("\r\n", lines)
        + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  }

  /** As a mail from Ana brings it. */
  private static Optional<InvitationReply> replyIn(String calendar) {
    String mail =
        """
        From: Ana <ana@customers.example>
        Content-Type: multipart/alternative; boundary=b

        --b

        Accepted
        --b
        Content-Type: text/calendar; charset=utf-8; method=REPLY

        """
            .replace("\n", "\r\n");
    byte[] bytes = (mail + calendar + "\r\n--b--\r\n").getBytes(UTF_8);
    try {
      return InvitationReplies.find(MimeFormat.create().parse(MailContent.of(bytes)));
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }
}
