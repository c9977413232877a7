package io.engage.dialer;

import io.engage.core.Engage;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.inbox.Credential;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A process of its own that dials a campaign, and may be killed at any moment. */
final class DialUntilKilled {
  static final int GROUP = 10;

  private DialUntilKilled() {}

  /**
   * @param arguments journal, port of the server, doubt, number of rows, which life it is; it
   *     prints a line before and after each step, and at the end what became of each row
   */
  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[3]);
    try (Mailing shop = new Mailing()) {
      shop.clock.advance(Duration.ofMinutes(11).multipliedBy(Integer.parseInt(arguments[4])));
      shop.running(
          CampaignPlan.of("News for ${name}").withDoubt(Doubt.valueOf(arguments[2])), rows);
      Recipients recipients =
          JournaledRecipients.over(shop.storage.recipients(), Path.of(arguments[0]));
      ImapMail mail =
          ImapMail.create(
              InMemoryCredentials.create().with(Mailing.ACCOUNT, Credential.password("watch")));
      try (Engage engage =
          shop.engageOn(with(shop.storage, recipients), mail, Integer.parseInt(arguments[1]))) {
        dial(shop, Dialer.builder(engage).claimAtOnce(30).markAtOnce(GROUP).build());
      }
      recipients
          .of(Mailing.LIST, Set.of(), 0, rows)
          .forEach(each -> System.out.println(each.address() + " " + each.state().status()));
    }
    System.out.println("end");
  }

  private static void dial(Mailing shop, Dialer dialer) {
    for (Optional<Instant> next = dialer.workOff(); next.isPresent(); next = dialer.workOff()) {
      shop.clock.set(next.get());
    }
  }

  private static Storage with(Storage storage, Recipients recipients) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("recipients")
                    ? recipients
                    : method.invoke(storage, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
