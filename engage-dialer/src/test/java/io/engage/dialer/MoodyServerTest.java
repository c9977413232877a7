package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.inbox.Credential;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A campaign through a real connection, to a server that has every mood a server can have. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
@Tag("G-40")
@Tag("G-43")
class MoodyServerTest {
  private static final String[] FULL = new String[12];

  static {
    Arrays.fill(FULL, "552 5.2.2 Mailbox full");
  }

  @Test
  void what_a_server_does_to_one_recipient_touches_no_other() throws IOException {
    try (Mailing shop = new Mailing();
        RecordingSmtp server = RecordingSmtp.start()) {
      server.answer("RCPT", address(2), "550 5.1.1 Unknown");
      server.answer("RCPT", address(3), "451 4.3.0 Later");
      server.answer("RCPT", address(4), "454 4.7.0 Too fast");
      server.answer("RCPT", address(5), FULL);
      server.answer("RCPT", address(6), RecordingSmtp.DROP);
      server.answer("DATA", address(7), RecordingSmtp.DROP);
      server.answer("END", address(8), "554 5.6.0 No");
      server.answer("END", address(9), RecordingSmtp.DROP);
      server.answer("END", address(10), RecordingSmtp.SILENCE);
      shop.running(CampaignPlan.of("News for ${name}"), 30);
      ImapMail mail =
          ImapMail.builder(
                  InMemoryCredentials.create().with(Mailing.ACCOUNT, Credential.password("secret")))
              .finalAnswerTimeout(Duration.ofSeconds(5))
              .build();

      try (Engage engage = shop.engageOn(shop.storage, mail, server.port())) {
        Dialer dialer = Dialer.over(engage);
        for (Optional<Instant> next = dialer.workOff(); next.isPresent(); next = dialer.workOff()) {
          shop.clock.set(next.get());
        }
      }

      assertThat(shop.status()).isEqualTo(Status.FINISHED);
      assertThat(server.taken()).hasSize(25).doesNotHaveDuplicates();
      assertThat(shop.counts().sent()).isEqualTo(25);
      assertThat(shop.state(2).status()).isEqualTo(RecipientStatus.REJECTED);
      assertThat(shop.state(5).outcome().why()).isEqualTo(Why.GAVE_UP);
      assertThat(shop.state(8).status()).isEqualTo(RecipientStatus.REJECTED);
      assertThat(shop.state(9).status()).isEqualTo(RecipientStatus.IN_DOUBT);
      assertThat(shop.state(10).status()).isEqualTo(RecipientStatus.IN_DOUBT);
    }
  }

  private static String address(long row) {
    return Mailing.address(row).value();
  }
}
