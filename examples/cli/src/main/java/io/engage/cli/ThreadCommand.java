package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.core.Engage;
import io.engage.core.MailReader;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.spi.MailFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code engage thread}: which conversations mails make, decided by the real import. The mails are
 * taken in the order of their dates, as they would have arrived.
 */
@Command(
    name = "thread",
    mixinStandardHelpOptions = true,
    description = "Prints the conversations that these mails make, one JSON object per line.")
final class ThreadCommand implements Callable<Integer> {
  private final Console console;
  private final ObjectMapper json = new ObjectMapper();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Mails in RFC 5322 form.")
  private List<String> files = List.of();

  @Option(
      names = "--inbox",
      defaultValue = "inbox@localhost",
      paramLabel = "ADDRESS",
      description = "The address of the inbox that they were sent to, if it matters.")
  private String address = "inbox@localhost";

  @Option(names = "--json", description = "JSON lines; what this command prints anyway.")
  private boolean asJson;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  ThreadCommand(Console console) {
    this.console = console;
  }

  /** A file that could be read, and when its mail says it was written. */
  private record Dated(String file, Instant date, byte[] source) {}

  @Override
  public Integer call() throws IOException {
    MailFormat format = MimeFormat.create();
    List<Dated> mails = new ArrayList<>();
    int exitCode = 0;
    for (String file : files) {
      try {
        mails.add(dated(file, reading.reader()));
      } catch (IOException unreadable) {
        console
            .err()
            .println("The mail '%s' cannot be read: %s".formatted(file, unreadable.getMessage()));
        exitCode = 1;
      }
    }
    mails.sort(Comparator.comparing(Dated::date));
    print(conversations(mails, format));
    return exitCode;
  }

  private static Dated dated(String file, MailReader reader) throws IOException {
    MailFile mail = MailFile.of(Path.of(file));
    OffsetDateTime date = reader.readForImport(mail).mail().headers().date();
    return new Dated(
        file, date == null ? Instant.MAX : date.toInstant(), Files.readAllBytes(mail.path()));
  }

  private Map<ConversationId, List<String>> conversations(List<Dated> mails, MailFormat format) {
    MailAccount account = MailAccount.of("files", "files", ServerEndpoint.loopback(143), null);
    InMemoryMail mail = InMemoryMail.create(format, Clock.systemUTC());
    InMemoryStorage storage = InMemoryStorage.create();
    Map<ServerUid, String> names = new LinkedHashMap<>();
    mails.forEach(each -> names.put(mail.deliver(account.id(), each.source()), each.file()));
    try (Engage engage =
        reading
            .builder()
            .storage(storage)
            .blobs(InMemoryBlobStore.create())
            .mail(mail)
            .customers(InMemoryCustomerDirectory.create())
            .account(account)
            .inbox(Inbox.of("inbox", "Inbox", address, account.id()))
            .build()) {
      engage.mail().sync(account.id());
    }
    return grouped(names, storage);
  }

  private static Map<ConversationId, List<String>> grouped(
      Map<ServerUid, String> names, InMemoryStorage storage) {
    List<LedgerEntry> entries = storage.ledger().entries(names.keySet());
    Map<MessageId, Message> messages =
        storage
            .inboxes()
            .messages(entries.stream().flatMap(entry -> entry.messages().stream()).toList())
            .stream()
            .collect(Collectors.toMap(Message::id, Function.identity()));
    Map<ServerUid, List<Message>> byUid = new HashMap<>();
    for (LedgerEntry entry : entries) {
      byUid.put(
          entry.uid(),
          entry.messages().stream().map(messages::get).filter(Objects::nonNull).toList());
    }
    Map<ConversationId, List<String>> grouped = new LinkedHashMap<>();
    names.forEach(
        (uid, name) ->
            byUid
                .getOrDefault(uid, List.of())
                .forEach(
                    message ->
                        grouped
                            .computeIfAbsent(message.conversation(), any -> new ArrayList<>())
                            .add(name)));
    return grouped;
  }

  private void print(Map<ConversationId, List<String>> conversations) throws IOException {
    int number = 0;
    for (List<String> mails : conversations.values()) {
      ObjectNode object = json.createObjectNode().put("conversation", ++number);
      ArrayNode messages = object.putArray("messages");
      mails.forEach(messages::add);
      console.out().println(json.writeValueAsString(object));
    }
    console.out().flush();
  }
}
