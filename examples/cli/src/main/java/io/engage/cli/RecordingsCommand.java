package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.core.ExportedRecordings;
import io.engage.core.Outcome;
import io.engage.core.RecordingForm;
import io.engage.core.RecordingFormat;
import io.engage.model.address.Address;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engage recordings}: finds, prints and exports the conversations of a store. */
@Command(
    name = "recordings",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Finds, prints and exports conversations, finished and running.")
final class RecordingsCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Console console;
  private final ObjectMapper json = new ObjectMapper();

  RecordingsCommand(Console console) {
    this.console = console;
  }

  /** {@code engage recordings search}: a line for each that is found. */
  @Command(
      name = "search",
      mixinStandardHelpOptions = true,
      description =
          "Lists the conversations that are looked for, the newest first (with --led the oldest).")
  int search(
      @Mixin RecordingsStore store,
      @Mixin RecordingOptions wanted,
      @Option(
              names = "--limit",
              defaultValue = "50",
              paramLabel = "COUNT",
              description = "At most so many, up to 1000 (default: 50).")
          int limit,
      @Option(names = "--json", description = "A JSON object for each.") boolean asJson) {
    int most = Math.max(1, Math.min(limit, Page.Request.MOST));
    return done(
        store,
        desk -> {
          Outcome<Page<Conversation>> found =
              desk.search(wanted.search(), Page.Request.first(most));
          found.findValue().ifPresent(page -> print(page, wanted.zone(), asJson));
          return exitCode(found);
        });
  }

  private void print(Page<Conversation> page, ZoneId zone, boolean asJson) {
    page.items().forEach(each -> print(each, zone, asJson));
    if (page.next() != null) {
      console.err().println("There are more. Narrow it, or export them.");
    }
  }

  private void print(Conversation conversation, ZoneId zone, boolean asJson) {
    if (asJson) {
      ObjectNode object = json.createObjectNode();
      object.put("id", conversation.id().value());
      object.put("number", conversation.number().value());
      object.put("inbox", conversation.inbox().value());
      object.put("state", conversation.queueState().code());
      object.put("lastMessageAt", conversation.lastMessageAt().toString());
      object.put("messages", conversation.messages());
      conversation.participants().forEach(each -> object.withArray("with").add(each.value()));
      object.put("subject", conversation.subject());
      console.out().println(object);
    } else {
      console
          .out()
          .printf(
              "%s  %s  %s  %s  %s  %s%n",
              conversation.id(),
              TIME.format(conversation.lastMessageAt().atZone(zone)),
              conversation.inbox(),
              conversation.queueState().code(),
              conversation.participants().stream().findFirst().map(Address::value).orElse("-"),
              conversation.subject());
    }
  }

  /** {@code engage recordings print}: one conversation as a page for paper. */
  @Command(
      name = "print",
      mixinStandardHelpOptions = true,
      description =
          "Writes one conversation as an HTML page that needs nothing else, to be opened and"
              + " printed.")
  int print(
      @Parameters(paramLabel = "CONVERSATION", description = "Its id.") String conversation,
      @Mixin RecordingsStore store,
      @Mixin WrittenOptions written,
      @Option(
              names = "--zone",
              paramLabel = "ZONE",
              description = "In which times are given (default: where this runs).")
          @Nullable ZoneId zone) {
    ConversationId id = ConversationId.of(conversation);
    RecordingForm form = written.form(zone == null ? ZoneId.systemDefault() : zone);
    return done(store, desk -> exitCode(written.write(console, to -> desk.print(id, form, to))));
  }

  /** {@code engage recordings export}: one conversation, or all that are looked for. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes one conversation, or all that are looked for, into one file.")
  int export(
      @Parameters(
              arity = "0..1",
              paramLabel = "CONVERSATION",
              description = "Its id; without it, all that are looked for.")
          @Nullable String conversation,
      @Option(
              names = "--format",
              required = true,
              paramLabel = "FORMAT",
              description = "mbox, a file of mails; or json, a line for each thing.")
          RecordingFormat format,
      @Mixin RecordingsStore store,
      @Mixin RecordingOptions wanted,
      @Mixin WrittenOptions written) {
    RecordingForm form = written.form(wanted.zone());
    return done(
        store,
        desk ->
            exitCode(
                written.write(
                    console,
                    to ->
                        conversation == null
                            ? desk.export(wanted.search(), format, form, to)
                            : desk.export(ConversationId.of(conversation), format, form, to))));
  }

  private int done(RecordingsStore store, RecordingsStore.Act act) {
    try {
      return store.with(act);
    } catch (PortFailure | IOException failed) {
      console.err().println("It was not done: " + failed.getMessage());
      return 1;
    }
  }

  private int exitCode(Outcome<?> outcome) {
    if (outcome.findValue().orElse(null) instanceof ExportedRecordings written
        && written.gone() > 0) {
      console.err().printf("%d messages have lost their bytes.%n", written.gone());
      return 1;
    }
    if (!outcome.isDone()) {
      console
          .err()
          .println(
              outcome instanceof Outcome.Refused<?> refused
                  ? refused.reason()
                  : "There is no such conversation.");
    }
    return outcome.isDone() ? 0 : 1;
  }
}
