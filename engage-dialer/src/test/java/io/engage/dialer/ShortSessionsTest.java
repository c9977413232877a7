package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.inbox.MailAccount;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.TransportSession;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that take a few mails on each connection: the others were marked and never begun. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShortSessionsTest {
  private static final int MAILS_A_SESSION = 5;
  private static final SmtpReply GREYLISTED = new SmtpReply(450, "4.2.0", "Greylisted");

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("DL-9")
  @Tag("DL-12")
  void who_waited_for_the_next_connection_was_not_tried_yet() {
    shop.mail.refuse(Mailing.address(50), GREYLISTED);
    shop.running(CampaignPlan.of("News for ${name}"), 50);

    try (Engage engage = shop.engageOn(shop.storage, withShortSessions())) {
      Dialer.over(engage).workOff();
    }

    RecipientState greylisted = shop.state(50);
    assertThat(shop.sent()).hasSize(49).doesNotHaveDuplicates();
    assertThat(greylisted.attempts()).isEqualTo(1);
    assertThat(greylisted.outcome().why()).isEqualTo(Why.POSTPONED);
    assertThat(greylisted.outcome().reply()).isEqualTo(GREYLISTED);
    assertThat(Duration.between(shop.clock.instant(), greylisted.notBefore()))
        .isEqualTo(Duration.ofMinutes(1));
  }

  private MailSystem withShortSessions() {
    MailTransport transport = account -> new ShortSession(open(account));
    return (MailSystem)
        Proxy.newProxyInstance(
            MailSystem.class.getClassLoader(),
            new Class<?>[] {MailSystem.class},
            (proxy, method, arguments) ->
                method.getName().equals("transport")
                    ? transport
                    : method.invoke(shop.mail, arguments));
  }

  private TransportSession open(MailAccount account) {
    return shop.mail.transport().open(account);
  }

  /** Sends one by one, so that no mail is taken ahead when it ends. */
  private static final class ShortSession implements TransportSession {
    private final TransportSession good;
    private int sent;

    ShortSession(TransportSession good) {
      this.good = good;
    }

    @Override
    public SendOutcome send(Envelope envelope) {
      sent++;
      return good.send(envelope);
    }

    @Override
    public boolean isUsable() {
      return sent < MAILS_A_SESSION && good.isUsable();
    }

    @Override
    public void close() {
      good.close();
    }
  }
}
