package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.core.Engage;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.ParsedMail;
import io.engage.spi.MailFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code engage thread}: which conversations mails make, decided by the real import, and why. The
 * mails are taken as they would have arrived, whatever the order of the files.
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
      paramLabel = "ADDRESS",
      description = "The address of the inbox that they were sent to; guessed when not given.")
  private @Nullable String address;

  @Option(names = "--json", description = "JSON lines; what this command prints anyway.")
  private boolean asJson;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  ThreadCommand(Console console) {
    this.console = console;
  }

  /** A file that could be read. */
  private record Read(String file, ParsedMail mail, Path path) {}

  /** Where a mail ended. */
  private record Filed(String file, Message message) {}

  @Override
  public Integer call() throws IOException {
    MailFormat format = MimeFormat.create();
    List<Read> mails = new ArrayList<>();
    int exitCode = 0;
    for (String file : files) {
      try {
        MailFile mail = MailFile.of(Path.of(file));
        mails.add(new Read(file, reading.reader().readForImport(mail).mail(), mail.path()));
      } catch (IOException | InvalidPathException unreadable) {
        refuse(file, unreadable.getMessage());
        exitCode = 1;
      }
    }
    return Math.max(
        exitCode,
        printConversations(
            ArrivalOrder.of(mails, each -> each.mail().headers(), Read::file), format));
  }

  private void refuse(String file, @Nullable String reason) {
    console.err().println("The mail '%s' cannot be read: %s".formatted(file, reason));
  }

  private String inboxAddress(List<Read> mails) {
    return address != null
        ? address
        : InboxGuess.of(mails.stream().map(Read::mail).toList())
            .map(EmailAddress::value)
            .orElse("inbox@localhost");
  }

  private int printConversations(List<Read> mails, MailFormat format) throws IOException {
    MailAccount account = MailAccount.of("files", "files", ServerEndpoint.loopback(143), null);
    InMemoryMail mail = InMemoryMail.create(format, Clock.systemUTC());
    InMemoryStorage storage = InMemoryStorage.create();
    Map<ServerUid, String> names = new LinkedHashMap<>();
    for (Read each : mails) {
      names.put(mail.deliver(account.id(), Files.readAllBytes(each.path())), each.file());
    }
    try (Engage engage =
        reading
            .builder()
            .storage(storage)
            .blobs(InMemoryBlobStore.create())
            .mail(mail)
            .customers(InMemoryCustomerDirectory.create())
            .account(account)
            .inbox(Inbox.of("inbox", "Inbox", inboxAddress(mails), account.id()))
            .build()) {
      engage.mail().sync(account.id());
    }
    Map<ConversationId, List<Filed>> grouped = grouped(names, storage);
    print(grouped.values(), storage);
    return nameTheMissing(names.values(), grouped.values());
  }

  /** A mail that could not be taken over is in quarantine, not in a conversation. */
  private int nameTheMissing(Collection<String> names, Collection<List<Filed>> grouped) {
    Set<String> filed =
        grouped.stream().flatMap(List::stream).map(Filed::file).collect(Collectors.toSet());
    List<String> missing = names.stream().filter(name -> !filed.contains(name)).toList();
    missing.forEach(name -> refuse(name, "it belongs to no conversation"));
    return missing.isEmpty() ? 0 : 1;
  }

  private static Map<ConversationId, List<Filed>> grouped(
      Map<ServerUid, String> names, InMemoryStorage storage) {
    List<LedgerEntry> entries = storage.ledger().entries(names.keySet());
    Map<MessageId, Message> messages =
        storage
            .inboxes()
            .messages(entries.stream().flatMap(entry -> entry.messages().stream()).toList())
            .stream()
            .collect(Collectors.toMap(Message::id, Function.identity()));
    Map<ServerUid, LedgerEntry> byUid =
        entries.stream().collect(Collectors.toMap(LedgerEntry::uid, Function.identity()));
    Map<ConversationId, List<Filed>> grouped = new LinkedHashMap<>();
    names.forEach(
        (uid, name) ->
            Stream.ofNullable(byUid.get(uid))
                .flatMap(entry -> entry.messages().stream())
                .flatMap(id -> Stream.ofNullable(messages.get(id)))
                .map(message -> new Filed(name, message))
                .forEach(filed -> add(filed, grouped)));
    return grouped;
  }

  private static void add(Filed filed, Map<ConversationId, List<Filed>> grouped) {
    grouped.computeIfAbsent(filed.message().conversation(), any -> new ArrayList<>()).add(filed);
  }

  private void print(Collection<List<Filed>> conversations, InMemoryStorage storage)
      throws IOException {
    int number = 0;
    for (List<Filed> mails : conversations) {
      ObjectNode object = json.createObjectNode().put("conversation", ++number);
      ArrayNode messages = object.putArray("messages");
      mails.forEach(each -> messages.add(each.file()));
      ArrayNode decisions = object.putArray("decisions");
      mails.forEach(each -> explain(each, storage, decisions.addObject()));
      console.out().println(json.writeValueAsString(object));
    }
    console.out().flush();
  }

  /** As the audit trail keeps it. */
  private static void explain(Filed filed, InMemoryStorage storage, ObjectNode object) {
    Message message = filed.message();
    object
        .put("file", filed.file())
        .put("kind", message.kind().code())
        .put("trust", message.trust().code());
    for (AuditEntry entry : storage.audit().ofMessage(message.id())) {
      AuditFact fact = entry.fact();
      if (!message.id().equals(entry.subject().message())) {
        continue;
      }
      if (fact instanceof AuditFact.Received received) {
        object.put("evidence", received.evidence());
      } else if (fact instanceof AuditFact.ConversationOpened opened) {
        object.put("thread", "opened: " + opened.reason());
      } else if (fact instanceof AuditFact.ConversationJoined joined) {
        object.put("thread", "joined: " + joined.reason());
      } else if (fact instanceof AuditFact.FiledUnder under) {
        object.put("thread", "filed: " + under.reason());
      }
    }
  }
}
