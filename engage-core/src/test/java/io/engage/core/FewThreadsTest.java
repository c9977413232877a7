package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.mailbox.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a host that gives few threads may still rely on. */
@Tag("PO-4")
@Tag("PO-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FewThreadsTest {
  private static final AccountId SHOP = Shop.ACCOUNT;

  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private List<AuditFact> told() {
    return street.listener.entries().stream().map(AuditEntry::fact).toList();
  }

  private boolean isTold(Class<? extends AuditFact> fact) {
    return told().stream().anyMatch(fact::isInstance);
  }

  @Test
  void with_a_thread_for_each_loop_and_none_to_spare_the_listener_hears_of_mail() {
    street.engage.close();
    ExecutorService four = Executors.newFixedThreadPool(4);

    try (Engage engage = street.engageOn(street.storage, street.mail, four);
        Running running = engage.start()) {
      patiently().until(() -> engage.mail().health(SHOP).lastGoodSync() != null);
      street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));

      patiently().until(() -> isTold(AuditFact.ConversationOpened.class));
      assertThat(running).isNotNull();
    } finally {
      four.shutdownNow();
    }
  }

  @Test
  void an_account_for_which_there_is_no_thread_is_silent_and_the_listener_hears_of_it() {
    street.engage.close();
    ExecutorService two = Executors.newFixedThreadPool(2);

    try (Engage engage = street.engageOn(street.storage, street.mail, two);
        Running running = engage.start()) {
      patiently().until(() -> !isFresh(engage));
      street.clock.advance(Duration.ofHours(2));

      patiently().until(() -> isTold(AuditFact.MailboxSilent.class));
      assertThat(engage.mail().health(SHOP).silent()).isTrue();
      assertThat(running).isNotNull();
    } finally {
      two.shutdownNow();
    }
  }

  /** Whether nothing is expected of the account yet. */
  private boolean isFresh(Engage engage) {
    street.clock.advance(Duration.ofSeconds(1));
    return engage.mail().health(SHOP).lag().isZero();
  }
}
