package io.engage.core;

import io.engage.core.ActionRow.Act;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.FileName;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is written. Drafts are forms: only what becomes of them is recorded. */
final class WritingRows {

  private WritingRows() {}

  static final List<ActionRow> ALL =
      List.of(
          row("reply", AgentAction.REPLY, it -> writing(it).reply(it.mail)),
          row("replyToAll", AgentAction.REPLY, it -> writing(it).replyToAll(it.mail)),
          row("forward", AgentAction.FORWARD, it -> writing(it).forward(it.mail)),
          row("begin", AgentAction.WRITE, it -> writing(it).begin(ActionScene.WORKSHOP)),
          row(
              "begin",
              AgentAction.WRITE,
              it -> writing(it).begin(ActionScene.WORKSHOP, ActionScene.ANA)),
          row("beginFrom", AgentAction.WRITE, it -> writing(it).beginFrom(it.mail)),
          onDraft("save", it -> writing(it).save(it.draft())),
          onDraft(
              "attach",
              it ->
                  writing(it).attach(it.draft().id(), FileName.of("a.txt"), "text/plain", file())),
          onDraft(
              "attachImage",
              it ->
                  writing(it)
                      .attachImage(it.draft().id(), FileName.of("a.png"), "image/png", file())),
          onDraft("templates", it -> writing(it).templates(it.draft())),
          onDraft("quickReplies", it -> writing(it).quickReplies(it.draft())),
          onDraft("useTemplate", it -> writing(it).useTemplate(it.draft(), ActionScene.bye()))
              .after(
                  it -> {
                    it.withTemplate();
                    return it.begun();
                  }),
          onDraft("useQuickReply", it -> writing(it).useQuickReply(it.draft(), it.quickReply()))
              .after(
                  it -> {
                    it.withQuickReply();
                    return it.begun();
                  }),
          onDraft("discard", it -> writing(it).discard(it.draft().id())),
          row("drafts", AgentAction.READ, it -> writing(it).drafts(it.bike))
              .after(ActionScene::begun),
          onDraft("preview", it -> writing(it).preview(it.draft())),
          onDraft("send", it -> writing(it).send(it.draft()), "reply-queued"),
          onDraft("sendAnyway", it -> writing(it).sendAnyway(it.draft()), "reply-queued"),
          row("undo", AgentAction.REPLY, it -> writing(it).undo(it.answer()), "send-withdrawn")
              .after(ActionScene::queued),
          row("retry", AgentAction.REPLY, it -> writing(it).retry(it.answer()), "send-retried")
              .after(ActionScene::refusedMail),
          row(
                  "retryAnyway",
                  AgentAction.REPLY,
                  it -> writing(it).retryAnyway(it.answer()),
                  "send-retried")
              .after(ActionScene::doubtfulMail),
          row(
              "changeCopies",
              AgentAction.REPLY,
              it -> writing(it).changeCopies(it.bike, List.of(Shop.ANA), List.of()),
              "copies-changed"));

  private static InputStream file() {
    return new ByteArrayInputStream("a file".getBytes(StandardCharsets.UTF_8));
  }

  private static WritingDesk writing(ActionScene scene) {
    return scene.clara.writing();
  }

  private static ActionRow row(String method, AgentAction action, Act act, String... facts) {
    return ActionRow.of(WritingDesk.class, method, action, act, facts);
  }

  private static ActionRow onDraft(String method, Act act, String... facts) {
    return row(method, AgentAction.REPLY, act, facts).after(ActionScene::begun);
  }
}
