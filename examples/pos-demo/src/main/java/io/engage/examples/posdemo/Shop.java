package io.engage.examples.posdemo;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.examples.posdemo.PosCustomers.TillCustomer;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryAppointments;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemorySmsGateway;
import io.engage.memory.InMemoryToDos;
import io.engage.model.address.PhoneNumber;
import io.engage.model.calendar.AppointmentType;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.IdSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Ridgeway Cycles, a host of Engage: two stores that share one mail account, a workshop with an
 * account of its own, three clerks, Sven of the head office, and the customers of the till.
 */
final class Shop implements AutoCloseable {
  static final AccountId STORES = AccountId.of("stores");
  static final AccountId WORKSHOP = AccountId.of("workshop");
  static final AccountId RENTALS = AccountId.of("rentals");
  static final PhoneNumber SMS_NUMBER = PhoneNumber.of("+14155550150");
  static final Agent MARA = Agent.of("mara", "Mara Lindqvist");
  static final Agent JONAS = Agent.of("jonas", "Jonas Weber");
  static final Agent PRIYA = Agent.of("priya", "Priya Nair");
  static final Agent SVEN = Agent.of("sven", "Sven Holm");

  static final String RENTALS_PASSWORD = "rentals-password";

  private final MailServer server;
  private final ShopStore store;
  private final boolean hadItsDay;
  private final ShopClock clock;
  private final PosCustomers customers = till();
  private final InMemoryCredentials passwords = passwords();
  private final InMemorySmsGateway gateway =
      InMemorySmsGateway.create().withFreeNumbers(SMS_NUMBER);
  private final InMemoryToDos toDos = InMemoryToDos.create();
  private final InMemoryAppointments appointments = fittings();
  private final Engage engage;

  private Shop(MailServer server, ShopStore store) {
    this.server = server;
    this.store = store;
    this.hadItsDay = store.lastUsed().isPresent();
    this.clock = store.lastUsed().map(ShopClock::morningAfter).orElseGet(ShopClock::monday);
    this.engage = pluggedIn();
  }

  /** Opens the shop in the morning; at first it is a Monday, with the weekend's mail. */
  static Shop open(ShopStore store) {
    MailServer server = MailServer.start();
    try {
      server.open("stores", "stores-password");
      server.open("workshop", "workshop-password");
      server.open("rentals", RENTALS_PASSWORD);
      Postbag.weekend().forEach(each -> server.deliver(each.user(), each.mail(), each.at()));
      return new Shop(server, store);
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /** Whether its store tells of an earlier day. */
  boolean hasHadItsDay() {
    return hadItsDay;
  }

  /** All there is to plugging Engage into a host. */
  private Engage pluggedIn() {
    return Engage.builder()
        .storage(store.storage())
        .blobs(store.blobs())
        .mail(ImapMail.create(passwords))
        .customers(customers)
        .permissions(houseRule())
        .toDos(toDos)
        .appointments(appointments)
        .sms(gateway)
        .account(MailAccount.of("stores", "stores", server.imap(), server.smtp()))
        .account(MailAccount.of("workshop", "workshop", server.imap(), server.smtp()))
        .inbox(inbox("downtown", "Ridgeway Downtown", STORES))
        .inbox(inbox("harbour", "Ridgeway Harbour", STORES))
        .inbox(inbox("workshop", "Ridgeway Workshop", WORKSHOP))
        .authenticationServers("mx.ridgeway.example")
        .smsByMail("US", "sms@textbridge.example")
        .publicUrl(URI.create("https://ridgeway.example/engage"))
        .signingKeys(Secret.of("a real shop keeps its key to itself"))
        .clock(clock)
        .ids(sameIdsEveryMonday())
        .build();
  }

  private static Inbox inbox(String id, String name, AccountId account) {
    return Inbox.of(id, name, id + "@ridgeway.example", account);
  }

  private static ShopPermissions houseRule() {
    return new ShopPermissions(
        Map.of(
            MARA.id(), Set.of(InboxId.of("downtown")),
            JONAS.id(), Set.of(InboxId.of("downtown"), InboxId.of("harbour")),
            PRIYA.id(), Set.of(InboxId.of("workshop"))));
  }

  /** Starts at which somebody has time to adjust a bicycle. */
  private static InMemoryAppointments fittings() {
    return InMemoryAppointments.create()
        .offering(
            new AppointmentType("fitting", "Fitting", Duration.ofMinutes(30)),
            Instant.parse("2026-03-06T17:00:00Z"),
            Instant.parse("2026-03-06T18:00:00Z"));
  }

  private static InMemoryCredentials passwords() {
    return InMemoryCredentials.create()
        .with(STORES, Credential.password("stores-password"))
        .with(WORKSHOP, Credential.password("workshop-password"));
  }

  /** For a story that can be compared; everybody else leaves Engage its random ids. */
  private IdSource sameIdsEveryMonday() {
    Random random = new Random(clock.instant().getEpochSecond());
    return () -> {
      synchronized (random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
      }
    };
  }

  private static PosCustomers till() {
    PosCustomers till = new PosCustomers();
    Stream.of(
            row(1001, "Ana Alvarez", "ana.alvarez@mail.example", "+14155550101"),
            row(1002, "Ben Okafor", "ben.okafor@work.example", "+14155550102"),
            row(1003, "Chloé Dubois", "chloe.dubois@courriel.example"),
            row(1004, "Giulia Rossi", "giulia.rossi@posta.example"),
            row(1005, "Yuki Tanaka", "yuki.tanaka@mail.example"),
            row(1006, "Omar Haddad", "omar.haddad@mail.example"),
            row(1007, "Eva Nováková", "eva.novakova@post.example"),
            row(1008, "Tomas Eriksson", "tomas.eriksson@work.example", "+14155550108"),
            row(1009, "Lena Vogel", "lena.vogel@mail.example"))
        .forEach(till::with);
    return till;
  }

  private static TillCustomer row(int number, String name, String email, String... phones) {
    return new TillCustomer(number, name, List.of(email), List.of(phones));
  }

  Engage engage() {
    return engage;
  }

  AgentDesk desk(Agent agent) {
    return engage.deskOf(agent);
  }

  /** Who waits in an inbox, as the store has it. */
  List<Conversation> waitingIn(InboxId inbox) {
    return store.storage().queues().waiting(inbox, Page.Request.first(10)).items();
  }

  Conversation conversation(ConversationId id) {
    return store.storage().inboxes().conversations(List.of(id)).get(0);
  }

  MailServer server() {
    return server;
  }

  PosCustomers customers() {
    return customers;
  }

  /** Engage tries passwords; keeping them is the host's business. */
  void keepPassword(AccountId account, Credential password) {
    passwords.with(account, password);
  }

  InMemorySmsGateway gateway() {
    return gateway;
  }

  InMemoryToDos toDos() {
    return toDos;
  }

  InMemoryAppointments appointments() {
    return appointments;
  }

  ShopClock clock() {
    return clock;
  }

  @Override
  public void close() {
    engage.close();
    server.close();
  }
}
