package io.engage.examples.posdemo;

import io.engage.core.AgentDesk;
import io.engage.core.ExportedRecordings;
import io.engage.core.RecordingDesk;
import io.engage.core.RecordingForm;
import io.engage.core.SetupDesk;
import io.engage.core.SupervisorDesk;
import io.engage.core.recording.RecordingSearch;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.message.Reply;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.InboxPicture;
import io.engage.model.queue.Obstacle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Second chapter of the evening: what waits at Harbour finds its way by itself. */
final class Distributing {
  private static final InboxId HARBOUR = InboxId.of("harbour");

  /**
   * What came of it.
   *
   * @param first what is offered to Jonas, who has been at his desk all the time
   * @param whyNot why nobody is offered the next one meanwhile
   * @param second what is offered to Mara after her break, which she declines
   * @param declined the same after that: it waits, at its old place
   * @param instead what she is offered instead
   * @param again what Jonas is offered when he is done: what Mara declined
   * @param told what Sven told Mara
   * @param seen what his screen showed while both had something
   * @param found what Jonas had today, as Sven finds it
   * @param page his print of it
   */
  record Result(
      Conversation first,
      Map<AgentId, Obstacle> whyNot,
      Conversation second,
      Conversation declined,
      Conversation instead,
      Conversation again,
      List<AgentMessage> told,
      InboxPicture seen,
      List<Conversation> found,
      ExportedRecordings printed,
      String page) {}

  private final Stage stage;
  private final Narrator narrator;
  private final SupervisorDesk supervisor;
  private final RecordingDesk recordings;
  private final Screen screen = new Screen();

  private Distributing(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.supervisor = stage.shop().engage().supervisionOf(Shop.SVEN);
    this.recordings = stage.shop().engage().recordingsOf(Shop.SVEN);
  }

  static Result play(Stage stage) {
    Distributing chapter = new Distributing(stage);
    try (Screen onlyWhileItPlays = chapter.screen) {
      return chapter.play();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Result play() throws IOException {
    narrator.chapter("What waits at Harbour is given to who is free");
    Stage.done(supervisor.live().watch(HARBOUR)).subscribe(screen);
    List<AgentMessage> told = mustering();
    Conversation first = offered(stage.jonas());
    Stage.done(stage.jonas().queue().accept(first.id()));
    narrator.tell("Jonas takes it. Why is the next one offered to nobody?");
    Conversation next = longestWaiting();
    Map<AgentId, Obstacle> whyNot = explained(next.id());

    narrator.tell("Mara has finished her tea:");
    Stage.done(stage.mara().queue().endBreak());
    Conversation second = offered(stage.mara());
    narrator.tell("That one is not for her. It keeps its place, and she is offered another:");
    Stage.done(stage.mara().queue().decline(second.id()));
    Conversation instead = offered(stage.mara());
    Conversation declined = now(second.id());
    InboxPicture seen = supervise();

    narrator.tell("Jonas answers and completes his, so he has room for what Mara declined:");
    stage.later(3);
    Stage.done(stage.jonas().reply(first.id(), Reply.of("It is here. Come when you like.")));
    stage.workOffOutbox();
    stage.answers(stage.jonas().complete(List.of(first.id())));
    Conversation again = offered(stage.jonas());

    narrator.chapter("Sven looks at what Jonas did, and prints it");
    List<Conversation> found = found();
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    ExportedRecordings printed = printed(first, page);
    leave();
    return new Result(
        first,
        whyNot,
        second,
        declined,
        instead,
        again,
        told,
        seen,
        found,
        printed,
        page.toString(StandardCharsets.UTF_8));
  }

  /** Everybody is there, and Sven switches the strategy on. */
  private List<AgentMessage> mustering() {
    Stage.done(stage.mara().queue().signIn());
    Stage.done(stage.mara().queue().beginBreak("tea"));
    Stage.done(stage.jonas().queue().signIn());
    narrator.tell("Mara has tea, Jonas is at his desk. Sven tells her what he is about to do:");
    Stage.done(supervisor.message(Shop.MARA.id(), "Harbour's mail comes by itself now."));
    List<AgentMessage> told = stage.mara().queue().messages();
    told.forEach(each -> narrator.say("to Mara", each.text()));
    told.forEach(each -> Stage.done(stage.mara().queue().seen(each)));

    narrator.tell("One at a time for each, in turns, whoever is free:");
    SetupDesk desk = stage.shop().engage().setupOf(Shop.SVEN);
    Inbox harbour =
        stage.shop().engage().inboxes().stream()
            .filter(each -> each.id().equals(HARBOUR))
            .findFirst()
            .orElseThrow();
    InboxSettings settings =
        harbour
            .settings()
            .change()
            .members(List.of(Member.of(Shop.JONAS.id().value()), Member.of(Shop.MARA.id().value())))
            .limits(new Limits(1, Integer.MAX_VALUE))
            .strategy(Strategy.of(Eligibility.NO_CALL, Distribution.ROUND_ROBIN))
            .build();
    Stage.done(desk.saveInbox(harbour.withSettings(settings)));
    return told;
  }

  /** What is given out happens soon by itself; a story does not wait. */
  private Conversation offered(AgentDesk desk) {
    stage.shop().engage().distribution().workOff();
    Conversation offered = desk.queue().offers().get(0);
    narrator.say("offered", desk.agent().name() + ": " + offered.subject());
    return offered;
  }

  private Conversation longestWaiting() {
    return stage.shop().waitingIn(HARBOUR).get(0);
  }

  private Map<AgentId, Obstacle> explained(ConversationId conversation) {
    Map<AgentId, Obstacle> whyNot = Stage.done(stage.jonas().queue().explain(conversation));
    for (AgentId each : List.of(Shop.JONAS.id(), Shop.MARA.id())) {
      narrator.say(each.value(), Objects.requireNonNull(whyNot.get(each), "an obstacle").code());
    }
    return whyNot;
  }

  private Conversation now(ConversationId id) {
    return stage.shop().conversation(id);
  }

  /** It changes by itself, a moment after what happens. */
  private InboxPicture supervise() {
    InboxPicture picture =
        screen.showing(each -> has(each, Shop.JONAS, 1, 0) && has(each, Shop.MARA, 0, 1));
    narrator.tell("Sven has had Harbour on his screen all the time. It shows:");
    narrator.say("waiting", picture.now().queued() + " in the queue");
    Stage.done(supervisor.live().waiting(HARBOUR, null, 3))
        .lines()
        .forEach(each -> narrator.say("", each.place() + ". " + each.address()));
    picture.agents().forEach(this::say);
    return picture;
  }

  private void say(AgentPicture agent) {
    narrator.say(
        agent.name(),
        "%s, %d active, %d offered, %d completed today"
            .formatted(agent.state().code(), agent.active(), agent.offered(), agent.completedIn()));
  }

  static boolean has(InboxPicture picture, Agent agent, int active, int offered) {
    return picture.agents().stream()
        .anyMatch(
            each ->
                each.agent().equals(agent.id())
                    && each.active() == active
                    && each.offered() == offered);
  }

  private List<Conversation> found() {
    RecordingSearch search = RecordingSearch.all().in(HARBOUR).by(Shop.JONAS.id()).finished();
    List<Conversation> found =
        Stage.done(recordings.search(search, Page.Request.first(50))).items();
    narrator.list("Jonas had", found.stream().map(stage::line).toList());
    return found;
  }

  private ExportedRecordings printed(Conversation conversation, ByteArrayOutputStream page)
      throws IOException {
    RecordingForm form = RecordingForm.MESSAGES.withTrail().in(ShopClock.ZONE);
    ExportedRecordings printed = Stage.done(recordings.print(conversation.id(), form, page));
    narrator.say(
        "printed", "a page with %d messages and who did what".formatted(printed.messages()));
    return printed;
  }

  private void leave() {
    Stage.done(stage.jonas().queue().signOut());
    Stage.done(stage.mara().queue().signOut());
  }
}
