package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.StoredAccount;
import io.engage.testkit.peers.Dovecot;
import io.engage.testkit.peers.SmtpSink;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settings are tried on a real IMAP server and a real SMTP server. */
@Tag("IN-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RealSetupTest {
  private static final Credential RIGHT = Credential.password(Dovecot.PASSWORD);

  private final InMemoryStorage storage = InMemoryStorage.create();
  private Dovecot dovecot;
  private SmtpSink sink;
  private Engage engage;
  private SetupDesk setup;

  @BeforeEach
  void start() {
    dovecot = Dovecot.start();
    sink = SmtpSink.start();
    engage =
        Engage.builder()
            .storage(storage)
            .blobs(InMemoryBlobStore.create())
            .mail(ImapMail.create(InMemoryCredentials.create()))
            .customers(InMemoryCustomerDirectory.create())
            .signingKeys(Shop.KEY)
            .build();
    setup = engage.setupOf(Shop.CLARA);
  }

  @AfterEach
  void stop() {
    if (engage != null) {
      engage.close();
    }
    if (sink != null) {
      sink.close();
    }
    if (dovecot != null) {
      dovecot.close();
    }
  }

  private MailAccount account(int imapPort) {
    return MailAccount.of(
        Shop.ACCOUNT.value(),
        "shop",
        ServerEndpoint.loopback(imapPort),
        ServerEndpoint.loopback(sink.port()));
  }

  @Test
  void with_the_right_password_all_is_green_and_the_inbox_is_there() {
    Outcome<SavedInbox> outcome =
        setup.saveInbox(Shop.shop(), new StoredAccount(account(dovecot.port()), 0), RIGHT);

    assertThat(outcome.findValue().orElseThrow().check())
        .isNotNull()
        .matches(AccountCheck::isGreen);
    assertThat(engage.inboxes()).extracting(Inbox::id).containsExactly(Shop.shop().id());
  }

  @Test
  @Tag("G-34")
  void with_a_wrong_password_there_is_no_inbox_and_the_reason_does_not_repeat_it() {
    Outcome<SavedInbox> outcome =
        setup.saveInbox(
            Shop.shop(),
            new StoredAccount(account(dovecot.port()), 0),
            Credential.password("hunter2-wrong"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("did not accept user and password")
                    .doesNotContain("hunter2"));
    assertThat(engage.inboxes()).isEmpty();
    assertThat(storage.documents().find(List.of(new StoredAccount(account(1), 0).key()))).isEmpty();
  }

  @Test
  void a_port_where_nothing_listens_is_red_with_advice() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }

    AccountCheck check =
        setup.check(Shop.shop().id(), account(nobody), RIGHT).findValue().orElseThrow();

    assertThat(check.isGreen(AccountCheck.Server.IMAP)).isFalse();
    assertThat(check.isGreen(AccountCheck.Server.SMTP)).isTrue();
    assertThat(check.isCredentialWrong()).isFalse();
    assertThat(check.reason()).contains("nothing listens there").contains("Check the port");
  }

  @Test
  @Tag("G-33")
  @Timeout(60)
  void a_server_that_says_nothing_is_given_up_soon() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      AccountCheck check =
          setup
              .check(Shop.shop().id(), account(silent.getLocalPort()), RIGHT)
              .findValue()
              .orElseThrow();

      assertThat(check.reason()).contains("did not answer in time");
    }
  }
}
