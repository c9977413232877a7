package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.memory.InMemoryStorage;
import io.engage.memory.RecordingListener;
import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.Credential;
import io.engage.spi.IdSource;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import io.engage.spi.TokenServerRefusal;
import io.engage.spi.TokenServerRefusal.Remedy;
import io.engage.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-16")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HealthTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock clock = ManualClock.at(Shop.MORNING);
  private final InMemoryStorage storage = InMemoryStorage.create();
  private final RecordingListener listener = RecordingListener.create();
  private final HealthBook north = nodeOn(storage, "north");

  @Test
  void silence_is_told_by_the_clock_and_once() {
    north.succeeded(Shop.ACCOUNT);

    clock.advance(HOUR.minusSeconds(1));
    north.check();
    int before = silences();
    clock.advance(Duration.ofSeconds(1));
    north.check();
    clock.advance(HOUR);
    north.check();
    north.failed(Shop.ACCOUNT, new IllegalStateException("down"));

    assertThat(before).isZero();
    assertThat(silences()).isEqualTo(1);
    assertThat(north.of(Shop.ACCOUNT).silent()).isTrue();
    assertThat(north.of(Shop.ACCOUNT).isGood()).isFalse();
  }

  @Test
  void each_silence_is_told_and_each_recovery() {
    north.expected(Shop.ACCOUNT);
    for (int round = 0; round < 3; round++) {
      clock.advance(HOUR);
      north.check();
      north.succeeded(Shop.ACCOUNT);
      north.check();
    }

    assertThat(silences()).isEqualTo(3);
    assertThat(listener.facts(AuditFact.MailboxRecovered.class)).hasSize(3);
  }

  @Test
  void an_import_that_goes_on_for_hours_is_not_silent() {
    north.expected(Shop.ACCOUNT);

    for (int batch = 0; batch < 10; batch++) {
      clock.advance(HOUR.dividedBy(2));
      north.advanced(Shop.ACCOUNT);
      north.check();
    }

    assertThat(silences()).isZero();
    assertThat(north.of(Shop.ACCOUNT).lastGoodSync()).isNull();
  }

  @Test
  void of_two_nodes_that_find_the_same_silence_one_tells() {
    HealthBook south = nodeOn(storage, "south");
    PortFailure down = new PortFailure("The mail server is down", true);

    for (int minute = 0; minute < 300; minute += 5) {
      north.failed(Shop.ACCOUNT, down);
      south.failed(Shop.ACCOUNT, down);
      north.check();
      south.check();
      clock.advance(Duration.ofMinutes(5));
    }
    north.succeeded(Shop.ACCOUNT);
    south.lookedAfterElsewhere(Shop.ACCOUNT);
    south.check();

    assertThat(silences()).isEqualTo(1);
    assertThat(listener.facts(AuditFact.MailboxRecovered.class)).hasSize(1);
  }

  @Test
  void what_another_node_looks_after_is_not_silent_here() {
    north.expected(Shop.ACCOUNT);

    for (int minute = 0; minute < 300; minute++) {
      clock.advance(Duration.ofMinutes(1));
      north.lookedAfterElsewhere(Shop.ACCOUNT);
      north.check();
    }

    assertThat(silences()).isZero();
  }

  @Test
  void what_could_not_be_stored_is_told_by_the_next_check() {
    CrashSwitch down = new CrashSwitch();
    HealthBook book = nodeOn(down.over(storage), "north");
    book.expected(Shop.ACCOUNT);
    clock.advance(HOUR);
    down.on = true;
    book.check();
    int whileDown = silences();

    down.on = false;
    book.check();
    book.check();

    assertThat(whileDown).isZero();
    assertThat(silences()).isEqualTo(1);
  }

  @Test
  void health_says_how_far_behind_and_why() {
    north.succeeded(Shop.ACCOUNT);
    clock.advance(Duration.ofMinutes(7));

    north.failed(
        Shop.ACCOUNT,
        new MailAccessFailure(MailAccessFailure.Reason.REFUSED, "IMAP server", "Check it."));

    assertThat(north.of(Shop.ACCOUNT))
        .isEqualTo(
            new AccountHealth(
                Shop.ACCOUNT,
                Shop.MORNING,
                Duration.ofMinutes(7),
                clock.instant(),
                1,
                "nothing listens there",
                false,
                false));
  }

  @Test
  void withdrawn_consent_is_told_once_and_shown_until_it_is_given_again() {
    Street street = new Street();
    TokenServerRefusal withdrawn =
        new TokenServerRefusal(Remedy.CONSENT_AGAIN, "Let the owner of 'shop-mail' consent again.");
    try (Engage engage =
        street.engageOn(street.storage, new FailingMail(street.mail, throwing(withdrawn)))) {
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> engage.mail().sync(Shop.ACCOUNT)).isSameAs(withdrawn);
      }

      AccountHealth health = engage.mail().health(Shop.ACCOUNT);
      assertThat(health.needsConsent()).isTrue();
      assertThat(health.reason()).isEqualTo("Let the owner of 'shop-mail' consent again.");
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(street.listener.facts(AuditFact.ConsentNeeded.class)).hasSize(1));
    }
  }

  @Test
  void a_client_that_is_wrong_is_not_the_owners_business() {
    north.failed(Shop.ACCOUNT, new TokenServerRefusal(Remedy.CORRECT_CLIENT, "Correct it."));

    assertThat(north.of(Shop.ACCOUNT).needsConsent()).isFalse();
    assertThat(north.of(Shop.ACCOUNT).reason()).isEqualTo("Correct it.");
  }

  @Test
  void a_refused_token_needs_consent_until_the_next_good_look() {
    north.failed(
        Shop.ACCOUNT,
        new MailAccessFailure(MailAccessFailure.Reason.TOKEN_REFUSED, "IMAP server", "Look."));
    boolean before = north.of(Shop.ACCOUNT).needsConsent();

    north.succeeded(Shop.ACCOUNT);

    assertThat(before).isTrue();
    assertThat(north.of(Shop.ACCOUNT).needsConsent()).isFalse();
  }

  @Test
  void a_watch_that_hangs_is_told_while_it_hangs() {
    Street street = new Street();
    CountDownLatch gate = new CountDownLatch(1);
    Supplier<RuntimeException> hanging =
        () -> {
          try {
            gate.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return new PortFailure("It was stuck", true);
        };
    try (Engage engage = street.engageOn(street.storage, new FailingMail(street.mail, hanging));
        Running running = engage.start()) {
      Awaitility.await()
          .until(
              () -> {
                street.clock.advance(Duration.ofMinutes(1));
                return street.listener.facts(AuditFact.MailboxSilent.class).size() == 1;
              });
      gate.countDown();

      assertThat(running).isNotNull();
      assertThat(engage.mail().health(Shop.ACCOUNT).silent()).isTrue();
    }
  }

  private int silences() {
    return listener.facts(AuditFact.MailboxSilent.class).size();
  }

  private HealthBook nodeOn(Storage on, String owner) {
    Committing committing =
        new Committing(on, listener, clock, IdSource.randomUuids(), Runnable::run, fact -> fact);
    return new HealthBook(committing, on.leases(), owner, clock, HOUR);
  }

  private static Supplier<RuntimeException> throwing(RuntimeException failure) {
    return () -> failure;
  }

  /** A mail system that lets nobody in. */
  private record FailingMail(MailSystem good, Supplier<RuntimeException> failure)
      implements MailSystem {
    @Override
    public MailSource source() {
      return account -> {
        throw failure.get();
      };
    }

    @Override
    public MailSystem trying(@Nullable Credential credential) {
      return this;
    }

    @Override
    public MailTransport transport() {
      return good.transport();
    }

    @Override
    public MailFormat format() {
      return good.format();
    }
  }

  /** A storage whose commits fail while the switch is on. */
  private static final class CrashSwitch {
    private boolean on;

    Storage over(Storage good) {
      return (Storage)
          java.lang.reflect.Proxy.newProxyInstance(
              Storage.class.getClassLoader(),
              new Class<?>[] {Storage.class},
              (proxy, method, arguments) -> {
                if (on) {
                  throw new PortFailure("The storage is down", true);
                }
                return method.invoke(good, arguments);
              });
    }
  }
}
