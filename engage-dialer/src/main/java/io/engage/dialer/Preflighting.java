package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.forecasting.Fitting;
import io.engage.dialer.forecasting.Forecasting;
import io.engage.dialer.rendering.FormReading;
import io.engage.dialer.rendering.MailForm;
import io.engage.dialer.rendering.RenderedMail;
import io.engage.dialer.rendering.Rendering;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.MailPreset;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Renders every mail of a campaign that was not sent yet, and sends none. */
final class Preflighting {
  private static final int AT_ONCE = 500;
  private static final int MOST_NAMES = 1000;

  private final Foundation foundation;
  private final CampaignShelf shelf;
  private final AccountPaces paces;
  private final Campaign campaign;
  private final Inbox inbox;
  private final RowFiles files;
  private final Set<String> problems = new LinkedHashSet<>();
  private final List<RowFault> faults = new ArrayList<>();
  private final Set<String> missing = new TreeSet<>();
  private long mails;
  private long suppressed;
  private long faultCount;
  private long largest;
  private long weightiest;

  Preflighting(CampaignActs acts, AccountPaces paces, Campaign campaign, Inbox inbox) {
    this.foundation = acts.foundation();
    this.shelf = acts.shelf();
    this.paces = paces;
    this.campaign = campaign;
    this.inbox = inbox;
    this.files = new RowFiles(foundation);
  }

  Preflight check() {
    lists().forEach(this::check);
    Optional<MailAccount> account = foundation.findAccount(inbox.account());
    Pace shared = account.map(paces::of).orElse(Pace.UNLIMITED);
    return new Preflight(
        List.copyOf(problems),
        account
            .flatMap(MailPreset::sendingFor)
            .map(each -> Fitting.decide(campaign.plan().pace(), shared, each, mails))
            .orElse(List.of()),
        mails,
        suppressed,
        faults,
        faultCount,
        missing,
        largest,
        Forecasting.decide(campaign.plan(), shared, mails, foundation.clock().instant()));
  }

  /** Before any list was activated, all that could be. */
  private List<CampaignList> lists() {
    List<CampaignList> all = shelf.lists(campaign.id());
    List<CampaignList> active = with(all, CampaignList.Status.ACTIVE);
    return active.isEmpty() ? with(all, CampaignList.Status.INACTIVE) : active;
  }

  private static List<CampaignList> with(List<CampaignList> all, CampaignList.Status status) {
    return all.stream().filter(each -> each.status() == status).toList();
  }

  private void check(CampaignList list) {
    FormReading reading = Rendering.decide(shelf.sheet(campaign, list, inbox));
    if (reading instanceof FormReading.Refused refused) {
      problems.addAll(refused.problems());
      return;
    }
    MailForm form = ((FormReading.Ready) reading).form();
    long after = 0;
    List<Recipient> page;
    do {
      page =
          foundation
              .storage()
              .recipients()
              .of(list.id(), Set.of(RecipientStatus.PENDING), after, AT_ONCE);
      check(form, page);
      after = page.isEmpty() ? after : page.get(page.size() - 1).id().row();
    } while (page.size() == AT_ONCE);
  }

  private void check(MailForm form, List<Recipient> page) {
    List<EmailAddress> addresses = ImportedRows.addresses(page);
    Set<EmailAddress> unwilling =
        addresses.isEmpty() ? Set.of() : foundation.suppressed(addresses, Suppressing.SCOPE);
    Map<String, OutboundAttachment> attached = files.of(campaign, page);
    for (Recipient each : page) {
      if (EmailAddress.parse(each.address()).filter(unwilling::contains).isPresent()) {
        suppressed++;
      } else {
        check(form, each, attached);
      }
    }
  }

  private void check(MailForm form, Recipient recipient, Map<String, OutboundAttachment> attached) {
    RenderedMail mail =
        RowRendering.decide(form, recipient, attached, foundation.clock().instant());
    if (mail instanceof RenderedMail.Complete complete) {
      mails++;
      weigh(complete.message());
    } else if (mail instanceof RenderedMail.Unsendable unsendable) {
      faultCount++;
      noteMissing(form, recipient);
      if (faults.size() < Preflight.MOST_FAULTS) {
        faults.add(
            new RowFault(recipient.id(), unsendable.outcome().why(), unsendable.outcome().words()));
      }
    }
  }

  private void noteMissing(MailForm form, Recipient recipient) {
    if (recipient.row().message().isBlank() && missing.size() < MOST_NAMES) {
      form.fields().stream()
          .filter(field -> !recipient.row().variables().containsKey(field))
          .forEach(missing::add);
    }
  }

  /** Only what may be the largest is composed, which costs more than all the rest. */
  private void weigh(OutboundMessage message) {
    String html = message.html();
    long weight =
        message.text().length()
            + (html == null ? 0 : html.length())
            + message.attachments().stream().mapToLong(each -> each.content().size()).sum();
    if (weight > weightiest || largest == 0) {
      weightiest = weight;
      largest = Math.max(largest, size(message));
    }
  }

  private long size(OutboundMessage message) {
    try {
      return foundation.mail().format().compose(message).length;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("A file of the campaign cannot be read", unreadable);
    }
  }
}
