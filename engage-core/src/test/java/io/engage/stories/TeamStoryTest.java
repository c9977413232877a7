package io.engage.stories;

import io.engage.core.Shop;
import io.engage.memory.InMemorySignatures;
import io.engage.model.address.PhoneNumber;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.writing.Signature;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The manual of Team, from the address that mail is forwarded to, to a ticket's last word. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TeamStoryTest {
  private final RealStreet street =
      new RealStreet(
          (street, host) ->
              host.account(
                      MailAccount.of(
                          TeamStage.EVERYTHING.value(), "everything", street.post.imap(), null))
                  .forwardingDomain("in.shop.example", TeamStage.EVERYTHING)
                  .signatures(
                      InMemorySignatures.create()
                          .with(Shop.CLARA.id(), Signature.of("${agent.name}, adviser"))));

  @BeforeEach
  void prepare() {
    street.post.open("everything", "right");
    street.post.open("dealer", "right");
    street.credentials.with(TeamStage.EVERYTHING, Credential.password("right"));
    street.gateway.withFreeNumbers(TeamStage.OURS);
    street
        .directory
        .with("ana", "Ana Silva", Shop.ANA.address(), TeamStage.ANAS)
        .with("ben", "Ben Okafor", Shop.BEN.address())
        .with("gus", "Gus Maier", PhoneNumber.of("+14155550103"));
  }

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("IN-1")
  @Tag("IN-5")
  @Tag("IN-10")
  @Tag("IN-11")
  @Tag("IN-12")
  @Tag("TH-1")
  @Tag("TH-5")
  @Tag("TH-6")
  @Tag("WK-5")
  @Tag("WK-9")
  void the_full_story_of_a_team() throws IOException {
    new TeamAddresses(street).play();
    new TeamRules(street).play();
    new TeamTickets(street).play();
  }
}
