package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.about;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.messages;

import io.engage.core.AgentDesk;
import io.engage.core.Outcome;
import io.engage.core.SavedInbox;
import io.engage.core.SetupDesk;
import io.engage.core.Shop;
import io.engage.core.WritingDesk;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import io.engage.model.template.TemplateId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import java.util.List;
import java.util.function.UnaryOperator;

/** A campaign for support, one that only sends, and who works there. */
class ContactStage {
  static final AccountId ACCOUNT = AccountId.of("support");
  static final InboxId SUPPORT = InboxId.of("support");
  static final InboxId OUTBOUND = InboxId.of("outbound");
  static final CustomerId ANA = CustomerId.of("ana");
  static final CustomerId BEN = CustomerId.of("ben");
  static final Credential RIGHT = Credential.password("right");
  static final TemplateId SIGNATURE = TemplateId.of("signature");
  static final TemplateId CONFIRMATION = TemplateId.of("confirmation");
  static final TemplateId THANKS = TemplateId.of("thanks");
  static final String ANAS = "ana@customer.example";
  static final NamedAddress MARC = NamedAddress.of("Marc", "marc@customer.example");
  static final NamedAddress NORA = NamedAddress.of("Nora", "nora@customer.example");
  static final NamedAddress CHIEF = NamedAddress.of("chief@customer.example");

  final RealStreet street;
  final SetupDesk setup;
  final AgentDesk clara;
  final WritingDesk writing;

  ContactStage(RealStreet street) {
    this.street = street;
    this.setup = street.engage.setupOf(BOSS);
    this.clara = street.engage.deskOf(Shop.CLARA);
    this.writing = clara.writing();
  }

  /** The administrator edits a campaign as it is now. */
  Outcome<SavedInbox> edit(InboxId inbox, UnaryOperator<InboxSettings.Change> change) {
    Inbox now = street.inbox(inbox);
    return setup.saveInbox(now.withSettings(change.apply(now.settings().change()).build()));
  }

  void arrives(Letter letter) {
    street.arrives("support", letter);
  }

  static Letter anas(String subject, String id) {
    return Letter.from("Ana Silva <ana@customer.example>")
        .to("support@shop.example")
        .about(subject)
        .id(id);
  }

  /** Arrives and is taken in. */
  void receives(Letter letter) {
    arrives(letter);
    street.sync(ACCOUNT);
    street.workOff();
  }

  List<ArrivedMail> anasMailbox() {
    return street.post.arrivedAt(ANAS);
  }

  ArrivedMail newestAt(String address) {
    List<ArrivedMail> mails = street.post.arrivedAt(address);
    return mails.get(mails.size() - 1);
  }

  ConversationId gears() {
    return about(clara, "My gears").id();
  }

  /** What Ana wrote first. */
  Message question() {
    return messages(clara, gears()).get(0);
  }

  Draft with(Draft draft, Composition content) {
    return draft.withContent(content, street.clock.instant());
  }

  /** Saves it as it is written now. */
  Draft saved(Draft draft, Composition content) {
    return done(writing.save(with(draft, content)));
  }
}
