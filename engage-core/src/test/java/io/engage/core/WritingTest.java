package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.templating.FilledTemplate;
import io.engage.core.templating.Variable;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Attachment;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.FileName;
import io.engage.model.message.MailContent;
import io.engage.model.message.Message;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.Reply;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.model.template.QuickReplies;
import io.engage.model.template.QuickReply;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.SentDraft;
import io.engage.model.writing.Signature;
import io.engage.spi.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an agent writes, from the first word to the bytes that go out. */
class WritingTest {
  private static final NamedAddress SUPPLIER = NamedAddress.of("Spokes", "sales@spokes.example");

  private final Street street = new Street();
  private final WritingDesk writing = street.clara.writing();
  private final AtomicInteger changes = new AtomicInteger();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("WK-5")
  @Tag("WK-9")
  void an_answer_is_begun_looked_at_and_sent_as_it_was_shown() throws IOException {
    Message question = asked();
    Draft draft = begun(writing.reply(question.id()));
    Draft saved = done(writing.save(saying(draft, "On Friday.")));

    Preview preview = done(writing.preview(saved));
    Message sent = done(writing.send(saved));
    afterTheWindow();

    assertThat(draft.content().to()).containsExactly(Shop.ANA);
    assertThat(draft.content().subject()).isEqualTo("Re: My bike");
    assertThat(preview.mail().text()).startsWith("On Friday.\n\nOn 2026-").contains("> Is it");
    assertThat(withoutDateAndId(preview.mail(), bytesOf(preview)))
        .isEqualTo(withoutDateAndId(sent, sentBytes(0)));
    assertThat(preview.size()).isEqualTo(sentBytes(0).length());
    assertThat(writing.drafts(10)).isEmpty();
    assertThat(delivery(sent)).isEqualTo(Delivery.SENT);
  }

  @Test
  @Tag("WK-9")
  @Tag("G-31")
  void whatever_is_written_the_preview_shows_what_goes_out() throws IOException {
    Message question = asked();
    Random random = new Random(20_260_302);
    for (int round = 0; round < 40; round++) {
      Draft draft = begun(anything(question, random));
      Draft edited = scribbled(draft, random);
      Outcome<Preview> preview = writing.preview(edited);
      if (!preview.isDone()) {
        assertThat(writing.sendAnyway(edited).isDone()).isFalse();
        continue;
      }

      Message sent = done(writing.sendAnyway(edited));
      afterTheWindow();

      String bytes = sentBytes(street.mail.sent().size() - 1);
      Preview shown = done(preview);
      assertThat(withoutDateAndId(shown.mail(), bytesOf(shown)))
          .isEqualTo(withoutDateAndId(sent, bytes));
      assertThat(street.mail.sent().get(street.mail.sent().size() - 1).recipients())
          .containsExactlyElementsOf(shown.mail().envelopeRecipients());
    }
  }

  @Test
  @Tag("WK-5")
  void an_answer_without_the_history_says_only_what_was_written() {
    Draft draft = begun(writing.reply(asked().id()));
    Draft edited = with(draft, draft.content().withText("Yes.").withHistory(false));

    assertThat(done(writing.preview(edited)).mail().text()).isEqualTo("Yes.");
  }

  @Test
  @Tag("WK-5")
  void the_form_that_an_agent_changed_is_taken_by_every_answer_and_its_change_recorded() {
    Message question = asked();
    NamedAddress boss = NamedAddress.of("boss@customer.example");

    Conversation changed =
        done(writing.changeCopies(question.conversation(), List.of(SUPPLIER), List.of(boss)));

    for (Outcome<Draft> begun :
        List.of(writing.reply(question.id()), writing.replyToAll(question.id()))) {
      assertThat(begun(begun).content().cc()).containsExactly(SUPPLIER);
      assertThat(begun(begun).content().bcc()).containsExactly(boss);
    }
    Message replied = done(street.clara.reply(question.id(), Reply.of("Yes")));
    assertThat(replied.headers().cc()).containsExactly(SUPPLIER);
    assertThat(writing.changeCopies(question.conversation(), List.of(SUPPLIER), List.of(boss)))
        .isInstanceOf(Outcome.AlreadySo.class);
    assertThat(codes(changed)).contains("copies-changed");
  }

  @Test
  @Tag("WK-5")
  void an_answer_begun_before_the_form_was_changed_takes_the_form_as_it_is_when_it_is_sent() {
    Message question = asked();
    writing.changeCopies(question.conversation(), List.of(SUPPLIER, Shop.BEN), List.of());
    Draft draft = saying(begun(writing.replyToAll(question.id())), "On Friday.");
    writing.changeCopies(question.conversation(), List.of(Shop.BEN), List.of());

    Preview preview = done(writing.preview(draft));
    Message sent = done(writing.send(draft));

    assertThat(draft.content().cc()).containsExactly(SUPPLIER, Shop.BEN);
    assertThat(preview.mail().cc()).containsExactly(Shop.BEN);
    assertThat(sent.headers().cc()).containsExactly(Shop.BEN);
  }

  @Test
  @Tag("WK-5")
  @Tag("WK-13")
  void copies_that_an_agent_changed_while_a_colleague_changed_the_form_are_sent_when_confirmed() {
    Message question = asked();
    Draft draft = begun(writing.reply(question.id()));
    Draft copied = with(draft, draft.content().withCopies(List.of(SUPPLIER), List.of()));
    street
        .engage
        .deskOf(Shop.DIRK)
        .writing()
        .changeCopies(question.conversation(), List.of(Shop.BEN), List.of());

    Outcome<Message> asked = writing.send(copied);
    Message sent = done(writing.sendAnyway(copied));

    assertThat(asked).isInstanceOf(Outcome.Unconfirmed.class);
    assertThat(sent.headers().cc()).containsExactly(SUPPLIER);
  }

  @Test
  @Tag("WK-5")
  void an_answer_to_all_of_an_old_message_copies_whom_the_newest_one_names() {
    street.arrives(
        fromAna("1@customer.example", "Is it ready?")
            .replace("Subject", "Cc: boss@customer.example\nSubject"));
    street.arrives(
        fromAna("2@customer.example", "My boss need not know.")
            .replace("Subject", "In-Reply-To: <1@customer.example>\nSubject"));
    street.sync();
    Message oldest = street.messages(street.onlyConversation()).get(0);

    Draft draft = begun(writing.replyToAll(oldest.id()));

    assertThat(oldest.headers().cc()).hasSize(1);
    assertThat(draft.content().cc()).isEmpty();
    assertThat(draft.content().to()).containsExactly(Shop.ANA);
  }

  @Test
  @Tag("WK-9")
  void the_time_to_take_a_mail_back_begins_when_it_has_been_composed() {
    Message question = asked();
    try (Engage slow = street.builder().blobs(slowly(Duration.ofSeconds(20))).build()) {
      WritingDesk desk = slow.deskOf(Shop.CLARA).writing();
      Message sent = done(desk.send(saying(begun(desk.reply(question.id())), "On Friday.")));
      street.clock.advance(Duration.ofSeconds(9));
      street.engage.outbox().workOff();

      assertThat(street.mail.sent()).isEmpty();
      assertThat(desk.undo(sent.id()).isDone()).isTrue();
    }
  }

  @Test
  @Tag("TH-6")
  void whoever_left_an_inbox_reads_none_of_their_drafts_in_it() {
    Draft answer = begun(writing.reply(asked().id()));
    Draft fresh = begun(writing.begin(Shop.shop().id()));
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.READ, Shop.workshop().id(), "No longer there");

    assertThat(writing.drafts(10)).containsExactly(fresh);
    assertThat(writing.drafts(1)).containsExactly(fresh);
    assertThat(street.storage.drafts().find(answer.id())).isPresent();
  }

  @Test
  @Tag("WK-13")
  void an_answer_at_once_that_says_what_it_knows_is_not_sent_over_a_newer_message() {
    Message question = asked();
    Reply reply = Reply.of("On Friday.").havingSeen(question.id());
    street.arrives(
        fromAna("2@customer.example", "Never mind.")
            .replace("Subject", "In-Reply-To: <1@customer.example>\nSubject"));
    street.sync();
    Message newest = street.lastMessage(street.onlyConversation());

    Outcome<Message> outcome = street.clara.reply(question.id(), reply);

    assertThat(outcome).isInstanceOf(Outcome.Unconfirmed.class);
    assertThat(street.clara.reply(question.id(), reply.havingSeen(newest.id())).isDone()).isTrue();
  }

  @Test
  @Tag("WK-9")
  void nothing_goes_out_before_the_window_ends_and_undo_makes_it_unwritten() {
    Message question = asked();
    Draft draft = begun(writing.reply(question.id()));
    Draft edited = with(draft, draft.content().withText("To the wrong one").to(Shop.ANA, SUPPLIER));
    Draft saved = done(writing.save(edited));
    Conversation before = street.onlyConversation();
    Message sent = done(writing.send(saved));
    street.engage.outbox().workOff();
    assertThat(street.mail.sent()).isEmpty();

    Draft back = done(writing.undo(sent.id()));
    afterTheWindow();

    assertThat(street.mail.sent()).isEmpty();
    assertThat(back.content()).isEqualTo(saved.content());
    assertThat(writing.drafts(10)).extracting(Draft::id).containsExactly(draft.id());
    Conversation after = street.onlyConversation();
    assertThat(after.messages()).isEqualTo(before.messages());
    assertThat(after.participants()).isEqualTo(before.participants());
    assertThat(after.lastMessageAt()).isEqualTo(before.lastMessageAt());
    assertThat(after.exchange().preview()).isEqualTo(question.preview());
    assertThat(street.messages(after)).containsExactly(question);
    assertThat(street.clara.history(CustomerId.of("ana"), Page.Request.first(10)).items())
        .containsExactly(question);
    assertThat(codes(after)).containsSubsequence("reply-queued", "send-withdrawn");
  }

  @Test
  @Tag("WK-9")
  void what_was_taken_back_can_be_changed_and_sent_again() {
    Message question = asked();
    Draft draft = begun(writing.reply(question.id()));
    Message first = done(writing.send(saying(draft, "Tomorow.")));
    Draft back = done(writing.undo(first.id()));

    Message second = done(writing.send(saying(back, "Tomorrow.")));
    afterTheWindow();

    assertThat(street.mail.sent()).hasSize(1);
    assertThat(delivery(second)).isEqualTo(Delivery.SENT);
    assertThat(street.onlyConversation().messages()).isEqualTo(2);
    assertThat(writing.undo(second.id())).isInstanceOf(Outcome.Refused.class);
    assertThat(street.storage.documents().find(List.of(sentDraftKey(second)))).isEmpty();
  }

  @Test
  @Tag("WK-9")
  @Tag("IN-14")
  void what_is_taken_back_is_for_the_inbox_that_took_over_meanwhile() {
    Draft draft = begun(writing.reply(asked().id()));
    Message sent = done(writing.send(saying(draft, "On Friday.")));
    done(street.engage.setupOf(Shop.CLARA).deleteInbox(Shop.shop().id(), Shop.workshop().id()));

    Draft back = done(writing.undo(sent.id()));

    assertThat(back.inbox()).isEqualTo(Shop.workshop().id());
    assertThat(writing.drafts(10)).extracting(Draft::inbox).containsExactly(back.inbox());
  }

  @Test
  @Tag("WK-9")
  void what_somebody_has_begun_to_send_cannot_be_taken_back() {
    Draft draft = begun(writing.reply(asked().id()));
    Message sent = done(writing.send(saying(draft, "On Friday.")));
    street.clock.advance(Duration.ofSeconds(11));
    street.storage.outbox().claim(1, street.clock.instant(), street.clock.instant().plusSeconds(9));

    Outcome<Draft> undone = writing.undo(sent.id());

    assertThat(undone).isInstanceOf(Outcome.Refused.class);
    assertThat(writing.drafts(10)).isEmpty();
    assertThat(delivery(sent)).isEqualTo(Delivery.QUEUED);
  }

  @Test
  @Tag("WK-9")
  void what_waits_for_a_server_that_is_away_can_still_be_taken_back() {
    Draft draft = begun(writing.reply(asked().id()));
    Message sent = done(writing.send(saying(draft, "On Friday.")));
    street.mail.answerNext(new SendOutcome.NothingSent("the server is away"), false);
    afterTheWindow();

    Draft back = done(writing.undo(sent.id()));
    street.clock.advance(Duration.ofDays(1));
    street.engage.outbox().workOff();

    assertThat(back.content().text()).isEqualTo("On Friday.");
    assertThat(street.mail.sent()).isEmpty();
  }

  @Test
  @Tag("WK-9")
  void without_a_window_a_draft_goes_at_once_and_cannot_be_taken_back() {
    try (Engage hasty = street.builder().undoWindow(Duration.ZERO).build()) {
      WritingDesk desk = hasty.deskOf(Shop.CLARA).writing();
      Message sent = done(desk.send(saying(begun(desk.reply(asked().id())), "On Friday.")));

      assertThat(desk.undo(sent.id())).isInstanceOf(Outcome.Refused.class);

      hasty.outbox().workOff();
      assertThat(street.mail.sent()).hasSize(1);
    }
  }

  @Test
  @Tag("WK-13")
  void an_answer_begun_before_somebody_wrote_is_sent_only_when_confirmed() {
    Message question = asked();
    Draft draft = begun(writing.reply(question.id()));
    street.arrives(
        fromAna("2@customer.example", "Never mind.")
            .replace("Subject", "In-Reply-To: <1@customer.example>\nSubject"));
    street.sync();

    Outcome<Message> outcome = writing.send(saying(draft, "On Friday."));

    assertThat(outcome).isInstanceOf(Outcome.Unconfirmed.class);
    assertThat(writing.sendAnyway(saying(draft, "On Friday.")).isDone()).isTrue();
  }

  @Test
  @Tag("WK-13")
  void of_two_who_answer_the_second_is_told_and_nothing_is_overwritten() {
    Message question = asked();
    Draft ofClara = begun(writing.reply(question.id()));
    WritingDesk dirk = street.engage.deskOf(Shop.DIRK).writing();
    Draft ofDirk = begun(dirk.reply(question.id()));
    writing.send(saying(ofClara, "On Friday."));

    Outcome<Message> second = dirk.send(saying(ofDirk, "On Monday."));

    assertThat(second).isInstanceOf(Outcome.Unconfirmed.class);
    assertThat(street.onlyConversation().messages()).isEqualTo(2);
  }

  @Test
  @Tag("WK-9")
  void a_draft_that_somebody_saved_meanwhile_is_shown_not_overwritten() {
    Draft draft = begun(writing.reply(asked().id()));
    WritingDesk dirk = street.engage.deskOf(Shop.DIRK).writing();
    Draft ofDirk = done(dirk.save(saying(draft, "By Dirk")));

    Outcome<Draft> late = writing.save(saying(draft, "By Clara"));

    assertThat(late).isEqualTo(new Outcome.Overtaken<>(ofDirk));
    assertThat(writing.send(saying(draft, "By Clara"))).isInstanceOf(Outcome.Refused.class);
    assertThat(done(writing.drafts(street.onlyConversation().id()))).containsExactly(ofDirk);
  }

  @Test
  @Tag("WK-9")
  @Tag("WK-13")
  void what_a_colleague_saves_while_a_mail_is_composed_is_not_thrown_away() {
    Message question = asked();
    Draft draft = begun(writing.reply(question.id()));
    WritingDesk dirk = street.engage.deskOf(Shop.DIRK).writing();
    AtomicInteger signatures = new AtomicInteger();
    try (Engage slow =
        street
            .builder()
            .signatures(
                agent -> {
                  if (signatures.getAndIncrement() == 0) {
                    dirk.save(saying(draft, "By Dirk"));
                  }
                  return Optional.empty();
                })
            .build()) {

      Outcome<Message> outcome = slow.deskOf(Shop.CLARA).writing().send(saying(draft, "By Clara"));

      assertThat(outcome).isInstanceOf(Outcome.Refused.class);
      assertThat(writing.drafts(10))
          .extracting(each -> each.content().text())
          .containsExactly("By Dirk");
      assertThat(street.onlyConversation().messages()).isEqualTo(1);
    }
  }

  @Test
  @Tag("WK-9")
  void a_draft_that_is_sent_or_thrown_away_is_gone() {
    Message question = asked();
    Draft first = begun(writing.reply(question.id()));
    Draft second = begun(writing.reply(question.id()));
    writing.discard(second.id());
    writing.send(saying(first, "On Friday."));

    assertThat(writing.drafts(10)).isEmpty();
    assertThat(writing.send(saying(first, "Again"))).isInstanceOf(Outcome.Unknown.class);
    assertThat(writing.save(second)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("WK-6")
  @Tag("G-23")
  void a_forward_and_its_answer_are_beside_the_conversation_where_the_customer_sees_neither() {
    street.customers.with("spokes", "Spokes", SUPPLIER.address());
    Message question = asked();
    writing.changeCopies(question.conversation(), List.of(Shop.BEN), List.of());
    Draft draft = begun(writing.forward(question.id()));
    Message forward =
        done(
            writing.send(
                with(
                    draft,
                    draft
                        .content()
                        .to(SUPPLIER, NamedAddress.of("depot@spokes.example"))
                        .withText("Do you have it?"))));
    afterTheWindow();
    street.arrives(
        mailFrom("Spokes <sales@spokes.example>", "a@spokes.example", "Two in stock.")
            .replace("Subject", "In-Reply-To: <" + forward.headers().messageId() + ">\nSubject"));
    street.sync();

    Conversation bike = conversation(question);
    Conversation side = conversation(forward);
    assertThat(forward.headers().subject()).isEqualTo("FWD: My bike");
    assertThat(forward.headers().cc()).isEmpty();
    assertThat(sentBytes(0)).contains("Do you have it?", "Forwarded message", "Is it ready?");
    assertThat(street.messages(bike)).containsExactly(question);
    assertThat(street.messages(side)).extracting(Message::preview).contains("Two in stock.");
    assertThat(side.isSideThread()).isTrue();
    assertThat(side.findCustomer()).isEmpty();
    assertThat(side.findAssignee()).contains(Shop.CLARA.id());
    assertThat(bike.participants()).doesNotContain(SUPPLIER.address());
    street.clara.open(street.lastMessage(side).id());
    for (String customer : List.of("ana", "spokes")) {
      assertThat(
              street.clara.history(CustomerId.of(customer), Page.Request.first(10)).items().stream()
                  .filter(each -> each.conversation().equals(side.id())))
          .isEmpty();
    }
    assertThat(besides(question)).extracting(Conversation::id).containsExactly(side.id());
    assertThat(codes(bike)).contains("forwarded");
  }

  @Test
  @Tag("WK-6")
  void attachments_go_along_with_a_forward_and_images_stay_in_their_place() {
    street.arrives(withPhotoAndBill());
    street.sync();
    Message question = street.lastMessage(street.onlyConversation());

    Draft draft = begun(writing.forward(question.id()));
    Preview preview =
        done(writing.preview(with(draft, draft.content().to(SUPPLIER).withText("See below"))));

    assertThat(draft.content().files())
        .extracting(file -> file.name().value())
        .containsExactly("bike.png", "bill.pdf");
    assertThat(preview.attachments())
        .extracting(each -> each.name().value() + " " + each.inline() + " " + each.contentId())
        .containsExactly("bike.png true photo@customer.example", "bill.pdf false null");
    assertThat(preview.attachments())
        .extracting(Attachment::sha256)
        .isEqualTo(question.attachments().stream().map(Attachment::sha256).toList());
    assertThat(preview.mail().html()).contains("See below", "cid:photo");
  }

  @Test
  @Tag("WK-6")
  @Tag("WK-9")
  void a_forward_that_is_taken_back_leaves_no_side_thread() {
    Message question = asked();
    Draft draft = begun(writing.forward(question.id()));
    Message forward = done(writing.send(with(draft, draft.content().to(SUPPLIER))));

    Draft back = done(writing.undo(forward.id()));

    assertThat(street.open()).extracting(Conversation::id).containsExactly(question.conversation());
    assertThat(besides(question)).isEmpty();
    assertThat(writing.send(back).isDone()).isTrue();
    assertThat(besides(question)).hasSize(1);
  }

  @Test
  @Tag("WK-7")
  void a_conversation_from_scratch_is_with_the_agent_linked_and_answered_into() {
    Draft draft = begun(writing.begin(Shop.workshop().id(), CustomerId.of("ben")));
    Message sent =
        done(
            writing.send(
                with(
                    draft,
                    draft.content().withSubject("Your new bike").withText("It has arrived."))));
    afterTheWindow();
    street.arrives(
        mailFrom("Ben <ben@customer.example>", "b@customer.example", "Great!")
            .replace("Subject", "In-Reply-To: <" + sent.headers().messageId() + ">\nSubject"));
    street.sync();

    Conversation started = street.onlyConversation();
    assertThat(draft.content().to()).containsExactly(Shop.BEN);
    assertThat(started.subject()).isEqualTo("Your new bike");
    assertThat(started.findCustomer()).contains(CustomerId.of("ben"));
    assertThat(started.findAssignee()).contains(Shop.CLARA.id());
    assertThat(street.messages(started)).hasSize(2);
    assertThat(street.clara.history(CustomerId.of("ben"), Page.Request.first(9)).items())
        .hasSize(2);
    assertThat(codes(started)).startsWith("conversation-started");
  }

  @Test
  @Tag("WK-7")
  void a_conversation_from_a_message_has_its_body_and_subject_filled_in() {
    Draft draft = begun(writing.beginFrom(asked().id()));

    assertThat(draft.kind()).isEqualTo(Draft.Kind.NEW);
    assertThat(draft.content().subject()).isEqualTo("My bike");
    assertThat(draft.content().text()).isEqualToIgnoringWhitespace("Is it ready?");
    assertThat(draft.content().to()).isEmpty();
    assertThat(writing.send(draft)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("WK-9")
  @Tag("G-30")
  void what_failed_is_listed_and_sent_again_and_what_is_in_doubt_only_when_confirmed() {
    Message question = asked();
    Message refused = done(street.clara.reply(question.id(), Reply.of("One")));
    street.mail.answerNext(
        new SendOutcome.Refused(new SmtpReply(554, "5.7.1", "no"), Map.of()), false);
    street.engage.outbox().workOff();
    Message doubtful = done(street.clara.reply(question.id(), Reply.of("Two")));
    street.mail.answerNext(new SendOutcome.InDoubt("no answer came"), false);
    street.engage.outbox().workOff();
    Message waiting = done(writing.send(saying(begun(writing.reply(question.id())), "Three")));

    assertThat(outbox(Delivery.FAILED)).extracting(Message::id).containsExactly(refused.id());
    assertThat(outbox(Delivery.IN_DOUBT)).extracting(Message::id).containsExactly(doubtful.id());
    assertThat(outbox(Delivery.QUEUED)).extracting(Message::id).containsExactly(waiting.id());
    assertThat(writing.retry(waiting.id())).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(writing.retry(doubtful.id())).isInstanceOf(Outcome.Unconfirmed.class);
    assertThat(writing.retry(refused.id()).isDone()).isTrue();
    assertThat(writing.retryAnyway(doubtful.id()).isDone()).isTrue();
    street.engage.outbox().workOff();
    assertThat(street.mail.sent()).hasSize(2);
    assertThat(sentBytes(0)).contains("Message-ID: <" + refused.headers().messageId() + ">");
    assertThat(delivery(doubtful)).isEqualTo(Delivery.SENT);
    assertThat(writing.retry(refused.id())).isInstanceOf(Outcome.Refused.class);
    assertThat(codes(street.onlyConversation())).contains("send-failed", "send-retried");
  }

  @Test
  @Tag("WK-9")
  @Tag("G-43")
  void whom_a_mail_did_not_reach_is_shown_and_it_is_sent_again_to_those_alone() {
    Message question = asked();
    done(writing.changeCopies(question.conversation(), List.of(SUPPLIER), List.of()));
    Message answer = done(street.clara.reply(question.id(), Reply.of("On Friday.")));
    street.mail.answerNext(
        new SendOutcome.Accepted(
            new SmtpReply(250, "2.0.0", "taken"),
            Map.of(SUPPLIER.address(), new SmtpReply(550, "5.1.1", "nobody"))),
        false);
    street.engage.outbox().workOff();

    List<Message> failed = outbox(Delivery.FAILED);
    Outcome<Message> again = writing.retry(answer.id());
    street.engage.outbox().workOff();

    assertThat(failed)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.state().delivery()).isEqualTo(Delivery.SENT);
              assertThat(each.state().unreached()).containsExactly(SUPPLIER.address());
            });
    assertThat(again.isDone()).isTrue();
    assertThat(street.mail.sent())
        .singleElement()
        .satisfies(sent -> assertThat(sent.recipients()).containsExactly(SUPPLIER.address()));
    assertThat(outbox(Delivery.FAILED)).isEmpty();
    assertThat(writing.retry(answer.id())).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("WK-9")
  void what_is_sent_again_after_a_transfer_speaks_for_the_inbox_that_its_bytes_name() {
    Message question = asked();
    Message answer = done(street.clara.reply(question.id(), Reply.of("On Friday.")));
    street.mail.answerNext(
        new SendOutcome.Refused(new SmtpReply(554, "5.7.1", "no"), Map.of()), false);
    street.engage.outbox().workOff();
    street.clara.transfer(List.of(question.conversation()), Shop.shop().id());

    done(writing.retry(answer.id()));
    street.engage.outbox().workOff();

    assertThat(sentBytes(0)).contains("From: Workshop <repairs@shop.example>");
    assertThat(street.mail.sent().get(0).sender()).isEqualTo(Shop.workshop().sender().address());
  }

  @Test
  @Tag("WK-5")
  void an_answer_stands_behind_what_it_answers_whatever_the_servers_clock_says() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Message question = street.lastMessage(street.onlyConversation());
    street.clock.set(question.at().minus(Duration.ofMinutes(3)));

    Message answer = done(street.clara.reply(question.id(), Reply.of("On Friday.")));
    street.engage.outbox().workOff();

    assertThat(street.lastMessage(street.onlyConversation()).id()).isEqualTo(answer.id());
    assertThat(delivery(answer)).isEqualTo(Delivery.SENT);
  }

  @Test
  @Tag("WK-1")
  @Tag("WK-9")
  @Tag("G-30")
  void what_was_queued_in_a_conversation_that_is_deleted_is_never_sent() {
    Message question = asked();
    Message answer = done(writing.send(saying(begun(writing.reply(question.id())), "On Friday.")));

    Outcome<Conversation> deleted =
        street.clara.delete(List.of(question.conversation())).get(question.conversation());
    afterTheWindow();

    assertThat(deleted.isDone()).isTrue();
    assertThat(street.mail.sent()).isEmpty();
    assertThat(delivery(answer)).isEqualTo(Delivery.WITHDRAWN);
    assertThat(street.storage.persons().owedFor(List.of(answer.id()))).isEmpty();
    assertThat(street.storage.documents().find(List.of(sentDraftKey(answer)))).isEmpty();
    assertThat(codes(conversation(answer))).contains("send-withdrawn", "deleted");
  }

  @Test
  @Tag("WK-1")
  @Tag("G-30")
  void a_conversation_of_which_something_is_just_being_sent_is_not_deleted_and_others_are() {
    Message question = asked();
    done(street.clara.reply(question.id(), Reply.of("On Friday.")));
    street
        .storage
        .outbox()
        .claim(10, street.clock.instant(), street.clock.instant().plusSeconds(60));
    street.arrives(mailFrom("ben@customer.example", "2@customer.example", "Hello"));
    street.sync();
    Conversation bens =
        street.open().stream()
            .filter(each -> !each.id().equals(question.conversation()))
            .findFirst()
            .orElseThrow();

    Map<ConversationId, Outcome<Conversation>> outcomes =
        street.clara.delete(List.of(question.conversation(), bens.id()));

    assertThat(outcomes.get(question.conversation()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("is just being sent"));
    assertThat(outcomes.get(bens.id()).isDone()).isTrue();
  }

  @Test
  @Tag("IN-10")
  void first_the_inbox_signs_and_then_the_agent() {
    try (Engage signing =
        street
            .builder()
            .signatures(agent -> Optional.of(Signature.of("${agent.name}, mechanic")))
            .build()) {
      signedBy("The workshop of ${inbox.name}", null);
      WritingDesk desk = signing.deskOf(Shop.CLARA).writing();
      Draft draft = begun(desk.reply(asked().id()));

      String text = done(desk.preview(saying(draft, "On Friday."))).mail().text();

      assertThat(text)
          .startsWith("On Friday.\n\nThe workshop of Workshop\nClara Rossi, mechanic\n\nOn 2026-");
    }
  }

  @Test
  @Tag("IN-10")
  @Tag("WK-5")
  void a_mail_without_signature_ends_with_what_its_author_wrote() {
    signedBy("The workshop", "<b>The workshop</b>");
    Draft draft = saying(begun(writing.reply(asked().id())), "On Friday.");
    Composition plain = draft.content().withHistory(false);

    Preview signed = done(writing.preview(with(draft, plain)));
    Preview without = done(writing.preview(with(draft, plain.withSignature(false))));
    Reply reply = Reply.of("On Friday.").withoutSignature().withoutHistory();
    done(street.clara.reply(draft.about(), reply));
    street.engage.outbox().workOff();

    assertThat(signed.mail().text()).startsWith("On Friday.").contains("The workshop");
    assertThat(without.mail().text().strip()).isEqualTo("On Friday.");
    assertThat(without.mail().html()).isNull();
    assertThat(sentBytes(0)).contains("On Friday").doesNotContain("The workshop");
  }

  @Test
  @Tag("WK-5")
  void whom_a_reply_names_in_bcc_gets_it_and_nobody_sees_them() {
    done(street.clara.reply(asked().id(), Reply.of("On Friday.").withBcc(SUPPLIER)));

    street.engage.outbox().workOff();

    assertThat(street.mail.sent().get(0).recipients())
        .containsExactlyInAnyOrder(Shop.ANA.address(), SUPPLIER.address());
    assertThat(sentBytes(0)).doesNotContain(SUPPLIER.address().value());
  }

  @Test
  @Tag("IN-10")
  @Tag("G-50")
  void a_signature_in_html_is_sanitised_and_one_with_an_unknown_field_is_refused() {
    signedBy("Workshop", "<b>${inbox.name}</b><script>alert(1)</script>");
    Draft draft = begun(writing.reply(asked().id()));

    String html = done(writing.preview(saying(draft, "1 < 2"))).mail().html();

    assertThat(html).contains("<b>Workshop</b>", "1 &lt; 2").doesNotContain("script");
    signedBy("${shoe.size}", null);
    assertThat(writing.preview(draft))
        .isEqualTo(
            new Outcome.Refused<Preview>(
                "The signature cannot be used: the template has fields without a value:"
                    + " shoe.size"));
  }

  @Test
  @Tag("IN-13")
  @Tag("SM-4")
  void templates_and_quick_replies_are_offered_filled_in_and_put_below_what_was_written() {
    keep(template("t1", "Ready", "Dear ${customer.name}, ${inbox.name} is done. ${date}"));
    keep(template("t2", "Voucher", "Your voucher ${voucher}"));
    keep(
        new QuickReplies(
            List.of(
                new QuickReply("q2", "Thanks", "Thank you, ${customer.name}!"),
                new QuickReply("q1", "Hours", "We open at nine.")),
            0));
    Draft draft = saying(begun(writing.reply(asked().id())), "Hello,");

    List<OfferedText> templates = done(writing.templates(draft));
    List<OfferedText> quick = done(writing.quickReplies(draft));
    Draft used = done(writing.useTemplate(draft, TemplateId.of("t1")));
    Draft thanked = done(writing.useQuickReply(used, "q2"));

    assertThat(templates).extracting(OfferedText::title).containsExactly("Ready", "Voucher");
    assertThat(templates.get(1).filled())
        .isEqualTo(new FilledTemplate.Unfilled("the template has fields without a value: voucher"));
    assertThat(quick).extracting(OfferedText::title).containsExactly("Thanks", "Hours");
    assertThat(thanked.content().text())
        .isEqualTo(
            "Hello,\n\nDear Ana Silva, Workshop is done. 2026-03-02\n\nThank you, Ana Silva!");
    assertThat(writing.useTemplate(thanked, TemplateId.of("t2")))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(writing.useTemplate(thanked, TemplateId.of("t9")))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("IN-13")
  void every_listed_variable_has_a_value_in_an_answer() {
    String everything =
        String.join(
            "|", Arrays.stream(Variable.values()).map(each -> "${" + each.field() + "}").toList());
    keep(template("all", "All", everything));
    Draft draft = begun(writing.reply(asked().id()));

    FilledTemplate filled = done(writing.templates(draft)).get(0).filled();

    String number = street.onlyConversation().number().toString();
    assertThat(((FilledTemplate.Complete) filled).text())
        .isEqualTo(
            "Ana Silva|ana@customer.example|Clara Rossi|Workshop|repairs@shop.example|My bike|"
                + number
                + "|2026-03-02|08:00");
  }

  @Test
  @Tag("G-50")
  void a_customer_whose_name_is_a_template_or_html_stays_a_name() {
    street.arrives(mailFrom("\"${agent.name} <b>x</b>\" <x@new.example>", "x@new.example", "Hi"));
    street.sync();
    keep(
        new Template(
            TemplateId.of("t"),
            "T",
            null,
            Template.Purpose.REPLY,
            "",
            "Dear ${customer.name}",
            "<p>Dear ${customer.name}</p>",
            0));
    Draft draft = begun(writing.reply(street.lastMessage(street.onlyConversation()).id()));

    Draft used = done(writing.useTemplate(draft, TemplateId.of("t")));
    OutboundMessage mail = done(writing.preview(used)).mail();

    assertThat(mail.text()).startsWith("Dear ${agent.name} <b>x</b>");
    assertThat(mail.html()).contains("&lt;b&gt;x").doesNotContain("<b>x", "Clara");
  }

  @Test
  @Tag("WK-5")
  void html_is_sanitised_its_text_derived_and_its_image_travels_within() throws IOException {
    Draft draft = begun(writing.reply(asked().id()));
    Draft pictured =
        done(
            writing.attachImage(
                draft.id(), FileName.of("bike.png"), "image/png", stream("a picture")));
    Draft filed =
        done(writing.attach(draft.id(), FileName.of("bill.pdf"), "nonsense", stream("a bill")));
    String cid = pictured.content().files().get(0).contentId();
    String html =
        "<p onclick=\"x()\">So: <img src=\"cid:%s\"></p><script>steal()</script>".formatted(cid);

    Preview preview =
        done(writing.preview(with(filed, filed.content().withHtml(html).withHistory(false))));

    assertThat(preview.mail().html())
        .contains("So: <img")
        .doesNotContain("script", "onclick", "steal");
    assertThat(preview.mail().text()).isEqualToIgnoringWhitespace("So:");
    assertThat(preview.attachments())
        .extracting(each -> each.name().value() + " " + each.inline() + " " + each.contentType())
        .containsExactly("bike.png true image/png", "bill.pdf false application/octet-stream");
  }

  @Test
  @Tag("WK-9")
  void files_that_no_mail_takes_are_refused_while_they_are_read() throws IOException {
    try (Engage small = street.builder().largestMail(10_000).build()) {
      WritingDesk desk = small.deskOf(Shop.CLARA).writing();
      Draft draft = begun(desk.reply(asked().id()));
      InputStream endless =
          new InputStream() {
            @Override
            public int read() {
              return 'x';
            }
          };

      Outcome<Draft> refused =
          desk.attach(draft.id(), FileName.of("endless"), "text/plain", endless);

      assertThat(refused).isInstanceOf(Outcome.Refused.class);
      assertThat(writing.drafts(1).get(0)).isEqualTo(draft);
      assertThat(desk.preview(saying(draft, "x".repeat(20_000))))
          .isInstanceOf(Outcome.Refused.class);
    }
  }

  @Test
  @Tag("G-32")
  void no_field_of_a_form_gets_a_line_of_its_own_into_the_header() {
    Message question = asked();
    String[] hostile = {
      "\r\nBcc: victim@x.example\r\n", "\n\nbody", "\u2028Bcc: v@x", "\u0000", "=?utf-8?Q?=0ABcc:?="
    };
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      String bad = hostile[random.nextInt(hostile.length)];
      Draft draft = begun(writing.reply(question.id()));
      Draft edited =
          with(
              draft,
              draft
                  .content()
                  .to(NamedAddress.of("Ana" + bad, "ana@customer.example"))
                  .withSubject("Bike" + bad + round)
                  .withText("Hi" + bad)
                  .withFiles(
                      List.of(
                          new Composition.File(
                              FileName.of("a" + bad + ".pdf"),
                              "text/plain" + bad,
                              question.source(),
                              "id" + bad))));

      Preview preview = done(writing.preview(edited));

      String header = header(bytesOf(preview));
      assertThat(header.lines().filter(line -> !line.startsWith(" ")))
          .allMatch(
              line ->
                  line.matches(
                      "(Date|From|To|Subject|Message-ID|In-Reply-To|References|MIME-Version"
                          + "|Content-Type): ?.*"));
      assertThat(parsed(preview).headers().bcc()).isEmpty();
      assertThat(preview.mail().envelopeRecipients()).containsExactly(Shop.ANA.address());
    }
  }

  @Test
  @Tag("TH-6")
  void who_may_not_answer_begins_nothing_and_sends_nothing() {
    Message question = asked();
    Draft draft = begun(writing.reply(question.id()));
    for (AgentAction action : List.of(AgentAction.REPLY, AgentAction.FORWARD, AgentAction.WRITE)) {
      street.permissions.refuse(Shop.CLARA.id(), action, question.inbox(), "Ask Dirk");
    }

    List<Outcome<?>> outcomes =
        List.of(
            writing.reply(question.id()),
            writing.forward(question.id()),
            writing.begin(question.inbox()),
            writing.save(draft),
            writing.send(draft),
            writing.changeCopies(question.conversation(), List.of(), List.of()));

    assertThat(outcomes).allMatch(each -> each.equals(new Outcome.Refused<>("Ask Dirk")));
    assertThat(street.onlyConversation().messages()).isEqualTo(1);
    assertThat(codes(street.onlyConversation())).contains("action-refused");
  }

  @Test
  @Tag("IN-14")
  void a_disabled_inbox_sends_nothing() {
    Message question = asked();
    Inbox workshop = stored(Shop.workshop());
    street
        .storage
        .inboxes()
        .commit(
            change()
                .inbox(workshop.withSettings(workshop.settings().change().enabled(false).build()))
                .build());

    assertThat(street.clara.reply(question.id(), Reply.of("Yes")))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(street.list(ConversationFilter.all())).hasSize(1);
  }

  private Outcome<Draft> anything(Message question, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> writing.reply(question.id());
      case 1 -> writing.replyToAll(question.id());
      case 2 -> writing.forward(question.id());
      case 3 -> writing.beginFrom(question.id());
      default -> writing.begin(Shop.workshop().id());
    };
  }

  private static Draft scribbled(Draft draft, Random random) {
    String text = "Größe\n".repeat(random.nextInt(5)) + random.nextInt();
    var content = draft.content().withText(text).withHistory(random.nextBoolean());
    if (random.nextBoolean()) {
      content = content.to(SUPPLIER, Shop.BEN);
    }
    if (random.nextBoolean()) {
      content = content.withCopies(List.of(Shop.ANA), List.of(NamedAddress.of("b@x.example")));
    }
    if (random.nextBoolean()) {
      content = content.withHtml("<p>" + text + "<img src=x onerror=1><b>bold");
    }
    if (random.nextBoolean()) {
      content = content.withSubject("Größe " + random.nextInt());
    }
    return with(draft, content);
  }

  private Message asked() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    return street.lastMessage(street.onlyConversation());
  }

  private List<Conversation> besides(Message message) {
    return done(street.clara.besides(message.conversation(), Page.Request.first(10))).items();
  }

  private void afterTheWindow() {
    street.clock.advance(Duration.ofSeconds(10));
    street.engage.outbox().workOff();
  }

  private List<Message> outbox(Delivery delivery) {
    return writing
        .outbox(Set.of(Shop.workshop().id()), Set.of(delivery), Page.Request.first(10))
        .items();
  }

  private Delivery delivery(Message message) {
    return street.storage.inboxes().messages(List.of(message.id())).get(0).state().delivery();
  }

  private Conversation conversation(Message message) {
    return street.storage.inboxes().conversations(List.of(message.conversation())).get(0);
  }

  private List<String> codes(Conversation conversation) {
    return street.clara.auditTrail(conversation.id()).stream()
        .map(entry -> entry.fact().code())
        .toList();
  }

  private void signedBy(String text, String html) {
    TemplateId id = TemplateId.of("signature-" + text.hashCode());
    keep(new Template(id, "Signature", null, Template.Purpose.SIGNATURE, "", text, html, 0));
    Inbox workshop = stored(Shop.workshop());
    street
        .storage
        .inboxes()
        .commit(
            change()
                .inbox(workshop.withSettings(workshop.settings().change().signature(id).build()))
                .build());
  }

  private Inbox stored(Inbox inbox) {
    return street.storage.inboxes().inboxes().stream()
        .filter(each -> each.id().equals(inbox.id()))
        .findFirst()
        .orElseThrow();
  }

  private static Template template(String id, String name, String text) {
    return Template.of(id, name, Template.Purpose.REPLY, "", text);
  }

  private void keep(Document document) {
    street.storage.inboxes().commit(change().document(document).build());
  }

  private InboxChange.Builder change() {
    return InboxChange.builder()
        .audit(
            List.of(
                new AuditEntry(
                    AuditEntryId.of("setup-" + changes.incrementAndGet()),
                    street.clock.instant(),
                    Actor.CONFIGURATION,
                    AuditSubject.NONE,
                    new AuditFact.QuickRepliesChanged(1))));
  }

  private static DocumentKey sentDraftKey(Message message) {
    return SentDraft.keyOf(message.id());
  }

  private static Draft with(Draft draft, Composition content) {
    return draft.withContent(content, draft.changedAt());
  }

  private static Draft saying(Draft draft, String text) {
    return with(draft, draft.content().withText(text));
  }

  private static Draft begun(Outcome<Draft> outcome) {
    return done(outcome);
  }

  private static <T> T done(Outcome<T> outcome) {
    return outcome.findValue().orElseThrow(() -> new AssertionError("Not done: " + outcome));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private String bytesOf(Preview preview) {
    try {
      return new String(street.mail.format().compose(preview.mail()), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private ParsedMail parsed(Preview preview) {
    try {
      return street
          .mail
          .format()
          .parse(MailContent.of(bytesOf(preview).getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String sentBytes(int index) {
    try (InputStream in = street.mail.sent().get(index).content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String header(String mail) {
    return mail.substring(0, mail.indexOf("\r\n\r\n"));
  }

  private static String withoutDateAndId(OutboundMessage mail, String bytes) {
    return withoutDateAndId(mail.messageId().value(), bytes);
  }

  private static String withoutDateAndId(Message message, String bytes) {
    return withoutDateAndId(message.headers().messageId().value(), bytes);
  }

  /** Boundaries follow from the Message-ID. */
  private static String withoutDateAndId(String id, String bytes) {
    return bytes
        .replace(id, "")
        .replaceFirst("(?m)^Date: .*$", "")
        .replaceAll("=_[0-9a-f]{24}", "=_");
  }

  /** A store of bytes that takes so long for each mail. */
  private BlobStore slowly(Duration time) {
    return new BlobStore() {
      @Override
      public Blob put(InputStream content) throws IOException {
        street.clock.advance(time);
        return street.blobs.put(content);
      }

      @Override
      public void makeDurable() {
        street.blobs.makeDurable();
      }

      @Override
      public InputStream open(ContentDigest digest) {
        return street.blobs.open(digest);
      }

      @Override
      public Optional<Blob> find(ContentDigest digest) {
        return street.blobs.find(digest);
      }

      @Override
      public Set<ContentDigest> delete(
          Collection<ContentDigest> digests, Duration unlessPutWithin) {
        return street.blobs.delete(digests, unlessPutWithin);
      }
    };
  }

  private static String withPhotoAndBill() {
    return """
    From: Ana Silva <ana@customer.example>
    To: repairs@shop.example
    Subject: My bike
    Message-ID: <p@customer.example>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=m

    --m
    Content-Type: multipart/related; boundary=r

    --r
    Content-Type: text/html

    <p>Look: <img src="cid:photo@customer.example"></p>
    --r
    Content-Type: image/png; name=bike.png
    Content-ID: <photo@customer.example>
    Content-Disposition: inline; filename=bike.png
    Content-Transfer-Encoding: base64

    QmlrZQ==
    --r--
    --m
    Content-Type: application/pdf; name=bill.pdf
    Content-Disposition: attachment; filename=bill.pdf
    Content-Transfer-Encoding: base64

    QmlsbA==
    --m--
    """;
  }
}
