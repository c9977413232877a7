package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.dialer.rendering.FormReading;
import io.engage.dialer.rendering.RenderedMail;
import io.engage.dialer.rendering.Rendering;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundMessage;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.TransportSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Shows the mail of a row, and sends it to whoever wants to try it out. */
final class TestSending {
  private final CampaignActs acts;
  private final Foundation foundation;

  TestSending(CampaignActs acts) {
    this.acts = acts;
    this.foundation = acts.foundation();
  }

  /** Empty when the list has no such row. */
  Outcome<OutboundMessage> preview(Campaign campaign, CampaignList list, Inbox inbox, long row) {
    return find(list, row)
        .map(each -> rendered(campaign, list, inbox, each))
        .orElseGet(Outcome.Unknown::new);
  }

  /** Its links and its Message-ID name nobody: who tries it out unsubscribes no customer. */
  Outcome<SendOutcome> send(
      Campaign campaign, CampaignList list, Inbox inbox, long row, EmailAddress to) {
    Optional<MailAccount> account = foundation.findAccount(inbox.account());
    Optional<Recipient> recipient = find(list, row);
    if (recipient.isEmpty()) {
      return new Outcome.Unknown<>();
    } else if (account.isEmpty()) {
      return new Outcome.Refused<>("The inbox has no mail account here that could send.");
    }
    Outcome<OutboundMessage> mail = rendered(campaign, list, inbox, standIn(recipient.get(), to));
    if (!(mail instanceof Outcome.Done<OutboundMessage> done)) {
      return mail instanceof Outcome.Refused<OutboundMessage> refused
          ? new Outcome.Refused<>(refused.reason())
          : new Outcome.Unknown<>();
    }
    SendOutcome outcome = send(account.get(), inbox, to, done.value());
    acts.commit(
        InboxChange.builder(), campaign, new AuditFact.TestSent(campaign.id(), wordOf(outcome)));
    return new Outcome.Done<>(outcome);
  }

  private static String wordOf(SendOutcome outcome) {
    if (outcome instanceof SendOutcome.Accepted) {
      return "accepted";
    } else if (outcome instanceof SendOutcome.Refused) {
      return "refused";
    }
    return outcome instanceof SendOutcome.InDoubt ? "in doubt" : "not sent";
  }

  private Recipient standIn(Recipient recipient, EmailAddress to) {
    RecipientId nobody = RecipientId.of(ListId.of("test-" + acts.shortId()), 1);
    return new Recipient(
        nobody, to.value(), recipient.priority(), recipient.row(), recipient.state());
  }

  private Outcome<OutboundMessage> rendered(
      Campaign campaign, CampaignList list, Inbox inbox, Recipient recipient) {
    FormReading reading = Rendering.decide(acts.shelf().sheet(campaign, list, inbox));
    if (reading instanceof FormReading.Refused refused) {
      return new Outcome.Refused<>(refused.reason());
    }
    RenderedMail mail =
        RowRendering.decide(
            ((FormReading.Ready) reading).form(),
            recipient,
            new RowFiles(foundation).of(campaign, List.of(recipient)),
            foundation.clock().instant());
    return mail instanceof RenderedMail.Complete complete
        ? new Outcome.Done<>(complete.message())
        : new Outcome.Refused<>(((RenderedMail.Unsendable) mail).outcome().words());
  }

  private SendOutcome send(
      MailAccount account, Inbox inbox, EmailAddress to, OutboundMessage message) {
    byte[] bytes;
    try {
      bytes = foundation.mail().format().compose(message);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("A file of the campaign cannot be read", unreadable);
    }
    try (TransportSession session = foundation.mail().transport().open(account)) {
      return session.send(
          new Envelope(inbox.sender().address(), List.of(to), MailContent.of(bytes)));
    } catch (MailAccessFailure unreachable) {
      return new SendOutcome.NothingSent(String.valueOf(unreachable.getMessage()));
    }
  }

  private Optional<Recipient> find(CampaignList list, long row) {
    return row < 1
        ? Optional.empty()
        : foundation.storage().recipients().find(List.of(RecipientId.of(list.id(), row))).stream()
            .findFirst();
  }
}
