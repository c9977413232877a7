package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.about;
import static io.engage.stories.RealStreet.done;

import io.engage.core.AgentDesk;
import io.engage.core.HeldDesk;
import io.engage.core.Outcome;
import io.engage.core.SavedInbox;
import io.engage.core.SetupDesk;
import io.engage.core.Shop;
import io.engage.core.SyncReport;
import io.engage.core.WritingDesk;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.mailbox.AccountId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import java.util.List;
import java.util.function.UnaryOperator;

/** A dealer's team, whose mail is forwarded to the host's own domain. */
class TeamStage {
  static final AccountId EVERYTHING = AccountId.of("everything");
  static final AccountId DEALER = AccountId.of("dealer-mail");
  static final InboxId SUPPORT = InboxId.of("support");
  static final InboxId PARTS = InboxId.of("parts");
  static final CustomerId ANA = CustomerId.of("ana");
  static final CustomerId BEN = CustomerId.of("ben");
  static final CustomerId GUS = CustomerId.of("gus");
  static final PhoneNumber ANAS = PhoneNumber.of("+14155550101");
  static final PhoneNumber OURS = PhoneNumber.of("+14155550111");
  static final NamedAddress MARC = NamedAddress.of("Marc", "marc@customer.example");
  static final NamedAddress CHIEF = NamedAddress.of("chef@customer.example");

  final RealStreet street;
  final SetupDesk setup;
  final AgentDesk clara;
  final WritingDesk writing;

  TeamStage(RealStreet street) {
    this.street = street;
    this.setup = street.engage.setupOf(BOSS);
    this.clara = street.engage.deskOf(Shop.CLARA);
    this.writing = clara.writing();
  }

  /** The team leader edits a team as it is now. */
  Inbox edit(InboxId inbox, UnaryOperator<InboxSettings.Change> change) {
    Inbox now = street.inbox(inbox);
    Outcome<SavedInbox> saved =
        setup.saveInbox(now.withSettings(change.apply(now.settings().change()).build()));
    return done(saved).inbox();
  }

  EmailAddress forwarding(InboxId inbox) {
    return street.inbox(inbox).settings().forwarding();
  }

  /** Sent to the team's own address, and forwarded from there. */
  SyncReport receives(Letter letter) {
    street.arrives(
        "everything", letter.to("support@dealer.example").forwardedTo(forwarding(SUPPORT)));
    SyncReport report = street.sync(EVERYTHING);
    street.workOff();
    return report;
  }

  static Letter from(String sender, String subject) {
    return Letter.from(sender)
        .about(subject)
        .id(Integer.toHexString(subject.hashCode()) + "-" + sender.replaceAll("[^a-z@.]", ""))
        .saying("Bonjour");
  }

  static Letter anas(String subject) {
    return from("Ana Silva <ana@customer.example>", subject);
  }

  static Letter bens(String subject) {
    return from("Ben <ben@customer.example>", subject);
  }

  Conversation ticket(String subject) {
    return about(clara, subject);
  }

  HeldDesk held() {
    return street.engage.mail().heldFor(Shop.CLARA);
  }

  ArrivedMail newestAt(String address) {
    List<ArrivedMail> mails = street.post.arrivedAt(address);
    return mails.get(mails.size() - 1);
  }

  Draft with(Draft draft, Composition content) {
    return draft.withContent(content, street.clock.instant());
  }
}
