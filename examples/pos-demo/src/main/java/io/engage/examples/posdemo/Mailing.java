package io.engage.examples.posdemo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.engage.core.LinkRequest;
import io.engage.core.LinkResponse;
import io.engage.dialer.CampaignDesk;
import io.engage.dialer.CampaignView;
import io.engage.dialer.Dialer;
import io.engage.dialer.ImportReport;
import io.engage.dialer.ListImport;
import io.engage.dialer.Preflight;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.HeaderField;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chapter of the evening: a campaign is set up, sent, and heard of. */
final class Mailing {
  private static final InboxId RENTALS = InboxId.of("rentals");
  private static final TemplateId INVITING = TemplateId.of("spring-ride");
  private static final Map<String, String> A_BROWSER =
      Map.of("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Safari/537.36");
  private static final Pattern PICTURE = Pattern.compile("<img[^>]* src=\"[^\"]*(/s/[^\"]+)\"");
  private static final Pattern LINK = Pattern.compile("<https://ridgeway\\.example/engage(.+)>");

  /** What goes to whom, by the rows of the list. */
  private static final int ANA = 1;

  private static final int BEN = 2;
  private static final int CHLOE = 3;
  private static final int YUKI = 4;
  private static final int LENA = 7;

  /**
   * What came of it.
   *
   * @param counts before the start, when all had gone out, and after what came back
   * @param pages what Yuki's browser showed: the question, and that it is done
   * @param answer Ana's, as the clerks see it
   * @param export what became of each, for a spreadsheet
   * @param again what a second mailing would send to those who want none
   */
  record Result(
      ImportReport list,
      Preflight preflight,
      SendOutcome test,
      List<RecipientCounts> counts,
      List<LinkResponse> pages,
      Conversation answer,
      String export,
      Preflight again) {}

  private final Stage stage;
  private final Narrator narrator;
  private final Dialer dialer;
  private final CampaignDesk desk;

  private Mailing(Stage stage, Dialer dialer) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.dialer = dialer;
    this.desk = dialer.deskOf(Shop.SVEN);
  }

  static Result play(Stage stage) {
    try (Dialer dialer = Dialer.over(stage.shop().engage())) {
      return new Mailing(stage, dialer).play();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Memory gives and takes every byte", impossible);
    }
  }

  private Result play() throws IOException {
    narrator.chapter("Sven invites the customers to a spring ride");
    Campaign campaign = setUp();
    ImportReport list = importList(campaign);
    Preflight preflight = look(campaign);
    ListId riders = list.list().id();
    SendOutcome test =
        Stage.done(
            desk.sendTest(
                RecipientId.of(riders, ANA), EmailAddress.of("workshop@ridgeway.example")));
    List<RecipientCounts> counts = new ArrayList<>();
    counts.add(watch(campaign));

    narrator.tell("Play. Two seconds between two mails, each with the invitation for a calendar:");
    Stage.done(desk.start(campaign.id()));
    dial();
    counts.add(watch(campaign));

    narrator.tell(
        "Ben's address is gone, Chloé opens hers, Yuki wants no more, Lena calls it spam, and Ana"
            + " answers:");
    comesBack("ben.okafor@work.example", "spring-bounce.eml");
    opens(RecipientId.of(riders, CHLOE));
    List<LinkResponse> pages = unsubscribes(RecipientId.of(riders, YUKI));
    comesBack("lena.vogel@mail.example", "spring-complaint.eml");
    comesBack("ana.alvarez@mail.example", "spring-answer.eml");
    stage.sync(Shop.RENTALS);
    counts.add(watch(campaign));
    Conversation answer = stage.find("spring ride, Ana");
    narrator.opened(Stage.done(stage.mara().open(stage.messages(answer.id()).get(0).id())));
    return new Result(list, preflight, test, counts, pages, answer, export(riders), next(campaign));
  }

  private Campaign setUp() {
    Stage.done(
        stage
            .shop()
            .engage()
            .setupOf(Shop.SVEN)
            .templates()
            .save(
                Template.of(
                    INVITING.value(),
                    "Spring ride",
                    Template.Purpose.DIALER,
                    "A spring ride, ${name}?",
                    "Dear ${name},\n\nwe ride on 21 March. Bring your ${bike}!\n\nRidgeway")));
    CampaignPlan plan =
        CampaignPlan.of("A spring ride, ${name}?")
            .withTemplate(INVITING)
            .withPace(Pace.every(Duration.ofSeconds(2)))
            .withUnsubscribeHtml("<p><a id=\"unsubscribe_link\">No more of these</a></p>")
            .withOpensCounted(true)
            .withEvent(
                EventTemplate.of(
                    "Spring ride with ${name}",
                    "2026-03-21 10:00",
                    "2026-03-21 12:00",
                    ShopClock.ZONE));
    return Stage.done(desk.create(RENTALS, "RidgewaySpring", plan));
  }

  private ImportReport importList(Campaign campaign) throws IOException {
    CampaignAttachment map =
        Stage.done(
            desk.upload(
                campaign.id(),
                "route.txt",
                "text/plain",
                new ByteArrayInputStream("Harbour, hill, ice cream".getBytes(UTF_8))));
    narrator.say("uploaded", "route.txt; for the list: " + map.token());
    byte[] rows = Postbag.list("spring-ride.csv").replace("{map}", map.token()).getBytes(UTF_8);
    ImportReport report =
        Stage.done(
            desk.importList(
                campaign.id(),
                ListImport.named("Riders").thenActivated(),
                new ByteArrayInputStream(rows)));
    narrator.say(
        "list",
        "%d rows are recipients, %d are none"
            .formatted(report.progress().recipients(), report.progress().refused()));
    report
        .problems()
        .forEach(
            each ->
                narrator.say(
                    "line %d".formatted(each.line()),
                    "%s: %s".formatted(each.columnName(), each.reason())));
    return report;
  }

  private Preflight look(Campaign campaign) {
    Preflight preflight = Stage.done(desk.preflight(campaign.id()));
    narrator.say(
        "preflight",
        "%d mails would go out, the largest of %,d bytes"
            .formatted(preflight.mails(), preflight.largest()));
    preflight
        .faults()
        .forEach(each -> narrator.say("row %d".formatted(each.recipient().row()), each.reason()));
    return preflight;
  }

  /** Time goes by from mail to mail, as the pace wants it. */
  private void dial() {
    Optional<Instant> next = dialer.workOff();
    while (next.isPresent()) {
      Instant now = stage.shop().clock().instant();
      stage.shop().clock().advance(Duration.between(now, next.get()));
      next = dialer.workOff();
    }
  }

  /** The seven counters of a supervisor's screen. */
  private RecipientCounts watch(Campaign campaign) {
    CampaignView view = Stage.done(desk.monitor(campaign.id()));
    RecipientCounts counts = view.counts();
    narrator.say(
        view.percent() + " %",
        "processed %d, not processed %d, sent %d, failed %d, seen %d, rejected %d, spam %d"
            .formatted(
                counts.processed(),
                counts.notProcessed(),
                counts.sent(),
                counts.failed(),
                counts.seen(),
                counts.rejected(),
                counts.spam()));
    return counts;
  }

  private void comesBack(String recipient, String file) {
    List<ArrivedMail> arrived = stage.shop().server().arrivedAt(recipient);
    ArrivedMail newest = arrived.get(arrived.size() - 1);
    String id = newest.thread().messageId();
    stage.arrives(
        "rentals",
        Postbag.about(
            RfcMessageId.of(id.substring(1, id.length() - 1)),
            stage.shop().clock().instant(),
            file));
  }

  /** Her mail program fetches the picture. */
  private void opens(RecipientId recipient) {
    stage.later(5);
    OutboundMessage mail = Stage.done(desk.preview(recipient));
    Matcher picture = PICTURE.matcher(String.valueOf(mail.html()));
    if (!picture.find()) {
      throw new IllegalStateException("The mail carries no picture");
    }
    dialer.links().handle(new LinkRequest("GET", picture.group(1), Map.of(), A_BROWSER));
  }

  /** A link that is followed asks; only the button does it. */
  private List<LinkResponse> unsubscribes(RecipientId recipient) {
    String link =
        Stage.done(desk.preview(recipient)).extraFields().stream()
            .filter(field -> field.is("List-Unsubscribe"))
            .map(HeaderField::value)
            .map(LINK::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1))
            .findFirst()
            .orElseThrow();
    return List.of(
        dialer.links().handle(new LinkRequest("GET", link, Map.of())),
        dialer.links().handle(new LinkRequest("POST", link, Map.of("confirmed", "yes"))));
  }

  private String export(ListId list) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Stage.done(desk.export(list, file));
    return file.toString(UTF_8);
  }

  /** The next mailing leaves out who wants none, and whose address is gone. */
  private Preflight next(Campaign first) {
    Campaign second = Stage.done(desk.create(RENTALS, "RidgewaySummer", first.plan()));
    byte[] rows =
        Postbag.list("spring-ride.csv")
            .replace("{map}", "")
            .replace("RidgewaySpring", "RidgewaySummer")
            .getBytes(UTF_8);
    Stage.done(
        desk.importList(second.id(), ListImport.named("Riders"), new ByteArrayInputStream(rows)));
    Preflight preflight = Stage.done(desk.preflight(second.id()));
    narrator.tell("For the summer, the same list:");
    narrator.say(
        "preflight",
        "%d mails would go out; %d want none, or cannot be reached"
            .formatted(preflight.mails(), preflight.suppressed()));
    return preflight;
  }
}
