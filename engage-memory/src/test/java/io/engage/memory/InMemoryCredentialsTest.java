package io.engage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.Credential;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Credentials;
import io.engage.testkit.CredentialsContract;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryCredentialsTest {
  private static final Credential OLD = Credential.accessToken("old-token");
  private static final Credential FRESH = Credential.accessToken("fresh-token");
  private static final Credential FRESHER = Credential.accessToken("fresher-token");

  @Nested
  class Passwords extends CredentialsContract {
    @Override
    protected Credentials credentials() {
      return InMemoryCredentials.create().with(account(), Credential.password("open-sesame"));
    }

    @Override
    protected AccountId account() {
      return Sample.SHOP;
    }

    @Override
    protected boolean renews() {
      return false;
    }
  }

  @Nested
  class Tokens extends CredentialsContract {
    @Override
    protected Credentials credentials() {
      return InMemoryCredentials.create().with(account(), OLD, FRESH, FRESHER);
    }

    @Override
    protected AccountId account() {
      return Sample.SHOP;
    }

    @Override
    protected boolean renews() {
      return true;
    }
  }

  @Test
  void of_many_whose_token_was_refused_all_get_the_same_fresh_one() {
    InMemoryCredentials credentials =
        InMemoryCredentials.create().with(Sample.SHOP, OLD, FRESH, FRESHER);

    List<Credential> renewed = Race.run(8, () -> credentials.renewed(Sample.SHOP, OLD));

    assertThat(renewed).containsOnly(FRESH);
  }
}
