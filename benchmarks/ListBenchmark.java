import io.engage.memory.InMemoryStorage;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Blob;
import io.engage.model.message.Channel;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.Removal;
import io.engage.model.message.TrustLevel;
import io.engage.spi.ConversationSearch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Asks a memory store with many conversations for pages of lists and histories, and looks at each
 * conversation for the same, in turns; CPU time of the thread, so that a busy machine does not
 * show.
 *
 * <p>{@code lists.sh} starts it: {@code ListBenchmark CONVERSATIONS ROUNDS}.
 */
public final class ListBenchmark {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Page.Request PAGE = Page.Request.first(50);
  private static final List<InboxId> INBOXES =
      IntStream.range(0, 4).mapToObj(i -> InboxId.of("inbox-" + i)).toList();
  private static final Set<InboxId> ALL_INBOXES = Set.copyOf(INBOXES);
  private static final String[] WORDS =
      ("order invoice bicycle wheel saddle delivery question repair return size color bell light"
              + " brake chain helmet voucher appointment address payment receipt warranty")
          .split(" ");

  private final InMemoryStorage storage = InMemoryStorage.create();
  private final ConversationSearch search = storage.search();
  private final List<Conversation> conversations = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final Random random = new Random(20_261_122);

  private record Question(String name, Supplier<Integer> asked, Supplier<Integer> scanned) {}

  public static void main(String[] arguments) {
    ListBenchmark benchmark = new ListBenchmark();
    benchmark.fill(Integer.parseInt(arguments[0]));
    benchmark.compare(Integer.parseInt(arguments[1]));
  }

  private void compare(int rounds) {
    System.out.printf(
        Locale.ROOT, "%-44s %12s %12s %9s%n", "median of " + rounds, "asked", "scanned", "ratio");
    for (Question each : questions()) {
      long[] asked = new long[rounds];
      long[] scanned = new long[rounds];
      for (int round = -rounds; round < rounds; round++) { // the first half warms up
        int place = Math.max(0, round);
        asked[place] = nanos(each.asked());
        scanned[place] = nanos(each.scanned());
      }
      if (!each.asked().get().equals(each.scanned().get())) {
        throw new IllegalStateException("They differ: " + each.name());
      }
      double one = median(asked);
      double other = median(scanned);
      System.out.printf(
          Locale.ROOT, "%-44s %9.3f ms %9.3f ms %8.0f x%n", each.name(), one, other, other / one);
    }
  }

  private List<Question> questions() {
    AgentId agent = AgentId.of("agent-7");
    CustomerId customer = CustomerId.of("customer-42");
    ConversationFilter open = ConversationFilter.open();
    Page<Conversation> first = search.find(open, PAGE);
    Conversation last = first.items().get(first.items().size() - 1);
    return List.of(
        list("open, first page", open, each -> true),
        new Question(
            "open, second page",
            () -> search.find(open, PAGE.after(first.next())).items().size(),
            () ->
                scanned(
                    each ->
                        !each.isCompleted()
                            && each.lastMessageAt().isBefore(last.lastMessageAt()))),
        list(
            "open in an inbox, of an agent, unread",
            open.in(INBOXES.get(1)).assignedTo(agent).unread(),
            each ->
                each.inbox().equals(INBOXES.get(1))
                    && agent.equals(each.state().assignee())
                    && each.unread() > 0),
        list(
            "open with a tag",
            open.matching(new Criterion.Tagged("tag-3")),
            each -> each.state().tags().contains("tag-3")),
        new Question(
            "history of a customer",
            () -> search.historyOf(List.of(customer), ALL_INBOXES, null, PAGE).items().size(),
            () -> scannedHistory(customer)),
        words("free text, a common word", "invoice"),
        words("free text, a word of 3 conversations", "zanzibar"),
        words("free text, a word that nobody wrote", "quetzal"),
        list(
            "the same among what an agent has",
            open.assignedTo(agent).matching(anywhere("quetzal")),
            each -> agent.equals(each.state().assignee()) && has(each, "quetzal")));
  }

  private Question words(String name, String word) {
    return list(name, ConversationFilter.open().matching(anywhere(word)), each -> has(each, word));
  }

  private Question list(String name, ConversationFilter filter, Predicate<Conversation> wanted) {
    return new Question(
        name,
        () -> search.find(filter, PAGE).items().size(),
        () -> scanned(each -> !each.isCompleted() && wanted.test(each)));
  }

  /** What somebody would write who has a list and nothing else. */
  private int scanned(Predicate<Conversation> wanted) {
    return conversations.stream()
        .filter(wanted)
        .sorted(Comparator.comparing(Conversation::lastMessageAt).reversed())
        .limit(PAGE.limit())
        .toList()
        .size();
  }

  private int scannedHistory(CustomerId customer) {
    return messages.stream()
        .filter(each -> customer.equals(each.state().customer()))
        .sorted(Comparator.comparing(Message::at).reversed())
        .limit(PAGE.limit())
        .toList()
        .size();
  }

  private static Criterion anywhere(String word) {
    return new Criterion.Any(
        Arrays.stream(TextColumn.values())
            .<Criterion>map(column -> new Criterion.Contains(column, word))
            .toList());
  }

  private static boolean has(Conversation each, String word) {
    return each.subject().toLowerCase(Locale.ROOT).contains(word)
        || each.exchange().preview().toLowerCase(Locale.ROOT).contains(word)
        || each.exchange().label().toLowerCase(Locale.ROOT).contains(word)
        || each.participants().stream().anyMatch(it -> it.value().contains(word));
  }

  private void fill(int count) {
    List<Inbox> inboxes =
        INBOXES.stream()
            .map(
                id ->
                    Inbox.of(
                        id.value(), id.value(), id.value() + "@shop.example", AccountId.of("shop")))
            .toList();
    InboxChange.Builder setup = InboxChange.builder();
    inboxes.forEach(setup::inbox);
    storage.inboxes().commit(setup.audit(audit("setup")).build());
    for (int from = 0; from < count; from += 1000) {
      List<Conversation> some = new ArrayList<>();
      List<Message> theirs = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + 1000); i++) {
        Conversation each = conversation(i, count);
        some.add(each);
        theirs.add(message(i, each));
      }
      storage
          .inboxes()
          .commit(
              InboxChange.builder()
                  .conversations(some)
                  .messages(theirs)
                  .audit(audit("batch-" + from))
                  .build());
      conversations.addAll(some);
      messages.addAll(theirs);
    }
  }

  private static List<AuditEntry> audit(String id) {
    return List.of(
        new AuditEntry(
            AuditEntryId.of(id),
            START,
            Actor.CONFIGURATION,
            AuditSubject.NONE,
            new AuditFact.QuickRepliesChanged(0)));
  }

  private Conversation conversation(int i, int count) {
    Instant at = START.plusSeconds(i);
    boolean isRare = i % (count / 3) == count / 6;
    return new Conversation(
        ConversationId.of("conversation-" + i),
        INBOXES.get(random.nextInt(INBOXES.size())),
        Channel.EMAIL,
        text(4) + (isRare ? " Zanzibar" : ""),
        Set.of(EmailAddress.of("person-" + random.nextInt(count / 4) + "@customer.example")),
        1,
        random.nextInt(3) == 0 ? 1 : 0,
        at,
        at,
        Conversation.Exchange.NONE.withNewest("Person " + i, text(24)),
        new Conversation.State(
            random.nextBoolean() ? AgentId.of("agent-" + random.nextInt(20)) : null,
            CustomerId.of("customer-" + random.nextInt(count / 5)),
            !isRare && random.nextInt(10) < 3 ? at : null,
            random.nextInt(5) == 0 ? Set.of("tag-" + random.nextInt(10)) : Set.of(),
            Conversation.State.USUAL_PRIORITY,
            false),
        0);
  }

  private Message message(int i, Conversation of) {
    return new Message(
        MessageId.of("message-" + i),
        of.id(),
        of.inbox(),
        Channel.EMAIL,
        Direction.INBOUND,
        MessageKind.PERSON,
        TrustLevel.CLAIMED,
        MailHeaders.EMPTY,
        null,
        "",
        List.of(),
        new Blob(digest(i), 1),
        of.lastMessageAt(),
        new Message.State(false, Removal.NONE, of.state().customer(), null, Delivery.NONE),
        0);
  }

  private static ContentDigest digest(int i) {
    byte[] bytes = new byte[32];
    for (int place = 0; place < 4; place++) {
      bytes[place] = (byte) (i >>> 8 * place);
    }
    return ContentDigest.of(bytes);
  }

  private String text(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.substring(0, Math.min(text.length(), Message.PREVIEW_LENGTH - 20));
  }

  private static long nanos(Supplier<Integer> question) {
    long began = THREADS.getCurrentThreadCpuTime();
    if (question.get() < 0) {
      throw new IllegalStateException("Nothing is less than nothing");
    }
    return THREADS.getCurrentThreadCpuTime() - began;
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e6;
  }
}
