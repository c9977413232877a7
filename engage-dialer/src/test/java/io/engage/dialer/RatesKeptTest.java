package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.Secret;
import io.engage.spi.Paces;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept of how fast a campaign may go. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RatesKeptTest {
  private static final CampaignPlan SLOW =
      CampaignPlan.of("Spring, ${name}")
          .withPace(Pace.UNLIMITED.withPerSecond(10).withPerDomainPerMinute(60));

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final NamedPaces paces = new NamedPaces();
  private final Engage engage =
      Engage.builder()
          .storage(keeping(InMemoryStorage.create()))
          .mail(InMemoryMail.create(MimeFormat.create(), clock))
          .blobs(InMemoryBlobStore.create(clock))
          .customers(InMemoryCustomerDirectory.create())
          .account(CampaignScene.ACCOUNT)
          .inbox(CampaignScene.SHOP)
          .signingKeys(Secret.of("a key that nobody can guess"))
          .clock(clock)
          .build();
  private final Dialer dialer = Dialer.over(engage);
  private final CampaignDesk desk = dialer.deskOf(CampaignScene.CLARA);

  /** Knows the names of what it keeps. */
  private static final class NamedPaces implements Paces {
    private final Paces kept = InMemoryStorage.create().paces();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<byte[]> find(String name) {
      return kept.find(name);
    }

    @Override
    public boolean swap(String name, byte @Nullable [] before, byte[] next) {
      names.add(name);
      return kept.swap(name, before, next);
    }

    @Override
    public void removeAll(String beginning) {
      names.removeIf(name -> name.startsWith(beginning));
      kept.removeAll(beginning);
    }
  }

  private Storage keeping(Storage good) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                method.getName().equals("paces") ? paces : method.invoke(good, arguments));
  }

  @AfterEach
  void close() {
    dialer.close();
    engage.close();
  }

  @Test
  @Tag("PO-6")
  @Tag("DL-9")
  void no_rate_says_to_whose_domain_somebody_wrote() {
    CampaignId spring = finished("Spring");

    assertThat(paces.names).anyMatch(each -> each.startsWith("domain/" + spring.value() + '/'));
    assertThat(paces.names).noneMatch(each -> each.contains("moreno"));
  }

  @Test
  @Tag("DL-9")
  void a_campaign_that_was_ended_leaves_no_rates_and_others_keep_theirs() {
    CampaignId spring = finished("Spring");
    CampaignId summer = finished("Summer");

    desk.cancel(spring);

    assertThat(paces.names).noneMatch(each -> each.contains('/' + spring.value() + '/'));
    assertThat(paces.names).anyMatch(each -> each.contains('/' + summer.value() + '/'));
  }

  @Test
  @Tag("PO-6")
  @Tag("DL-9")
  void a_campaign_that_finished_leaves_no_rates_once_no_limit_looks_back() {
    CampaignId spring = finished("Spring");
    clock.advance(Duration.ofMinutes(59));
    dialer.workOff();
    assertThat(paces.names).anyMatch(each -> each.contains('/' + spring.value() + '/'));
    clock.advance(Duration.ofMinutes(5));

    dialer.workOff();

    assertThat(paces.names).isEmpty();
  }

  @Test
  @Tag("PO-6")
  void a_node_that_was_still_at_work_when_it_was_removed_leaves_no_rates_either() {
    CampaignId spring = finished("Spring");
    desk.lists(spring).findValue().orElseThrow().forEach(each -> desk.deactivate(each.id()));
    desk.remove(spring);
    paces.swap("domain/" + spring.value() + "/late", null, new byte[1]);
    Turns turns =
        new Turns(
            engage.foundation(),
            Settings.USUAL,
            new Patience(clock, any -> {}),
            new PaceBook(engage.foundation(), new AccountPaces(Map.of())),
            new ProgressTelling(engage.foundation(), any -> {}));

    try (Line line = new Line(engage.foundation())) {
      turns.take(spring, line, () -> true);
    }

    assertThat(paces.names).isEmpty();
  }

  private CampaignId finished(String name) {
    Campaign campaign = desk.create(CampaignScene.SHOP.id(), name, SLOW).findValue().orElseThrow();
    String row = name + ";ana@moreno-family.example;Hello;;\"name\":\"Ana\";\n";
    desk.importList(
        campaign.id(),
        ListImport.named("Family").thenActivated(),
        CampaignScene.stream(CampaignScene.HEADER + row));
    desk.start(campaign.id());
    dialer.workOff();
    return campaign.id();
  }
}
