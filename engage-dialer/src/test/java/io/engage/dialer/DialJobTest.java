package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Job;
import io.engage.core.Stop;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PO-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class DialJobTest {
  private static final CampaignPlan NEWS =
      CampaignPlan.of("News for ${name}").withPace(Pace.UNLIMITED.withConnections(2));

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void there_is_one_job_for_each_connection_of_a_campaign_that_runs() {
    shop.running(NEWS, 10);

    List<Job> running = shop.dialer.jobs();
    shop.to(Status.CANCELLED);

    assertThat(running)
        .extracting(Job::name)
        .containsExactly("campaigns:tidy", "campaign:spring:0", "campaign:spring:1");
    assertThat(shop.dialer.jobs()).extracting(Job::name).containsExactly("campaigns:tidy");
  }

  @Test
  @Tag("DL-12")
  void what_was_under_way_in_a_campaign_that_was_ended_is_settled_by_a_job_too() {
    shop.running(NEWS, 1);
    Instant now = shop.clock.instant();
    shop.storage
        .recipients()
        .markAttempting(
            shop.storage.recipients().claim(List.of(Mailing.LIST), 1, now, now.plusSeconds(60)));
    shop.to(Status.CANCELLED);
    shop.clock.advance(Duration.ofMinutes(2));

    Instant next = job("campaigns:tidy").run(new Stop());

    assertThat(shop.counts().inDoubt()).isEqualTo(1);
    assertThat(next).isAfter(shop.clock.instant());
  }

  @Test
  void nodes_have_equal_jobs() {
    shop.running(NEWS, 10);

    assertThat(Dialer.over(shop.engage).jobs())
        .isEqualTo(shop.dialer.jobs())
        .doesNotHaveDuplicates();
  }

  @Test
  @Tag("G-42")
  void a_job_sends_until_nobody_is_left() {
    shop.running(NEWS, 120);

    job("campaign:spring:1").run(new Stop());

    assertThat(shop.sent()).hasSize(120).doesNotHaveDuplicates();
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  void a_job_that_is_stopped_begins_no_mail() {
    shop.running(NEWS, 120);
    Stop stop = new Stop();
    stop.come();

    Instant next = job("campaign:spring:0").run(stop);

    assertThat(shop.sent()).isEmpty();
    assertThat(next).isBeforeOrEqualTo(shop.clock.instant().plusSeconds(10));
  }

  private Job job(String name) {
    return shop.dialer.jobs().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
