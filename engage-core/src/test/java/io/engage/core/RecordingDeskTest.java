package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.engage.core.recording.RecordingSearch;
import io.engage.imap.MimeFormat;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MailContent;
import io.engage.model.message.Message;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.model.message.Reply;
import io.engage.spi.AuditTrail;
import io.engage.spi.BlobStore;
import io.engage.spi.NotFound;
import io.engage.spi.PortFailure;
import io.engage.testkit.Between;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("DI-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordingDeskTest {
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final InboxId SHOP = Shop.shop().id();
  private static final Page.Request FIRST = Page.Request.first(100);
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");
  private static final RecordingForm MESSAGES = RecordingForm.MESSAGES;
  private static final byte[] BELL = "GIF89a bell".getBytes(StandardCharsets.US_ASCII);

  private final Street street = new Street();
  private final RecordingDesk desk = street.engage.recordingsOf(Shop.CLARA);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void finished_and_running_ones_are_found_by_each_field_of_the_form() {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    ConversationId bens =
        arrived(
            mailFrom("Ben Okafor <ben@customer.example>", "2@customer.example", "A bell?")
                .replace("My bike", "A new bell")
                .replace("repairs@", "hello@"));
    street.engage.deskOf(Shop.DIRK).take(List.of(anas));
    street.clara.complete(List.of(anas));

    assertThat(found(RecordingSearch.all())).containsExactly(bens, anas);
    assertThat(found(RecordingSearch.all().finished())).containsExactly(anas);
    assertThat(found(RecordingSearch.all().running())).containsExactly(bens);
    assertThat(found(RecordingSearch.all().with("BEN@cust"))).containsExactly(bens);
    assertThat(found(RecordingSearch.all().about("new b"))).containsExactly(bens);
    assertThat(found(RecordingSearch.all().in(WORKSHOP))).containsExactly(anas);
    assertThat(found(RecordingSearch.all().by(Shop.DIRK.id()))).containsExactly(anas);
    assertThat(found(RecordingSearch.all().by(Shop.DIRK.id(), Shop.CLARA.id())))
        .containsExactly(anas);
    assertThat(found(RecordingSearch.all().by(Shop.CLARA.id()))).isEmpty();
    assertThat(found(RecordingSearch.all().with("customer.example").in(SHOP).about("bike")))
        .isEmpty();
  }

  @Test
  void whoever_has_or_had_it_or_answered_without_taking_it_is_found() {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    AgentDesk dirk = street.engage.deskOf(Shop.DIRK);
    dirk.take(List.of(anas));
    dirk.handBack(List.of(anas));
    street.clara.reply(anas, Reply.of("On Friday."));

    assertThat(found(RecordingSearch.all().by(Shop.DIRK.id()))).containsExactly(anas);
    assertThat(found(RecordingSearch.all().by(Shop.CLARA.id()))).containsExactly(anas);
    assertThat(desk.view(anas, FIRST).findValue().orElseThrow().agents())
        .containsExactly("Dirk Jensen", "Clara Rossi");
  }

  @Test
  void days_go_by_the_newest_message() {
    ConversationId monday = arrived(fromAna("1@customer.example", "Is it ready?"));
    street.clock.advance(Duration.ofDays(1));
    ConversationId tuesday =
        arrived(mailFrom("Ben <ben@customer.example>", "2@customer.example", "A bell?"));
    RecordingSearch all = RecordingSearch.all();

    assertThat(found(all.days(MONDAY, MONDAY, LISBON))).containsExactly(monday);
    assertThat(found(all.days(MONDAY, MONDAY.plusDays(1), LISBON)))
        .containsExactly(tuesday, monday);
    assertThat(found(all.days(MONDAY.plusDays(2), MONDAY.plusDays(3), LISBON))).isEmpty();
  }

  @Test
  void what_was_led_on_a_day_is_found_there_also_when_it_went_on_after_that() {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    street.clock.advance(Duration.ofDays(2));
    arrived(
        fromAna("2@customer.example", "Thanks!")
            .replace("\n\n", "\nIn-Reply-To: <1@customer.example>\n\n"));
    ConversationId bens = arrived(mailFrom("ben@customer.example", "3@customer.example", "A bell"));
    RecordingSearch all = RecordingSearch.all();
    LocalDate tuesday = MONDAY.plusDays(1);
    LocalDate wednesday = MONDAY.plusDays(2);

    assertThat(found(all.days(MONDAY, MONDAY, LISBON))).isEmpty();
    assertThat(found(all.days(MONDAY, MONDAY, LISBON).whatWasLed())).containsExactly(anas);
    assertThat(found(all.days(tuesday, tuesday, LISBON).whatWasLed())).containsExactly(anas);
    assertThat(found(all.days(wednesday, wednesday, LISBON).whatWasLed()))
        .containsExactly(anas, bens);
    assertThat(found(all.days(wednesday.plusDays(1), wednesday.plusDays(1), LISBON).whatWasLed()))
        .isEmpty();
  }

  @Test
  void many_are_turned_over_page_by_page_each_once() {
    List<ConversationId> arrived = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      arrived.add(0, arrived(mailFrom("r" + i + "@customer.example", i + "@x.example", "A bell?")));
    }

    List<ConversationId> turned = new ArrayList<>();
    Page<Conversation> page = search(RecordingSearch.all(), Page.Request.first(10));
    page.items().forEach(each -> turned.add(each.id()));
    while (page.next() != null) {
      page = search(RecordingSearch.all(), Page.Request.first(10).after(page.next()));
      page.items().forEach(each -> turned.add(each.id()));
    }

    assertThat(turned).containsExactlyElementsOf(arrived);
  }

  @Test
  @Tag("TH-6")
  void where_somebody_may_not_look_nothing_is_found_and_one_who_asks_is_told() {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    ConversationId bens =
        arrived(
            mailFrom("ben@customer.example", "2@customer.example", "A bell?")
                .replace("repairs@", "hello@"));
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.READ_RECORDINGS, SHOP, "Ask Dirk");

    assertThat(found(RecordingSearch.all())).containsExactly(anas);
    assertThat(desk.search(RecordingSearch.all().in(SHOP), FIRST))
        .isEqualTo(new Outcome.Refused<>("Ask Dirk"));
    assertThat(desk.view(bens, FIRST)).isEqualTo(new Outcome.Refused<>("Ask Dirk"));
    assertThat(desk.view(ConversationId.of("none"), FIRST)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void who_looks_is_recorded_and_nothing_is_marked_as_read() {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    street.engage.deskOf(Shop.DIRK).take(List.of(anas));

    Recording recording = desk.view(anas, FIRST).findValue().orElseThrow();
    Message mail = recording.messages().items().get(0);
    RecordedMessage read = desk.read(mail.id()).findValue().orElseThrow();

    assertThat(recording.inbox()).isEqualTo("Workshop");
    assertThat(recording.agents()).containsExactly("Dirk Jensen");
    assertThat(read.content().text().strip()).isEqualTo("Is it ready?");
    assertThat(street.onlyConversation().unread()).isEqualTo(1);
    assertThat(street.storage.audit().newest(2))
        .allSatisfy(each -> assertThat(each.fact()).isEqualTo(new AuditFact.RecordingViewed()))
        .allSatisfy(each -> assertThat(each.actor()).isEqualTo(Actor.agent(Shop.CLARA)))
        .extracting(AuditEntry::subject)
        .containsExactly(
            AuditSubject.of(WORKSHOP, anas, mail.id()), AuditSubject.of(WORKSHOP, anas));
  }

  @Test
  void what_was_led_beside_it_and_written_beside_it_is_found_there() {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    street.clara.note(List.of(anas), "Call her");

    assertThat(desk.notes(anas, FIRST).findValue().orElseThrow().items())
        .singleElement()
        .satisfies(note -> assertThat(note.text()).isEqualTo("Call her"));
    assertThat(desk.besides(anas, FIRST).findValue().orElseThrow().items()).isEmpty();
    assertThat(desk.auditTrail(anas).findValue().orElseThrow())
        .extracting(each -> each.fact().code())
        .contains("noted");
  }

  @Test
  @Tag("TH-6")
  void whoever_reads_notes_or_what_happened_is_recorded_before() {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    street.clara.note(List.of(anas), "Call her");
    int before = street.storage.audit().ofConversation(anas).size();

    desk.notes(anas, FIRST);
    List<AuditEntry> trail = desk.auditTrail(anas).findValue().orElseThrow();

    assertThat(trail).hasSize(before + 2);
    assertThat(trail.subList(before, before + 2))
        .allSatisfy(each -> assertThat(each.fact()).isEqualTo(new AuditFact.RecordingViewed()))
        .allSatisfy(each -> assertThat(each.actor()).isEqualTo(Actor.agent(Shop.CLARA)))
        .allSatisfy(each -> assertThat(each.subject()).isEqualTo(AuditSubject.of(WORKSHOP, anas)));
  }

  @Test
  void to_look_costs_the_same_however_much_happened_before() throws IOException {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    CountingStorage counting = new CountingStorage(street.storage);
    try (Engage node =
        street.engageOn(counting.storage(), street.mail, street.blobs, street.customers)) {
      RecordingDesk recordings = node.recordingsOf(Shop.CLARA);
      happens(5_000, anas);
      street.engage.deskOf(Shop.DIRK).take(List.of(anas));
      happens(5_000, anas);

      int glance = steps(counting, () -> recordings.view(anas, FIRST));
      street.engage.deskOf(Shop.DIRK).queue().signIn();
      List<String> agents = recordings.view(anas, FIRST).findValue().orElseThrow().agents();

      assertThat(glance).isLessThan(5 * AuditTrail.PORTION);
      assertThat(agents).containsExactly("Dirk Jensen");
      assertThat(steps(counting, () -> recordings.print(anas, MESSAGES, out))).isLessThan(100);
    }
  }

  private static int steps(CountingStorage counting, ThrowingCallable looking) {
    int before = counting.steps();
    assertThatCode(looking).doesNotThrowAnyException();
    return counting.steps() - before;
  }

  /** Mails of an alarm that were filed again and again. */
  private void happens(int times, ConversationId to) {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      entries.add(
          new AuditEntry(
              AuditEntryId.of(UUID.randomUUID().toString()),
              street.clock.instant(),
              Actor.RECEIVING,
              AuditSubject.of(WORKSHOP, to),
              new AuditFact.Completed()));
    }
    street.storage.inboxes().commit(InboxChange.builder().audit(entries).build());
  }

  @Test
  void an_attachment_is_saved_as_it_was_sent() throws IOException {
    ConversationId anas = arrived(withBell("<p>Bell</p>"));
    Message mail = onlyMessage(anas);

    desk.saveAttachment(mail.id(), mail.attachments().get(0).part(), out);

    assertThat(out.toByteArray()).isEqualTo(BELL);
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> desk.saveAttachment(mail.id(), PartPath.of("9"), out));
  }

  @Test
  void a_printed_page_has_the_pictures_that_the_mail_brought_along() throws IOException {
    ConversationId anas =
        arrived(withBell("<p>See <img src='cid:bell%40x' alt='bell'><img src='cid:bell@x'></p>"));

    desk.print(anas, MESSAGES, out);

    assertThat(page().select("article img").eachAttr("src"))
        .containsOnly("data:image/gif;base64," + Base64.getEncoder().encodeToString(BELL))
        .isNotEmpty();
    assertThat(page().select("article td").eachText()).contains("bell.gif (image/gif, 11 bytes)");
  }

  @Test
  @Tag("G-14")
  void a_printed_page_runs_nothing_and_loads_nothing_whatever_the_mail_holds() throws IOException {
    ConversationId anas =
        arrived(
            withBell(
                "</div></article></body><script>alert(1)</script><img src=https://e.example/x>"
                    + "<img src='cid:bell@x' onload='alert(1)'><iframe src='//e.example'></iframe>"
                    + "<style>body{background:url(//e.example)}</style><svg onload=alert(1)>"
                    + "<link rel=stylesheet href=//e.example><meta http-equiv=refresh content='0;"
                    + "url=https://e.example'><base href='https://e.example/'><form action=x>"
                    + "<table background='https://e.example/y'><tr><td style='background:"
                    + "url(https://e.example/z)'>words</td></tr></table><article>"));

    desk.print(anas, MESSAGES, out);

    Document page = page();
    assertThat(page.select("script, iframe, svg, link, base, form, object, embed")).isEmpty();
    assertThat(page.select("style")).hasSize(1);
    assertThat(page.select("meta[http-equiv]")).hasSize(1);
    assertThat(page.select("[src], [background], [srcset], [poster]"))
        .extracting(each -> each.attr("src"))
        .allMatch(source -> source.startsWith("data:image/gif;"));
    assertThat(page.getAllElements())
        .flatExtracting(each -> each.attributes().asList())
        .noneMatch(attribute -> attribute.getKey().startsWith("on"));
    assertThat(page.select("[style]").eachAttr("style")).noneMatch(style -> style.contains("url"));
    assertThat(page.select("body > article")).hasSize(1);
    assertThat(page.select("article p.gone").text())
        .isEqualTo("Images from elsewhere are left out: 3");
  }

  @Test
  @Tag("G-14")
  void a_mail_that_looks_like_the_next_message_stays_within_its_frame() throws IOException {
    String forged =
        """
        I pay.<article class="piece"><table class=facts style="border-collapse:collapse"><tr>\
        <th>Message</th><td>2 of 2</td></tr><tr><th>From</th><td>Our shop</td></tr></table>\
        <div class="body" style="margin-left: -4em; width: 900px !important">We refund 5,000\
        </div></article><h2 class=heading>Audit trail</h2><ul class=trail><li>Clara agreed</ul>\
        """;
    ConversationId anas = arrived(withBell(forged));

    desk.print(anas, MESSAGES, out);

    Document page = page();
    Element frame = page.select("body > article.piece > div.body").get(0);
    assertThat(page.select(".piece, .body")).hasSize(2);
    assertThat(frame.text()).contains("I pay.", "We refund 5,000", "Audit trail", "Clara agreed");
    assertThat(frame.select("* [class]")).isEmpty();
    assertThat(frame.select("[style]").eachAttr("style"))
        .isNotEmpty()
        .noneMatch(style -> style.contains("important"));
    assertThat(selectors(page))
        .hasSizeGreaterThan(10)
        .filteredOn(selector -> !selector.startsWith(".body "))
        .allSatisfy(selector -> assertThat(frame.select("* " + selector)).isEmpty());
    frame.remove();
    assertThat(page.text())
        .contains("Message 1 of 1", "End of message 1 of 1")
        .doesNotContain("5,000", "2 of 2", "Audit trail");
  }

  private static List<String> selectors(Document page) {
    return Pattern.compile("([^{}]+)\\{[^}]*}")
        .matcher(page.select("style").html())
        .results()
        .flatMap(rule -> Pattern.compile(",").splitAsStream(rule.group(1)))
        .map(String::strip)
        .filter(selector -> !selector.startsWith("@"))
        .toList();
  }

  @Test
  void what_a_mail_folds_away_is_on_paper() throws IOException {
    ConversationId anas =
        arrived(withBell("<p>Terms</p><details><summary>More</summary>I owe you 50</details>"));

    desk.print(anas, MESSAGES, out);

    assertThat(page().select("details, summary")).isEmpty();
    assertThat(page().select("div.body").text()).contains("More", "I owe you 50");
    assertThat(page().select("style").html()).doesNotContain("hidden");
  }

  @Test
  void one_page_has_only_so_much_room_for_pictures() throws IOException {
    String big = "GIF89a" + "x".repeat(3 << 20);
    ConversationId anas =
        arrived(
            withPicture(
                "<img src='cid:bell@x'>".repeat(500), big.getBytes(StandardCharsets.US_ASCII)));

    Counting counting = new Counting();
    desk.print(anas, MESSAGES, counting);

    assertThat(counting.bytes).isBetween(40L << 20, 70L << 20);
  }

  /** Keeps nothing: such a page is large. */
  private static final class Counting extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      bytes += length;
    }
  }

  @Test
  void notes_and_what_happened_are_printed_when_they_are_wanted() throws IOException {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    street.clara.note(List.of(anas), "Call her");
    desk.print(anas, MESSAGES, out);
    Document without = page();
    out.reset();

    ExportedRecordings printed =
        desk.print(anas, MESSAGES.withNotes().withTrail().in(LISBON), out)
            .findValue()
            .orElseThrow();

    assertThat(printed).isEqualTo(new ExportedRecordings(1, 1, 0));
    assertThat(without.text()).contains("Is it ready?").doesNotContain("Call her", "wrote a note");
    assertThat(page().text()).contains("Call her", "Clara Rossi wrote a note.");
    assertThat(page().select("ul.trail li"))
        .as("that it is printed now is recorded before")
        .hasSameSizeAs(street.storage.audit().ofConversation(anas));
  }

  @Test
  void a_message_whose_bytes_are_gone_says_so_where_it_stood() throws IOException {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    Message mail = onlyMessage(anas);
    street.clock.advance(Duration.ofDays(1));
    street.blobs.delete(List.of(mail.source().digest()), Duration.ZERO);

    assertThat(desk.print(anas, MESSAGES, out).findValue())
        .contains(new ExportedRecordings(1, 1, 1));
    assertThat(page().select("p.gone").text()).isEqualTo("The content of this message is gone.");
    out.reset();
    assertThat(desk.export(anas, RecordingFormat.MBOX, MESSAGES, out).findValue())
        .contains(new ExportedRecordings(1, 1, 1));
    assertThat(out.size()).isZero();
    assertThat(desk.export(anas, RecordingFormat.JSON, MESSAGES, out).findValue())
        .contains(new ExportedRecordings(1, 1, 1));
    assertThat(lines().get(2).path("message").has("text")).isFalse();
    assertThat(desk.exportMail(mail.id(), out)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void bytes_that_cannot_be_read_just_now_are_not_said_to_be_gone() {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    BlobStore tired =
        Between.callersAnd(
            BlobStore.class,
            street.blobs,
            call -> call.name().equals("open") ? new Unreadable() : call.proceed());

    try (Engage node = street.engageOn(street.storage, street.mail, tired, street.customers)) {
      RecordingDesk recordings = node.recordingsOf(Shop.CLARA);

      assertThatExceptionOfType(PortFailure.class)
          .isThrownBy(() -> recordings.print(anas, MESSAGES, out))
          .withMessageContaining("could not read the source of message");
      assertThatExceptionOfType(PortFailure.class)
          .isThrownBy(() -> recordings.export(anas, RecordingFormat.JSON, MESSAGES, out));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> recordings.export(anas, RecordingFormat.MBOX, MESSAGES, out));
    }
  }

  private static final class Unreadable extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("The disk does not answer");
    }
  }

  @Test
  void a_mail_is_taken_along_byte_by_byte() throws IOException {
    String mail = withBell("<p>Bell</p>");
    ConversationId anas = arrived(mail);

    desk.exportMail(onlyMessage(anas).id(), out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(mail.replace("\n", "\r\n"));
    assertThat(street.storage.audit().newest(1).get(0).fact())
        .isEqualTo(new AuditFact.RecordingExported("eml"));
  }

  @Test
  void a_mail_file_has_every_mail_of_every_conversation_that_is_looked_for() throws IOException {
    ConversationId anas =
        arrived(fromAna("1@customer.example", "Is it ready?\nFrom now on I wait."));
    arrived(mailFrom("ben@customer.example", "2@customer.example", "A bell?"));
    street.clara.reply(anas, Reply.of("On Friday."));

    ExportedRecordings exported =
        desk.export(RecordingSearch.all(), RecordingFormat.MBOX, MESSAGES, out)
            .findValue()
            .orElseThrow();

    assertThat(exported).isEqualTo(new ExportedRecordings(2, 3, 0));
    assertThat(written().lines().filter(line -> line.startsWith("From ")))
        .extracting(line -> line.split(" ")[1])
        .containsExactly("ben@customer.example", "ana@customer.example", "repairs@shop.example");
    assertThat(written()).contains("\n>From now on I wait.\n").doesNotContain("\r");
  }

  @Test
  void lines_of_json_have_the_same_with_notes_and_what_happened() throws IOException {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    street.clara.note(List.of(anas), "Call her");

    desk.export(RecordingSearch.all(), RecordingFormat.JSON, MESSAGES.withNotes().withTrail(), out);

    assertThat(lines())
        .extracting(line -> line.fieldNames().next())
        .startsWith("format", "conversation", "message", "note", "entry")
        .endsWith("entry", "end");
    assertThat(lines().get(1).at("/conversation/id").asText()).isEqualTo(anas.value());
    assertThat(lines().get(2).at("/message/text").asText().strip()).isEqualTo("Is it ready?");
    assertThat(lines().get(3).at("/note/text").asText()).isEqualTo("Call her");
  }

  @ParameterizedTest
  @EnumSource
  void each_conversation_is_recorded_before_its_first_byte(RecordingFormat format)
      throws IOException {
    ConversationId anas = arrived(fromAna("1@customer.example", "Is it ready?"));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left");
          }
        };

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> desk.export(RecordingSearch.all(), format, MESSAGES, full));

    AuditEntry newest = street.storage.audit().newest(1).get(0);
    assertThat(newest.subject()).isEqualTo(AuditSubject.of(WORKSHOP, anas));
    assertThat(newest.fact()).isEqualTo(new AuditFact.RecordingExported(format.code()));
  }

  @Test
  @Tag("TH-6")
  void an_export_ends_where_the_right_to_it_ends() throws IOException {
    for (int i = 0; i < 250; i++) {
      arrived(mailFrom("r" + i + "@customer.example", i + "@x.example", "Bell " + i));
    }
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            out.write(b);
          }

          @Override
          public void write(byte[] some, int from, int length) {
            out.write(some, from, length);
            street.permissions.refuse(
                Shop.CLARA.id(), AgentAction.EXPORT_RECORDINGS, WORKSHOP, "She has left");
          }
        };

    Outcome<ExportedRecordings> exported =
        desk.export(RecordingSearch.all(), RecordingFormat.JSON, MESSAGES, slow);

    assertThat(exported).isEqualTo(new Outcome.Refused<>("She has left"));
    assertThat(lines()).filteredOn(line -> line.has("conversation")).hasSizeBetween(1, 249);
    assertThat(lines()).noneMatch(line -> line.has("end"));
    assertThat(street.storage.audit().newest(10))
        .filteredOn(each -> each.fact() instanceof AuditFact.ActionRefused)
        .isNotEmpty();
  }

  @Test
  void what_comes_while_it_is_exported_is_there_and_nothing_else_is_lost() throws IOException {
    for (int i = 0; i < 250; i++) {
      arrived(mailFrom("r" + i + "@customer.example", i + "@x.example", "Bell " + i));
    }
    List<ConversationId> oldest = found(RecordingSearch.all());
    OutputStream slow =
        new OutputStream() {
          private boolean written;

          @Override
          public void write(int b) {
            out.write(b);
          }

          @Override
          public void write(byte[] some, int from, int length) {
            out.write(some, from, length);
            if (!written) {
              written = true;
              street.arrives(
                  mailFrom("r249@customer.example", "again@x.example", "One more bell")
                      .replace("\n\n", "\nIn-Reply-To: <249@x.example>\n\n"));
              street.arrives(mailFrom("new@customer.example", "new@x.example", "Hello"));
              street.sync();
            }
          }
        };

    desk.export(RecordingSearch.all(), RecordingFormat.JSON, MESSAGES, slow);

    assertThat(lines())
        .filteredOn(line -> line.has("conversation"))
        .extracting(line -> ConversationId.of(line.at("/conversation/id").asText()))
        .containsExactlyInAnyOrderElementsOf(oldest);
    assertThat(written()).contains("One more bell").doesNotContain("new@customer.example");
  }

  @Test
  void a_text_message_is_taken_along_as_a_mail_from_nowhere() throws IOException {
    try (TextStreet texts = new TextStreet()) {
      texts.receive("Is it ready?");
      Conversation conversation = texts.onlyConversation();
      RecordingDesk recordings = texts.engage.recordingsOf(Shop.CLARA);

      recordings.export(conversation.id(), RecordingFormat.MBOX, MESSAGES, out);

      assertThat(written()).startsWith("From +14155550101@sms.invalid ");
      ParsedMail mail =
          MimeFormat.create()
              .parse(
                  MailContent.of(
                      written()
                          .substring(written().indexOf('\n') + 1)
                          .getBytes(StandardCharsets.UTF_8)));
      assertThat(mail.text().strip()).isEqualTo("Is it ready?");
      assertThat(mail.headers().from().get(0).address().value())
          .isEqualTo("+14155550101@sms.invalid");
      out.reset();
      recordings.print(conversation.id(), MESSAGES, out);
      assertThat(page().text()).contains("Is it ready?", "+14155550101");
    }
  }

  private ConversationId arrived(String mail) {
    street.arrives(mail);
    street.sync();
    return street.open().get(0).id();
  }

  private Message onlyMessage(ConversationId conversation) {
    return street.storage.inboxes().messagesOf(conversation, FIRST).items().get(0);
  }

  private List<ConversationId> found(RecordingSearch search) {
    return search(search, Page.Request.first(1000)).items().stream().map(Conversation::id).toList();
  }

  private Page<Conversation> search(RecordingSearch search, Page.Request page) {
    return desk.search(search, page).findValue().orElseThrow();
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private Document page() {
    return Jsoup.parse(written());
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : written().lines().toList()) {
      lines.add(JsonMapper.builder().build().readTree(line));
    }
    return lines;
  }

  private static String withBell(String html) {
    return withPicture(html, BELL);
  }

  private static String withPicture(String html, byte[] picture) {
    return """
    From: Ana Silva <ana@customer.example>
    To: repairs@shop.example
    Subject: A bell
    Message-ID: <bell@customer.example>
    MIME-Version: 1.0
    Content-Type: multipart/related; boundary=b

    --b
    Content-Type: text/html; charset=utf-8

    %s
    --b
    Content-Type: image/gif; name=bell.gif
    Content-ID: <bell@x>
    Content-Disposition: inline; filename=bell.gif
    Content-Transfer-Encoding: base64

    %s
    --b--
    """
        .formatted(
            html,
            Base64.getMimeEncoder(76, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(picture));
  }
}
