package io.engage.core;

import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.NamedAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import io.engage.model.message.MessageId;
import io.engage.model.message.Reply;
import io.engage.model.writing.DraftId;
import io.engage.model.writing.NoteId;
import io.engage.spi.Permissions;
import io.engage.spi.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goes through all that an agent can do: a new method of a desk gets a row in {@link #ROWS}, or
 * stands in {@link #WITHOUT_A_ROW} with the reason.
 */
@Tag("TH-6")
@Tag("WK-10")
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryActionTest {
  /** Desks whose methods have to be in the table. */
  private static final List<Class<?>> DESKS = List.of(AgentDesk.class, AuditDesk.class);

  /** Which other test looks at it, or why nothing has to be looked at. */
  private static final Map<String, String> WITHOUT_A_ROW =
      Map.of(
          "AgentDesk.agent", "says whose desk it is",
          "AgentDesk.customers", "a desk of its own: CustomerDeskTest",
          "AgentDesk.writing", "a desk of its own: the tests of writing",
          "AgentDesk.calendar", "a desk of its own: CalendarDeskTest",
          "AgentDesk.texting", "a desk of its own: the tests of texting",
          "AgentDesk.leave", "ends one's own presence, for which nobody is asked",
          "AgentDesk.findCustomers", "asks the host's directory, which the host protects",
          "AgentDesk.list", "leaves out what may not be read: WorkTest",
          "AgentDesk.history", "leaves out what may not be read: WorkTest",
          "AgentDesk.saveAttachment", "reads as open does: WorkTest");

  /** What an agent does, what the host is asked, and which facts it leaves. */
  private record Row(String method, AgentAction action, Act before, Act act, List<String> facts) {

    Row after(Act needed) {
      return new Row(method, action, needed, act, facts);
    }

    @Override
    public String toString() {
      return method + " " + facts;
    }
  }

  @FunctionalInterface
  private interface Act {
    Object on(Scene scene) throws IOException;
  }

  private static final Page.Request FIRST = Page.Request.first(10);

  /** The whole trail is of every inbox, and a transfer has two ends. */
  private static final Set<AgentAction> CONCERNING_BOTH =
      Set.of(AgentAction.READ_AUDIT, AgentAction.TRANSFER);

  private static final NamedAddress CARL = NamedAddress.of("Carl Cox", "carl@customer.example");

  private static final List<Row> ROWS =
      List.of(
          row("messages", AgentAction.READ, it -> it.clara.messages(it.bike, FIRST)),
          row(
                  "open",
                  AgentAction.READ,
                  it -> it.clara.open(it.mail),
                  "marked-read",
                  "receiving: linked-to-customer")
              .after(it -> it.street.customers.with("carl", "Carl", CARL.address())),
          row("assign", AgentAction.ASSIGN, it -> it.clara.assign(it.ids(), Shop.DIRK), "assigned"),
          row("take", AgentAction.ASSIGN, it -> it.clara.take(it.ids()), "assigned"),
          row("handBack", AgentAction.ASSIGN, it -> it.clara.handBack(it.ids()), "handed-back")
              .after(it -> it.dirk.take(it.ids())),
          row(
              "link",
              AgentAction.LINK,
              it -> it.clara.link(it.ids(), CustomerId.of("ben")),
              "linked-to-customer"),
          row(
              "createCustomer",
              AgentAction.CREATE_CUSTOMER,
              it -> it.clara.createCustomer(it.mail, "Ana"),
              "customer-created"),
          row("complete", AgentAction.COMPLETE, it -> it.clara.complete(it.ids()), "completed"),
          row("reopen", AgentAction.COMPLETE, it -> it.clara.reopen(it.ids()), "reopened")
              .after(it -> it.dirk.complete(it.ids())),
          row("markRead", AgentAction.READ, it -> it.clara.markRead(it.ids()), "marked-read"),
          row("markUnread", AgentAction.READ, it -> it.clara.markUnread(it.ids()), "marked-unread")
              .after(it -> it.dirk.markRead(it.ids())),
          row("delete", AgentAction.DELETE, it -> it.clara.delete(it.ids()), "deleted"),
          row(
              "deleteMessages",
              AgentAction.DELETE,
              it -> it.clara.deleteMessages(List.of(it.mail)),
              "deleted"),
          row(
              "reply",
              AgentAction.REPLY,
              it -> it.clara.reply(it.mail, Reply.of("On Friday.")),
              "reply-queued"),
          row(
              "reply",
              AgentAction.REPLY,
              it -> it.clara.reply(it.bike, Reply.of("On Friday.")),
              "reply-queued"),
          row(
              "transfer",
              AgentAction.TRANSFER,
              it -> it.clara.transfer(it.ids(), Shop.shop().id()),
              "transferred"),
          row("tag", AgentAction.TAG, it -> it.clara.tag(it.ids(), "urgent"), "tagged"),
          row("untag", AgentAction.TAG, it -> it.clara.untag(it.ids(), "urgent"), "untagged")
              .after(it -> it.dirk.tag(it.ids(), "urgent")),
          row(
              "prioritize",
              AgentAction.TAG,
              it -> it.clara.prioritize(it.ids(), 3),
              "priority-changed"),
          row("note", AgentAction.NOTE, it -> it.clara.note(it.ids(), "Call back"), "noted"),
          row("notes", AgentAction.READ, it -> it.clara.notes(it.bike, FIRST)),
          row("removeNote", AgentAction.NOTE, it -> it.clara.removeNote(it.note()), "note-removed")
              .after(it -> it.clara.note(it.ids(), "Call back")),
          row("besides", AgentAction.READ, it -> it.clara.besides(it.bike, FIRST)),
          row("attend", AgentAction.READ, it -> it.clara.attend(it.bike, true)),
          row("attending", AgentAction.READ, it -> it.clara.attending(it.bike)),
          row("rating", AgentAction.READ, it -> it.clara.rating(it.mail)),
          row("auditTrail", AgentAction.READ, it -> it.clara.auditTrail(it.bike)),
          row("auditTrail", AgentAction.READ, it -> it.clara.auditTrail(it.mail)),
          audit("newest", it -> it.auditor.newest(10)),
          audit("verify", it -> it.auditor.verify()),
          audit("verifySince", it -> it.auditor.verifySince(AuditAnchor.START)),
          audit("export", it -> it.auditor.export(new ByteArrayOutputStream()), "audit-exported"),
          audit(
              "exportSince",
              it -> it.auditor.exportSince(AuditAnchor.START, new ByteArrayOutputStream()),
              "audit-exported"));

  @Test
  void nothing_that_an_agent_can_do_is_left_out() {
    Set<String> known =
        ROWS.stream().map(Row::method).collect(Collectors.toCollection(TreeSet::new));
    known.addAll(WITHOUT_A_ROW.keySet());

    Set<String> all =
        DESKS.stream()
            .flatMap(desk -> Arrays.stream(desk.getDeclaredMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(EveryActionTest::nameOf)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(known).containsAll(all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void what_is_done_leaves_exactly_its_facts_by_whom_it_was_done(Row row) throws IOException {
    try (Scene scene = new Scene(row)) {
      assertThat(byWhom(scene.play())).containsExactlyInAnyOrderElementsOf(row.facts());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void the_host_is_asked_first_about_agent_action_and_inbox_with_nothing_locked(Row row)
      throws IOException {
    try (Scene scene = new Scene(row)) {
      scene.play();

      assertThat(scene.host.asked)
          .contains(new Asked(Shop.CLARA, row.action(), Shop.workshop().id()));
      assertThat(scene.host.blocked).isFalse();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void what_is_refused_changes_nothing_and_is_recorded(Row row) throws IOException {
    try (Scene scene = new Scene(row)) {
      scene.host.refuse(row.action(), Shop.workshop().id());
      List<Object> before = scene.all();

      List<AuditEntry> left = scene.play();

      assertThat(left)
          .extracting(AuditEntry::fact)
          .containsExactly(new AuditFact.ActionRefused(row.action().code(), "Ask Dirk"));
      assertThat(left).allMatch(each -> each.actor().equals(Actor.agent(Shop.CLARA)));
      assertThat(scene.all()).isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void a_refusal_elsewhere_or_of_something_else_hinders_nobody(Row row) throws IOException {
    try (Scene scene = new Scene(row)) {
      if (!CONCERNING_BOTH.contains(row.action())) {
        scene.host.refuse(row.action(), Shop.shop().id());
      }
      Arrays.stream(AgentAction.values())
          .filter(action -> action != row.action())
          .forEach(action -> scene.host.refuse(action, Shop.shop().id()));

      assertThat(byWhom(scene.play())).containsExactlyInAnyOrderElementsOf(row.facts());
    }
  }

  static Stream<Row> rows() {
    return ROWS.stream();
  }

  private static Row row(String method, AgentAction action, Act act, String... facts) {
    return new Row("AgentDesk." + method, action, it -> it, act, List.of(facts));
  }

  private static Row audit(String method, Act act, String... facts) {
    return new Row("AuditDesk." + method, AgentAction.READ_AUDIT, it -> it, act, List.of(facts));
  }

  private static String nameOf(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  /** Clara's facts by their names alone; those of others with who did it. */
  private static List<String> byWhom(List<AuditEntry> entries) {
    return entries.stream()
        .map(
            each ->
                each.actor().equals(Actor.agent(Shop.CLARA))
                    ? each.fact().code()
                    : each.actor().id() + ": " + each.fact().code())
        .toList();
  }

  private record Asked(Agent agent, AgentAction action, InboxId inbox) {}

  /**
   * A host that refuses what it is told to, and looks whether anybody holds the store meanwhile.
   */
  private static final class Host implements Permissions {
    private final Storage storage;
    private final Set<Asked> asked = new HashSet<>();
    private final Set<Asked> refused = new HashSet<>();
    private boolean blocked;

    Host(Storage storage) {
      this.storage = storage;
    }

    void refuse(AgentAction action, InboxId inbox) {
      refused.add(new Asked(Shop.CLARA, action, inbox));
    }

    @Override
    public Map<InboxId, Permission> check(
        Agent agent, AgentAction action, Collection<InboxId> inboxes) {
      blocked |= !canBeWrittenByOthers();
      Map<InboxId, Permission> answers = new HashMap<>();
      for (InboxId inbox : inboxes) {
        Asked question = new Asked(agent, action, inbox);
        asked.add(question);
        answers.put(
            inbox,
            refused.contains(question) ? Permission.refused("Ask Dirk") : Permission.granted());
      }
      return answers;
    }

    private boolean canBeWrittenByOthers() {
      try {
        CompletableFuture.runAsync(() -> storage.drafts().discard(DraftId.of("none")))
            .get(30, TimeUnit.SECONDS);
        return true;
      } catch (InterruptedException | ExecutionException | TimeoutException held) {
        return false;
      }
    }
  }

  /** One conversation in the workshop, and another inbox beside it. */
  private static final class Scene implements AutoCloseable {
    private final Street street = new Street();
    private final Host host = new Host(street.storage);
    private final Engage engage;
    private final AgentDesk clara;
    private final AgentDesk dirk;
    private final AuditDesk auditor;
    private final Row row;
    private final ConversationId bike;
    private final MessageId mail;

    Scene(Row row) throws IOException {
      this.row = row;
      street.arrives(mailFrom(CARL.toString(), "1@customer.example", "Is it ready?"));
      street.sync();
      engage =
          Engage.builder()
              .storage(street.storage)
              .blobs(street.blobs)
              .mail(street.mail)
              .customers(street.customers)
              .permissions(host)
              .account(Street.ACCOUNT)
              .inbox(Shop.shop())
              .inbox(Shop.workshop())
              .signingKeys(Shop.KEY)
              .clock(street.clock)
              .build();
      clara = engage.deskOf(Shop.CLARA);
      dirk = engage.deskOf(Shop.DIRK);
      auditor = engage.auditOf(Shop.CLARA);
      bike = street.onlyConversation().id();
      mail = street.lastMessage(street.onlyConversation()).id();
      row.before().on(this);
    }

    NoteId note() {
      return street.storage.documents().ofOwner(DocumentKey.Kind.NOTE, bike.value(), "", 1).stream()
          .map(each -> NoteId.of(each.key().id()))
          .findFirst()
          .orElseThrow();
    }

    List<ConversationId> ids() {
      return List.of(bike);
    }

    /** The entries that the action left. */
    List<AuditEntry> play() throws IOException {
      long before = street.storage.audit().findLast().orElseThrow().sequence();
      row.act().on(this);
      return street.storage.audit().chainAfter(before, 1000).stream()
          .map(AuditLink::entry)
          .toList();
    }

    /** What can be changed, as it is now. */
    List<Object> all() {
      return List.of(
          street.storage.inboxes().inboxes(),
          street.storage.inboxes().conversations(ids()),
          street.storage.inboxes().messages(List.of(mail)),
          street.storage.documents().ofOwner(DocumentKey.Kind.NOTE, bike.value(), "", 10),
          street.storage.outbox().unsettled(100),
          street.customers.search("a", 100));
    }

    @Override
    public void close() {
      engage.close();
      street.close();
    }
  }
}
