package io.engage.examples.posdemo;

import io.engage.core.CalendarDesk;
import io.engage.core.Outcome;
import io.engage.model.calendar.NewAppointment;
import io.engage.model.calendar.NewToDo;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.InboxId;
import io.engage.model.writing.Note;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Fourth chapter of the afternoon: what colleagues have to know and to do. */
final class Planning {

  /**
   * What came of it.
   *
   * @param bookedTwice what was said of a start that was taken
   */
  record Result(
      Conversation transferred,
      List<Note> notes,
      List<NewToDo> toDos,
      List<NewAppointment> appointments,
      String bookedTwice) {}

  private final Stage stage;
  private final Narrator narrator;

  private Planning(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
  }

  static Result play(Stage stage) {
    return new Planning(stage).play();
  }

  private Result play() {
    narrator.chapter("A wedding has to be planned");
    ConversationId lenas = stage.find("wedding").id();
    narrator.tell("A note for colleagues, a tag, a to-do, a fitting, and over to the workshop:");
    settle(stage.priya().note(List.of(lenas), "White ribbons are in the cellar."));
    settle(stage.priya().tag(List.of(lenas), "wedding"));
    CalendarDesk calendar = stage.priya().calendar();
    Stage.done(
        calendar.createToDo(
            lenas, "to-do-1", "Reserve the white tandem", LocalDate.of(2026, 3, 4)));
    Instant friday = freeStart(calendar, lenas);
    Stage.done(calendar.book(lenas, "fitting-1", "fitting", friday, "Bring both riders"));
    String refused =
        Stage.refused(calendar.book(lenas, "fitting-2", "fitting", friday, "Somebody else"));
    settle(stage.priya().transfer(List.of(lenas), InboxId.of("workshop")));
    List<Note> notes = Stage.done(stage.priya().notes(lenas, Page.Request.first(9))).items();
    notes.forEach(each -> narrator.say("note", each.text() + " (" + each.author().name() + ")"));
    List<NewToDo> toDos = stage.shop().toDos().all();
    toDos.forEach(each -> narrator.say("to do", each.title() + ", by " + each.dueOn()));
    List<NewAppointment> booked = stage.shop().appointments().booked();
    booked.forEach(each -> narrator.say("booked", each.type() + ", " + each.note()));
    narrator.say("booked twice", "refused: " + refused);
    Conversation transferred = stage.find("wedding");
    narrator.say("now in", transferred.inbox() + ", tagged " + transferred.state().tags());
    return new Result(transferred, notes, toDos, booked, refused);
  }

  private static void settle(Map<ConversationId, Outcome<Conversation>> outcomes) {
    outcomes.values().forEach(Stage::done);
  }

  private Instant freeStart(CalendarDesk calendar, ConversationId conversation) {
    Instant now = stage.shop().clock().instant();
    return Stage.done(
            calendar.freeStarts(conversation, "fitting", now, now.plus(Duration.ofDays(7))))
        .get(0);
  }
}
