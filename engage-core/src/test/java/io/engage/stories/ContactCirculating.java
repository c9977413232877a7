package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.about;
import static io.engage.stories.RealStreet.allDone;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.found;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.list;
import static io.engage.stories.RealStreet.messages;
import static io.engage.stories.RealStreet.open;
import static io.engage.stories.RealStreet.page;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.writing.Draft;
import java.util.List;

/** Third chapter: copies, forwards, conversations of one's own, and the end of a campaign. */
final class ContactCirculating extends ContactStage {
  private static final NamedAddress SPOKES = NamedAddress.of("Spokes", "sales@spokes.example");
  private static final NamedAddress WHEELS = NamedAddress.of("Wheels", "shop@wheels.example");

  ContactCirculating(RealStreet street) {
    super(street);
  }

  void play() {
    theCustomersAnswerJoinsAndBringsACopy();
    copiesAreChangedByHand();
    copiesFollowTheNewestMail();
    aForwardGoesToSuppliersWithItsFiles();
    whatTheyAnswerStaysBesideTheConversation();
    anInteractionIsStarted();
    anInteractionIsStartedFromAMessage();
    aDisabledCampaignRests();
    aCampaignIsDeleted();
  }

  private void theCustomersAnswerJoinsAndBringsACopy() {
    receives(
        anas("Re: My gears", "thanks@customer.example")
            .cc("Marc <marc@customer.example>")
            .answering(last(clara, gears()).headers().messageId())
            .saying("Thank you! Marc rides it too."));

    assertThat(anasMailbox()).as("no second confirmation").hasSize(2);
    assertThat(messages(clara, gears())).hasSize(4);
    assertThat(about(clara, "My gears").exchange().cc()).containsExactly(MARC);
    assertThat(codes(clara.auditTrail(gears()))).contains("copies-changed");
  }

  private void copiesAreChangedByHand() {
    done(writing.changeCopies(gears(), List.of(NORA), List.of(CHIEF)));

    done(clara.reply(question().id(), Reply.of("Yes.")));
    street.workOff();

    for (String address : List.of(ANAS, NORA.address().value(), CHIEF.address().value())) {
      ArrivedMail mail = newestAt(address);
      assertThat(mail.text()).startsWith("Yes.");
      assertThat(mail.header("Cc")).contains("nora@customer.example").doesNotContain("marc@");
      assertThat(mail.header("Bcc")).isEmpty();
      assertThat(mail.source()).doesNotContain("chief@");
    }
    assertThat(street.post.arrivedAt("marc@customer.example")).isEmpty();
  }

  private void copiesFollowTheNewestMail() {
    receives(
        anas("Re: My gears", "again@customer.example")
            .cc("Marc <marc@customer.example>")
            .answering(question().headers().messageId())
            .saying("One more question."));

    Conversation now = about(clara, "My gears");
    assertThat(now.exchange().cc()).containsExactly(MARC);
    assertThat(now.exchange().bcc()).isEmpty();
    Draft toAll = done(writing.replyToAll(last(clara, gears()).id()));
    assertThat(toAll.content().cc()).containsExactly(MARC);
    done(writing.discard(toAll.id()));
  }

  private void aForwardGoesToSuppliersWithItsFiles() {
    int before = anasMailbox().size();
    Draft forward = done(writing.forward(question().id()));
    assertThat(forward.content().subject()).isEqualTo("FWD: My gears");
    assertThat(forward.content().files())
        .extracting(each -> each.name().value())
        .containsExactly("photo.png", "bill.pdf");

    done(
        writing.send(
            with(forward, forward.content().to(SPOKES, WHEELS).withText("Can you repair this?"))));
    street.afterTheWindow();

    for (NamedAddress supplier : List.of(SPOKES, WHEELS)) {
      ArrivedMail mail = newestAt(supplier.address().value());
      assertThat(mail.subject()).isEqualTo("FWD: My gears");
      assertThat(mail.text())
          .startsWith("Can you repair this?")
          .contains("They slip.")
          .doesNotContain("\u2605");
      assertThat(mail.files())
          .containsEntry("photo.png", ArrivedMail.sha256(ContactStoryTest.PHOTO))
          .containsEntry("bill.pdf", ArrivedMail.sha256(ContactStoryTest.BILL))
          .hasSize(2);
    }
    assertThat(anasMailbox()).hasSize(before);
    assertThat(codes(clara.auditTrail(gears()))).contains("forwarded");
  }

  private void whatTheyAnswerStaysBesideTheConversation() {
    int messages = messages(clara, gears()).size();
    Conversation side = done(clara.besides(gears(), page())).items().get(0);
    receives(
        Letter.from("Spokes <sales@spokes.example>")
            .to("support@shop.example")
            .about("Re: FWD: My gears")
            .id("offer@spokes.example")
            .answering(last(clara, side.id()).headers().messageId())
            .saying("On Monday."));

    assertThat(done(clara.besides(gears(), page())).items())
        .singleElement()
        .satisfies(each -> assertThat(each.messages()).isEqualTo(2));
    assertThat(messages(clara, gears())).hasSize(messages);
    assertThat(clara.history(ANA, page()).items())
        .extracting(Message::conversation)
        .containsOnly(gears());
    assertThat(open(clara)).extracting(Conversation::id).doesNotContain(side.id());
    assertThat(found(clara, "is:side")).extracting(Conversation::id).containsExactly(side.id());
  }

  private void anInteractionIsStarted() {
    Draft draft = done(writing.begin(SUPPORT, BEN));
    assertThat(draft.content().to()).containsExactly(Shop.BEN);
    done(
        writing.send(
            with(draft, draft.content().withSubject("Your new bike").withText("It is here."))));
    street.afterTheWindow();

    assertThat(street.post.arrivedAt("ben@customer.example"))
        .singleElement()
        .satisfies(mail -> assertThat(mail.subject()).isEqualTo("Your new bike"));
    assertThat(list(clara, ConversationFilter.open().assignedTo(Shop.CLARA.id())))
        .singleElement()
        .satisfies(
            started -> {
              assertThat(started.subject()).isEqualTo("Your new bike");
              assertThat(started.findCustomer()).contains(BEN);
              assertThat(codes(clara.auditTrail(started.id()))).contains("conversation-started");
            });
  }

  private void anInteractionIsStartedFromAMessage() {
    Draft draft = done(writing.beginFrom(question().id()));

    assertThat(draft.kind()).isEqualTo(Draft.Kind.NEW);
    assertThat(draft.content().subject()).isEqualTo("My gears");
    assertThat(draft.content().text()).contains("They slip.");
    assertThat(draft.content().to()).isEmpty();
    assertThat(refused(writing.preview(draft))).contains("Add a recipient");
    assertThat(done(writing.preview(with(draft, draft.content().to(SPOKES)))).mail().to())
        .containsExactly(SPOKES);
    done(writing.discard(draft.id()));
  }

  private void aDisabledCampaignRests() {
    int anas = anasMailbox().size();
    allDone(setup.setEnabled(List.of(SUPPORT), false));
    arrives(anas("Anybody there?", "there@customer.example").saying("Hello?"));

    assertThat(street.sync(ACCOUNT).imported()).isZero();
    assertThat(street.post.holds("support", "INBOX")).contains("there@customer.example");
    assertThat(refused(clara.reply(question().id(), Reply.of("No")))).contains("switched off");
    assertThat(messages(clara, gears())).isNotEmpty();
    assertThat(clara.history(ANA, page()).items()).isNotEmpty();

    allDone(setup.setEnabled(List.of(SUPPORT), true));
    assertThat(street.sync(ACCOUNT).imported()).isEqualTo(1);
    street.workOff();
    assertThat(codes(clara.auditTrail(about(clara, "Anybody there?").id())))
        .contains("confirmation-withheld");
    assertThat(anasMailbox()).as("one confirmation a day").hasSize(anas);
  }

  private void aCampaignIsDeleted() {
    List<Conversation> before = list(clara, ConversationFilter.all());
    done(setup.deleteInbox(OUTBOUND, SUPPORT));

    assertThat(street.engage.inboxes()).extracting(Inbox::id).containsExactly(SUPPORT);
    assertThat(codes(street.newest(5))).contains("inbox-deleted");
    assertThat(setup.deleteInbox(SUPPORT, SUPPORT).isDone()).isFalse();
    assertThat(setup.deleteInbox(SUPPORT, OUTBOUND).isDone()).isFalse();
    assertThat(list(clara, ConversationFilter.all())).isEqualTo(before);
    assertThat(done(street.engage.auditOf(BOSS).verify()).isIntact()).isTrue();
  }
}
