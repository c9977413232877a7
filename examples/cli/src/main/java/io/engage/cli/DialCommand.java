package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.dialer.CampaignProgress;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engage dial}: sends a mail to each row of a list, and says what became of them. */
@Command(
    name = "dial",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a template to every row of a list and ends with the counters.",
      "With a database as its store, the same list of the same campaign is gone on with where"
          + " an earlier run of the command stopped, and nobody gets it twice. That takes a key,"
          + " the same in every run."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the server took all of them",
      "1:it did not, or the list cannot be read",
      "2:not understood"
    })
final class DialCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--list", required = true, paramLabel = "FILE", description = "The list, as CSV.")
  private Path list = Path.of("");

  @Option(
      names = "--template",
      required = true,
      paramLabel = "FILE",
      description = "A text with ${fields}; HTML when its name or its first character says so.")
  private Path template = Path.of("");

  @Option(
      names = "--smtp",
      required = true,
      paramLabel = "URL",
      description = "smtps://user@host[:port]; smtp:// means STARTTLS.")
  private String smtp = "";

  @Option(
      names = "--campaign",
      paramLabel = "NAME",
      description = "The campaign that each row names; that of the first row when not given.")
  private @Nullable String campaign;

  @Option(
      names = "--subject",
      defaultValue = "News",
      paramLabel = "TEXT",
      description = "The subject, with ${fields}.")
  private String subject = "News";

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "The sender; the user of the account when not given.")
  private @Nullable String from;

  @Option(
      names = "--connections",
      defaultValue = "8",
      paramLabel = "COUNT",
      description = "How many connections are kept to the server (default: 8).")
  private int connections = 8;

  @Option(
      names = "--per-minute",
      defaultValue = "0",
      paramLabel = "COUNT",
      description = "At most so many mails in a minute; without it as many as the server takes.")
  private int perMinute;

  @Option(names = "--json", description = "Print the counters as a JSON object.")
  private boolean asJson;

  @Mixin private StoreOptions store = new StoreOptions();

  @Mixin private SigningOptions signing = new SigningOptions();

  @Mixin private PasswordOptions password = new PasswordOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  DialCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long started = System.nanoTime();
    Secret key = signing.key(store.isMemory());
    CampaignProgress end;
    try (OpenStore opened = store.open()) {
      end = dial(opened.storage(), key);
    } catch (IllegalArgumentException unusable) {
      throw refused(String.valueOf(unusable.getMessage()));
    } catch (IOException | UncheckedIOException unreadable) {
      console.err().println("The list or the template cannot be read: " + unreadable.getMessage());
      return 1;
    } catch (PortFailure unreachable) {
      console.err().println(unreachable.getMessage());
      return 1;
    }
    print(end, (System.nanoTime() - started) / 1e9);
    RecipientCounts counts = end.counts();
    return end.status() == Status.FINISHED && counts.sent() == counts.total() ? 0 : 1;
  }

  private CampaignProgress dial(Storage storage, Secret key)
      throws IOException, InterruptedException {
    MailAccount account = MailboxUrl.parse(smtp).sendingAccount();
    CampaignOfCommand dialing =
        new CampaignOfCommand(
            storage,
            account,
            password.credential(),
            key,
            from == null ? address(account) : from,
            new CampaignOfCommand.Wish(list, template, campaign, subject, connections, perMinute),
            console.err());
    if (System.console() == null) {
      return dialing.run(any -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder().setTaskName("dial").setUnit(" mails", 1).build()) {
      Consumer<CampaignProgress> show =
          progress -> {
            bar.maxHint(progress.counts().total());
            bar.stepTo(progress.counts().processed());
          };
      return dialing.run(show);
    }
  }

  private static String address(MailAccount account) {
    return account.user().indexOf('@') > 0 ? account.user() : account.user() + "@localhost";
  }

  private void print(CampaignProgress end, double seconds) throws IOException {
    RecipientCounts counts = end.counts();
    if (asJson) {
      ObjectMapper json = new ObjectMapper();
      ObjectNode figures = json.createObjectNode();
      figures.put("status", end.status().code());
      figures.put("processed", counts.processed());
      figures.put("notProcessed", counts.notProcessed());
      figures.put("sent", counts.sent());
      figures.put("failed", counts.failed());
      figures.put("rejected", counts.rejected());
      figures.put("inDoubt", counts.inDoubt());
      figures.put("seconds", seconds);
      console.out().println(json.writeValueAsString(figures));
    } else {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s processed=%d notProcessed=%d sent=%d failed=%d rejected=%d inDoubt=%d"
                  + " seconds=%.2f%n",
              end.status().code(),
              counts.processed(),
              counts.notProcessed(),
              counts.sent(),
              counts.failed(),
              counts.rejected(),
              counts.inDoubt(),
              seconds);
    }
    console.out().flush();
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
