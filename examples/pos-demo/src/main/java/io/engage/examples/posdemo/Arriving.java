package io.engage.examples.posdemo;

import io.engage.core.SyncReport;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.inbox.Inbox;
import java.util.ArrayList;
import java.util.List;

/** First chapter: the weekend's mail comes in, and the clerks see what there is to do. */
final class Arriving {

  /**
   * What came of it.
   *
   * @param waiting how many mails lay on the server
   * @param again what a second look brought
   * @param filedApart automatic mail that nobody has to complete
   */
  record Result(
      int waiting,
      List<SyncReport> first,
      List<SyncReport> again,
      List<Conversation> open,
      List<Conversation> filedApart) {}

  private final Stage stage;

  private Arriving(Stage stage) {
    this.stage = stage;
  }

  static Result play(Stage stage) {
    return new Arriving(stage).play();
  }

  private Result play() {
    Narrator narrator = stage.narrator();
    narrator.chapter("The weekend's mail comes in");
    int waiting = stage.shop().server().count("stores") + stage.shop().server().count("workshop");
    narrator.tell(
        ("%d mails wait on the server. The stores Downtown and Harbour share one account, the"
                + " workshop has its own.")
            .formatted(waiting));
    List<SyncReport> first = syncBoth();
    narrator.tell("A second look costs a few round trips and imports nothing:");
    List<SyncReport> again = syncBoth();
    stage.later(5);
    narrator.chapter("What there is to do");
    List<Conversation> open = listOpen();
    List<Conversation> apart = stage.list(stage.mara(), ConversationFilter.completed());
    narrator.list("Automatic mail, kept but filed apart: nobody has to complete it", lines(apart));
    return new Result(waiting, first, again, open, apart);
  }

  private List<SyncReport> syncBoth() {
    return List.of(stage.sync(Shop.STORES), stage.sync(Shop.WORKSHOP));
  }

  private List<Conversation> listOpen() {
    List<Conversation> all = new ArrayList<>();
    for (Inbox inbox : stage.shop().engage().inboxes()) {
      List<Conversation> open = stage.list(stage.mara(), ConversationFilter.open().in(inbox.id()));
      stage.narrator().list(inbox.name(), lines(open));
      all.addAll(open);
    }
    return all;
  }

  private List<Line> lines(List<Conversation> conversations) {
    return conversations.stream().map(stage::line).toList();
  }
}
