package io.engage.core.answering;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.BEN;
import static io.engage.core.Shop.MALLORY;
import static io.engage.core.Shop.from;
import static io.engage.core.Shop.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.Reply;
import io.engage.model.message.RfcMessageId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-5")
class AnsweringTest {
  private static final Inbox WORKSHOP = Shop.workshop();
  private static final List<Inbox> OURS = List.of(Shop.shop(), WORKSHOP);
  private static final RfcMessageId NEXT = id("answer@shop.example");
  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00Z");

  private final Conversation bike = Shop.conversation("bike", WORKSHOP, ANA);
  private final NamedAddress accountant = NamedAddress.of("accountant@customer.example");

  @Test
  void an_answer_goes_to_the_sender_and_names_what_it_answers() {
    Message question =
        Shop.message(
            "m1",
            bike,
            from(ANA)
                .to(WORKSHOP)
                .cc(BEN)
                .following(id("first@x.example"))
                .id("question@x.example")
                .headers());

    OutboundMessage answer = answer(question, Reply.of("On Friday.")).orElseThrow();

    assertThat(answer.to()).containsExactly(ANA);
    assertThat(answer.cc()).isEmpty();
    assertThat(answer.from()).isEqualTo(WORKSHOP.sender());
    assertThat(answer.subject()).isEqualTo("Re: My bike");
    assertThat(answer.messageId()).isEqualTo(NEXT);
    assertThat(answer.inReplyTo()).containsExactly(id("question@x.example"));
    assertThat(answer.references())
        .containsExactly(id("first@x.example"), id("question@x.example"));
  }

  @Test
  void reply_to_is_where_the_sender_wants_the_answer() {
    Message question = Shop.message("m1", bike, from(ANA).replyTo(accountant).headers());

    assertThat(answer(question, Reply.of("Yes")).orElseThrow().to()).containsExactly(accountant);
  }

  @Test
  void an_answer_to_all_leaves_our_own_addresses_out() {
    Message question =
        Shop.message("m1", bike, from(ANA).to(WORKSHOP).to(BEN).cc(accountant).cc(ANA).headers());
    Copies form = new Copies(List.of(accountant, ANA, WORKSHOP.sender()), List.of());

    OutboundMessage answer = answer(question, Reply.of("Yes").toEverybody(), form).orElseThrow();

    assertThat(answer.to()).containsExactly(ANA, BEN);
    assertThat(answer.cc()).containsExactly(accountant);
  }

  @Test
  void an_answer_takes_the_copies_of_the_form_and_never_those_of_the_message_answered() {
    Message question = Shop.message("m1", bike, from(ANA).to(WORKSHOP).cc(BEN).headers());
    Copies form = new Copies(List.of(accountant), List.of(NamedAddress.of("boss@shop2.example")));

    for (Reply reply : List.of(Reply.of("Yes"), Reply.of("Yes").toEverybody())) {
      OutboundMessage answer = answer(question, reply, form).orElseThrow();

      assertThat(answer.to()).containsExactly(ANA);
      assertThat(answer.cc()).isEqualTo(form.cc());
      assertThat(answer.bcc()).isEqualTo(form.bcc());
    }
  }

  @Test
  @Tag("G-31")
  void an_answer_to_all_goes_to_no_inbox_of_ours_however_it_is_written() {
    Message question =
        Shop.message(
            "m1",
            bike,
            from(ANA)
                .to(NamedAddress.of("Repairs+Bike@shop.example"))
                .to(NamedAddress.of("hello@shop.example"))
                .to(BEN)
                .cc(NamedAddress.of("Hello+vip@shop.example"))
                .headers());

    OutboundMessage answer = answer(question, Reply.of("Yes").toEverybody()).orElseThrow();

    assertThat(answer.to()).containsExactly(ANA, BEN);
    assertThat(answer.cc()).isEmpty();
  }

  @Test
  void a_reply_to_that_is_only_ours_leaves_the_sender_to_answer() {
    Message question =
        Shop.message(
            "m1", bike, from(ANA).replyTo(NamedAddress.of("hello@shop.example")).headers());

    assertThat(answer(question, Reply.of("Yes")).orElseThrow().to()).containsExactly(ANA);
  }

  @Test
  void an_answer_to_our_own_mail_goes_to_whoever_got_it() {
    Message ours = Shop.sent("m2", bike, from(WORKSHOP.sender()).to(ANA).headers());

    assertThat(answer(ours, Reply.of("One more thing")).orElseThrow().to()).containsExactly(ANA);
  }

  @Test
  void what_was_written_before_is_quoted_below_when_wanted() {
    Message question = Shop.message("m1", bike, from(ANA).headers());

    assertThat(answer(question, Reply.of("On Friday.")).orElseThrow().text())
        .isEqualTo(
            "On Friday.\n\nOn 2026-03-02 08:00 +00:00, Ana Silva wrote:\n> When?\n>> Before\n");
    assertThat(answer(question, Reply.of("On Friday.").withoutHistory()).orElseThrow().text())
        .isEqualTo("On Friday.");
  }

  @Test
  void an_answer_that_nobody_would_get_is_none() {
    Message fromOurselves = Shop.message("m1", bike, from(WORKSHOP.sender()).headers());

    assertThat(answer(fromOurselves, Reply.of("Hello?"))).isEmpty();
  }

  @Test
  void a_subject_has_one_prefix_and_no_line_break() {
    assertThat(Subject.answering("RE: My bike")).isEqualTo("RE: My bike");
    assertThat(Subject.answering("My\r\nBcc: everybody@x.example"))
        .isEqualTo("Re: My  Bcc: everybody@x.example");
  }

  @Test
  @Tag("WK-6")
  void the_subject_of_a_forward_has_one_fwd_and_no_number_of_the_conversation() {
    assertThat(Subject.forwarding("My bike")).isEqualTo("FWD: My bike");
    assertThat(Subject.forwarding("fwd:My bike")).isEqualTo("FWD: My bike");
    assertThat(Subject.forwarding("Re: My bike [#123456789]")).isEqualTo("FWD: Re: My bike");
  }

  @Test
  @Tag("WK-6")
  void a_forward_shows_the_mail_below_the_text_with_its_header_but_without_hidden_copies() {
    MailHeaders seen = from(ANA).to(WORKSHOP).cc(BEN).headers();
    Message ours =
        Shop.sent(
            "m1",
            bike,
            new MailHeaders(
                seen.from(),
                seen.to(),
                seen.cc(),
                List.of(accountant),
                seen.replyTo(),
                seen.deliveredTo(),
                seen.subject(),
                seen.date(),
                seen.messageId(),
                seen.inReplyTo(),
                seen.references()));
    Composition content = Beginning.forwarding(ours, List.of()).to(MALLORY);

    OutboundMessage forward =
        decide(Draft.Kind.FORWARD, ours, content, Body.of("Have a look."), Body.of("It broke."))
            .orElseThrow();

    assertThat(forward.text())
        .isEqualTo(
            """
            Have a look.

            ---------- Forwarded message ----------
            From: Ana Silva <ana@customer.example>
            Date: 2026-03-02 08:00 +00:00
            Subject: My bike
            To: Workshop <repairs@shop.example>
            Cc: Ben Okafor <ben@customer.example>

            It broke.\
            """);
    assertThat(forward.toString() + forward.text()).doesNotContain("accountant");
    assertThat(forward.to()).containsExactly(MALLORY);
    assertThat(forward.inReplyTo()).isEmpty();
    assertThat(forward.references()).isEmpty();
  }

  @Test
  void an_answer_in_html_quotes_in_html_and_in_text() {
    Message question = Shop.message("m1", bike, from(ANA).headers());
    Composition content = Beginning.answering(question, false, Copies.NONE, OURS);
    Body history = new Body("When?", "<p>When?</p>");

    OutboundMessage answer =
        decide(
                Draft.Kind.REPLY,
                question,
                content,
                new Body("On Friday.", "<b>On Friday.</b>"),
                history)
            .orElseThrow();

    assertThat(answer.text())
        .isEqualTo("On Friday.\n\nOn 2026-03-02 08:00 +00:00, Ana Silva wrote:\n> When?\n");
    assertThat(answer.html())
        .startsWith("<div><b>On Friday.</b></div>")
        .contains("Ana Silva wrote:", "<blockquote type=\"cite\"", "<p>When?</p></blockquote>");
  }

  @Test
  void references_stay_bounded_and_keep_the_first_and_the_newest() {
    RfcMessageId[] many =
        IntStream.range(0, 500).mapToObj(i -> id(i + "@x.example")).toArray(RfcMessageId[]::new);
    Message question =
        Shop.message("m1", bike, from(ANA).following(many).id("last@x.example").headers());

    List<RfcMessageId> references = Answering.references(question);

    assertThat(references)
        .hasSize(50)
        .startsWith(many[0])
        .endsWith(many[499], id("last@x.example"));
  }

  @Test
  @Tag("G-31")
  void nobody_outside_the_message_and_the_edits_ever_gets_an_answer() {
    Random random = new Random(20_260_302);
    for (int round = 0; round < 2_000; round++) {
      Shop.Mail mail = from(anybody(random));
      IntStream.range(0, random.nextInt(4)).forEach(i -> mail.to(anybody(random)));
      IntStream.range(0, random.nextInt(4)).forEach(i -> mail.cc(anybody(random)));
      IntStream.range(0, random.nextInt(2)).forEach(i -> mail.replyTo(anybody(random)));
      Message question = Shop.message("m" + round, bike, mail.headers());
      Reply reply =
          new Reply(
              "Hi", random.nextBoolean(), false, true, some(random), some(random), List.of(), null);
      Copies form = new Copies(some(random), some(random));

      Optional<OutboundMessage> recipients = answer(question, reply, form);

      List<EmailAddress> got = new ArrayList<>();
      recipients.stream()
          .flatMap(sent -> Stream.of(sent.to(), sent.cc(), sent.bcc()))
          .forEach(list -> list.forEach(each -> got.add(each.address())));
      assertThat(allowed(question, reply, form)).containsAll(got);
      assertThat(got).doesNotHaveDuplicates().noneMatch(WORKSHOP::owns);
    }
  }

  private static Set<EmailAddress> allowed(Message question, Reply reply, Copies form) {
    Set<EmailAddress> allowed = new LinkedHashSet<>();
    question.headers().to().forEach(each -> allowed.add(each.address()));
    form.cc().forEach(each -> allowed.add(each.address()));
    form.bcc().forEach(each -> allowed.add(each.address()));
    question.headers().from().forEach(each -> allowed.add(each.address()));
    question.headers().replyTo().forEach(each -> allowed.add(each.address()));
    reply.cc().forEach(each -> allowed.add(each.address()));
    reply.bcc().forEach(each -> allowed.add(each.address()));
    return allowed;
  }

  private static List<NamedAddress> some(Random random) {
    return IntStream.range(0, random.nextInt(3)).mapToObj(i -> anybody(random)).toList();
  }

  private static NamedAddress anybody(Random random) {
    return random.nextInt(5) == 0
        ? WORKSHOP.sender()
        : NamedAddress.of("person" + random.nextInt(12) + "@x.example");
  }

  private static Optional<OutboundMessage> answer(Message question, Reply reply) {
    return answer(question, reply, Copies.NONE);
  }

  private static Optional<OutboundMessage> answer(Message question, Reply reply, Copies form) {
    Draft.Kind kind = reply.toAll() ? Draft.Kind.REPLY_ALL : Draft.Kind.REPLY;
    Composition content = Beginning.answering(question, reply, form, OURS);
    return decide(kind, question, content, Body.of(reply.text()), Body.of("When?\n> Before"));
  }

  private static Optional<OutboundMessage> decide(
      Draft.Kind kind, Message about, Composition content, Body written, Body history) {
    Letter letter =
        new Letter(
            kind,
            ConversationId.of("bike"),
            WORKSHOP,
            OURS,
            content,
            written,
            Body.EMPTY,
            Body.EMPTY,
            about,
            history,
            List.of());
    return new Answering(false).decide(letter, NEXT, NOON);
  }
}
