package io.engage.dialer;

import static io.engage.dialer.Mailing.LIST;
import static io.engage.dialer.Mailing.SPRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.memory.InMemoryBlobStore;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.message.FileName;
import io.engage.spi.BlobStore;
import io.engage.spi.PortFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Five customers, the first of whom gets a file; and a store that does not hand it out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AbsentFilesTest {
  private final Mailing shop = new Mailing();
  private final InMemoryBlobStore files = InMemoryBlobStore.create(shop.clock);
  private final AtomicInteger opened = new AtomicInteger();

  @BeforeEach
  void run() throws IOException {
    shop.running(CampaignPlan.of("News for ${name}"), 4);
    shop.keep(
        new CampaignAttachment(
            "plan",
            SPRING,
            FileName.of("plan.pdf"),
            "application/pdf",
            files.put(new ByteArrayInputStream("A plan".getBytes(StandardCharsets.UTF_8))),
            0));
    shop.storage
        .recipients()
        .add(
            List.of(
                new Recipient(
                    RecipientId.of(LIST, 5),
                    Mailing.address(5).value(),
                    1,
                    new Recipient.Row("", List.of("plan"), Map.of("name", "Vera")),
                    RecipientState.PENDING)));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("DL-12")
  @Tag("G-43")
  void a_row_whose_file_cannot_be_read_for_now_waits_and_the_others_go() {
    Instant back = shop.clock.instant().plusSeconds(45);
    try (Engage engage = engage(() -> shop.clock.instant().isBefore(back) ? away(true) : null)) {
      Dialer dialer = Dialer.over(engage);
      shop.clock.set(dialer.workOff().orElseThrow());

      Optional<Instant> next = dialer.workOff();

      assertThat(shop.state(5).status()).isEqualTo(RecipientStatus.PENDING);
      assertThat(shop.state(5).outcome().why()).isEqualTo(Why.NOT_COMPOSED);
      assertThat(shop.counts().sent()).isEqualTo(4);
      assertThat(shop.counts().inDoubt()).isZero();
      shop.clock.set(next.orElseThrow());
      dialer.workOff();
    }
    assertThat(shop.sent()).hasSize(5).doesNotHaveDuplicates();
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-12")
  @Tag("G-43")
  void a_file_that_a_store_never_hands_out_again_is_given_up_in_the_end() {
    try (Engage engage = engage(() -> away(true))) {
      Dialer dialer = Dialer.over(engage);

      for (Optional<Instant> next = dialer.workOff(); next.isPresent(); next = dialer.workOff()) {
        shop.clock.set(next.get());
      }
    }

    assertThat(shop.state(5).status()).isEqualTo(RecipientStatus.FAILED);
    assertThat(opened).hasValueBetween(5, 20);
    assertThat(shop.counts().sent()).isEqualTo(4);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-12")
  @Tag("G-43")
  void a_store_that_can_never_hand_it_out_or_breaks_in_its_own_way_fails_that_row_alone() {
    try (Engage engage =
        engage(() -> opened.get() == 1 ? away(false) : new IllegalStateException("broken"))) {

      Dialer.over(engage).workOff();
    }

    assertThat(shop.state(5).status()).isEqualTo(RecipientStatus.FAILED);
    assertThat(shop.state(5).outcome().why()).isEqualTo(Why.NOT_COMPOSED);
    assertThat(shop.counts().sent()).isEqualTo(4);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  private static RuntimeException away(boolean retryable) {
    return new PortFailure("The store is away", retryable);
  }

  /**
   * @param failure what opening a file ends with; null when it goes well
   */
  private Engage engage(Supplier<@Nullable RuntimeException> failure) {
    BlobStore failing =
        (BlobStore)
            Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(),
                new Class<?>[] {BlobStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("open")) {
                    opened.incrementAndGet();
                    RuntimeException failed = failure.get();
                    if (failed != null) {
                      throw failed;
                    }
                  }
                  try {
                    return method.invoke(files, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
    return shop.engageOn(shop.storage, shop.mail, 25, failing);
  }
}
