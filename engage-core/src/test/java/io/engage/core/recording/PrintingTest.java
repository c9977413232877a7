package io.engage.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.message.Attachment;
import io.engage.model.message.Delivery;
import io.engage.model.message.FileName;
import io.engage.model.message.Message;
import io.engage.model.message.PartPath;
import io.engage.model.queue.Service;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PrintingTest {
  private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");
  private static final Instant EVENING = Instant.parse("2026-03-30T19:30:00Z");
  private static final Agent EVA = Agent.of("eva", "Eva <b>Novak</b>");

  private final Conversation bike = bike();

  @Test
  void a_page_is_as_it_was() throws IOException {
    String page =
        Printing.opening(heading(bike))
            + Printing.message(
                    "1 of 3", question(), Printing.text("Is it <ready>?\n\n  Ana"), LISBON)
                .whole()
            + Printing.message(
                    "2 of 3", answer(), Printing.html("<p>On <b>Friday</b>.</p>", 2), LISBON)
                .whole()
            + Printing.message("3 of 3", question(), Printing.gone(), LISBON).whole()
            + Printing.note(
                new Note(NoteId.of("n"), bike.id(), EVA, "Call & ask", EVENING, 1), LISBON)
            + Printing.trailOpening()
            + Printing.happened(
                new Printing.TrailLine(EVENING, "Eva <b>Novak</b> gave it back."), LISBON)
            + Printing.trailClosing()
            + Printing.closing();

    assertThat(page).isEqualTo(kept("page.html"));
  }

  @Test
  @Tag("G-14")
  void whatever_people_are_called_is_nothing_but_words() {
    String hostile = "</title></table><script>alert(1)</script><img src=https://e.example/x>\"'";
    Conversation renamed =
        bike.withSubject(hostile).withState(bike.state().withTags(Set.of(hostile)));

    Document page =
        Jsoup.parse(
            Printing.opening(
                    new PrintedRecording(
                        renamed, hostile, List.of(hostile), hostile, EVENING, LISBON))
                + Printing.message("1 of 1", named(hostile), Printing.text(hostile), LISBON).whole()
                + Printing.trailOpening()
                + Printing.happened(new Printing.TrailLine(EVENING, hostile), LISBON)
                + Printing.trailClosing()
                + Printing.closing());

    assertThat(page.select("script, img, iframe, object, link, [onerror], [src]")).isEmpty();
    assertThat(page.title()).isEqualTo(hostile);
    assertThat(page.select("body > article")).hasSize(1);
    assertThat(page.select("body > *")).hasSize(5);
  }

  @Test
  void a_page_forbids_itself_to_load_or_run_anything() {
    Document page = Jsoup.parse(Printing.opening(heading(bike)) + Printing.closing());

    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .contains("default-src 'none'", "img-src data:", "form-action 'none'")
        .doesNotContain("http:", "https:", "script-src");
  }

  @Test
  void agents_are_named_as_the_trail_names_them_whoever_has_left() {
    Service service =
        Service.arrived(Shop.MORNING)
            .taken(Shop.DIRK.id(), Shop.MORNING)
            .taken(EVA.id(), Shop.MORNING)
            .taken(Agent.of("gone", "Gone").id(), Shop.MORNING);
    Conversation handled =
        bike.withState(bike.state().withService(service).withAssignee(Shop.CLARA.id()));

    List<String> names =
        Naming.decide(
            handled,
            Map.of(),
            List.of(
                entry(Actor.agent(Shop.DIRK), new AuditFact.Completed()),
                entry(Actor.agent(Shop.DIRK), new AuditFact.Assigned(EVA.id(), EVA.name()))));

    assertThat(names).containsExactly("Dirk Jensen", EVA.name(), "gone", "clara");
  }

  @Test
  void a_trail_is_followed_no_further_than_until_all_are_named() {
    Conversation handled = bike.withState(bike.state().withAssignee(EVA.id()));
    Iterable<AuditEntry> endless =
        () -> Stream.generate(() -> entry(Actor.agent(EVA), new AuditFact.Completed())).iterator();

    assertThat(Naming.decide(handled, Map.of(), endless)).containsExactly(EVA.name());
    assertThat(Naming.decide(handled, Map.of(EVA.id(), "Eva"), List.of())).containsExactly("Eva");
    assertThat(Naming.decide(bike, Map.of(), endless)).isEmpty();
  }

  @Test
  void what_can_be_unfolded_is_unfolded_on_paper_and_words_stay_words() {
    String safe = "<details><summary><h1>Open</h1></summary>&lt;details&gt; inside</details>";

    Printing.Body body = Printing.html(safe, 0);

    assertThat(body.html()).isEqualTo("<div><div><h1>Open</h1></div>&lt;details&gt; inside</div>");
  }

  private static AuditEntry entry(Actor actor, AuditFact fact) {
    return new AuditEntry(AuditEntryId.of("1"), EVENING, actor, AuditSubject.NONE, fact);
  }

  private static Conversation bike() {
    Conversation bike = Shop.conversation("bike", Shop.workshop(), Shop.ANA);
    return bike.withState(
        bike.state().withTags(Set.of("urgent")).withCompletedAt(Shop.MORNING.plusSeconds(3600)));
  }

  private static PrintedRecording heading(Conversation conversation) {
    return new PrintedRecording(
        conversation, "Workshop", List.of("Clara Rossi"), "Dirk Jensen", EVENING, LISBON);
  }

  private Message question() {
    Message question = Shop.message("m1", bike, Shop.from(Shop.ANA).to(Shop.workshop()).headers());
    return withAttachments(
        question,
        List.of(
            new Attachment(
                PartPath.of("2"),
                FileName.of("<bell>.png"),
                "image/png",
                1234,
                Shop.digest("bell"),
                false,
                null)));
  }

  private Message answer() {
    Message answer =
        Shop.sent("m2", bike, Shop.from(Shop.workshop().sender()).to(Shop.ANA).headers());
    return answer.withState(
        answer
            .state()
            .withDelivery(Delivery.SENT)
            .withUnreached(List.of(EmailAddress.of("ben@customer.example"))));
  }

  private Message named(String hostile) {
    return withAttachments(
        Shop.message(
            "m3",
            bike,
            Shop.from(NamedAddress.of(hostile, "ana@customer.example")).about(hostile).headers()),
        List.of(
            new Attachment(
                PartPath.of("2"),
                FileName.of(hostile),
                hostile,
                1,
                Shop.digest("x"),
                false,
                null)));
  }

  private static Message withAttachments(Message message, List<Attachment> attachments) {
    return new Message(
        message.id(),
        message.conversation(),
        message.inbox(),
        message.channel(),
        message.direction(),
        message.kind(),
        message.trust(),
        message.headers(),
        message.phone(),
        message.preview(),
        attachments,
        message.source(),
        message.at(),
        message.state(),
        message.version());
  }

  static String kept(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(PrintingTest.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
