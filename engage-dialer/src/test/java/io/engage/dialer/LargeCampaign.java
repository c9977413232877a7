package io.engage.dialer;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.inbox.Agent;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailSystem;
import java.util.Map;

/** A process of its own, with little memory, that imports a list and sends to all of it. */
final class LargeCampaign {
  static final String HEADER = "campaign;emailRecipient;message;attachments;variables;priority\n";
  private static final SendOutcome TAKEN =
      new SendOutcome.Accepted(new SmtpReply(250, "2.0.0", "Ok"), Map.of());

  private final FleetingRecipients recipients = new FleetingRecipients();
  private final long tenth;
  private long mails;
  private long calls;

  private LargeCampaign(long tenth) {
    this.tenth = tenth;
  }

  /**
   * @param arguments the number of rows, which come by standard input; it prints how many came in,
   *     how often storage was asked in each tenth of the mails, and how many were sent
   */
  public static void main(String[] arguments) {
    new LargeCampaign(Long.parseLong(arguments[0]) / 10).run();
  }

  private void run() {
    try (Mailing shop = new Mailing();
        Engage engage = shop.engageOn(recipients.over(shop.storage), taking(shop));
        Dialer dialer = Dialer.over(engage)) {
      shop.campaign(CampaignPlan.of("News for ${name}"), Status.RUNNING);
      ListImport order = ListImport.named("Customers").thenActivated();
      long rows =
          dialer
              .deskOf(Agent.of("ana", "Ana"))
              .importList(Mailing.SPRING, order, System.in)
              .findValue()
              .orElseThrow()
              .list()
              .rows();
      System.out.println("imported " + rows + " " + recipients.imported());
      calls = recipients.calls();
      dialer.workOff();
      System.out.println("sent " + recipients.sent() + " " + shop.status());
    }
  }

  static String row(long number) {
    return "Spring;%s;;;\"name\":\"No. %d\";\n".formatted(Mailing.address(number).value(), number);
  }

  private MailSystem taking(Mailing shop) {
    return OddMail.with(
        shop.mail,
        (session, envelope) -> {
          mails++;
          if (mails % tenth == 0) {
            System.out.println("asked " + (recipients.calls() - calls));
            calls = recipients.calls();
          }
          return TAKEN;
        });
  }
}
