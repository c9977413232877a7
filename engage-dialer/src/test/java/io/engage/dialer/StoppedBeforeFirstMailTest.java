package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.inbox.Credential;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A campaign that is stopped while a node is about to send its first mails, and is slow. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-1")
@Tag("G-52")
class StoppedBeforeFirstMailTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void nobody_is_sent_to_when_it_was_stopped_before_anybody_was_claimed() {
    shop.running(NEWS, 3);

    try (Engage slow =
        shop.engageOn(
            new InterveningStorage("claim", () -> shop.to(Status.STOPPED)).over(shop.storage),
            shop.mail)) {
      Dialer.over(slow).workOff();
    }

    assertThat(shop.sent()).isEmpty();
    assertThat(shop.counts().pending()).isEqualTo(3);
  }

  @Test
  void nobody_is_sent_to_when_it_was_stopped_while_the_server_took_its_time_to_answer() {
    shop.running(NEWS, 3);

    try (Engage slow = shop.engageOn(shop.storage, stoppedWhileConnecting())) {
      Dialer.over(slow).workOff();
    }
    assertThat(shop.sent()).isEmpty();
    assertThat(shop.counts().pending()).isEqualTo(3);

    shop.to(Status.RUNNING);
    shop.dialer.workOff();
    assertThat(shop.sent()).hasSize(3);
  }

  private MailSystem stoppedWhileConnecting() {
    MailSystem good = shop.mail;
    return new MailSystem() {
      @Override
      public MailSource source() {
        return good.source();
      }

      @Override
      public MailTransport transport() {
        return account -> {
          shop.to(Status.STOPPED);
          return good.transport().open(account);
        };
      }

      @Override
      public MailFormat format() {
        return good.format();
      }

      @Override
      public MailSystem trying(@Nullable Credential credential) {
        return good.trying(credential);
      }
    };
  }
}
