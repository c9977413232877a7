package io.engage.memory.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryAppointments;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryPermissions;
import io.engage.memory.InMemoryPresence;
import io.engage.memory.InMemoryScreenMonitor;
import io.engage.memory.InMemorySmsGateway;
import io.engage.memory.InMemoryToDos;
import io.engage.memory.InMemoryTokenStore;
import io.engage.memory.broken.Suites.Counted;
import io.engage.memory.broken.Suites.Sms;
import io.engage.model.address.Address;
import io.engage.model.address.PhoneNumber;
import io.engage.model.calendar.AppointmentType;
import io.engage.model.calendar.Booking;
import io.engage.model.calendar.NewAppointment;
import io.engage.model.calendar.NewToDo;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.NewCustomer;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Grant;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.MessageId;
import io.engage.model.sms.OutboundSms;
import io.engage.spi.AgentDirectory;
import io.engage.spi.Appointments;
import io.engage.spi.BlobStore;
import io.engage.spi.Credentials;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.IdSource;
import io.engage.spi.Permissions;
import io.engage.spi.Presence;
import io.engage.spi.ScreenMonitor;
import io.engage.spi.SmsGateway;
import io.engage.spi.ToDos;
import io.engage.spi.TokenStore;
import io.engage.testkit.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The suites of the smaller ports find what is wrong with one, and nothing wrong with a good one.
 */
@Tag("PO-1")
class BrokenPortsTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_good_one_passes(Class<?> suite, Supplier<?> good) {
    assertThat(Suite.failuresOf(suite, good)).isEmpty();
  }

  static Stream<Arguments> a_good_one_passes() {
    return Stream.of(
        Arguments.of(Suites.OfBlobs.class, of(() -> InMemoryBlobStore.create(Suites.CLOCK))),
        Arguments.of(Suites.OfWalks.class, of(() -> new WalkedBlobs(WalkedBlobs.Fault.NONE))),
        Arguments.of(Suites.OfDirectories.class, of(InMemoryCustomerDirectory::create)),
        Arguments.of(Suites.OfIds.class, of(IdSource::randomUuids)),
        Arguments.of(Suites.OfSms.class, of(BrokenPortsTest::goodSms)),
        Arguments.of(Suites.OfToDos.class, of(BrokenPortsTest::goodToDos)),
        Arguments.of(Suites.OfAppointments.class, of(BrokenPortsTest::goodAppointments)),
        Arguments.of(Suites.OfPermissions.class, of(BrokenPortsTest::goodPermissions)),
        Arguments.of(Suites.OfPresence.class, of(BrokenPortsTest::goodPresence)),
        Arguments.of(Suites.OfScreens.class, of(BrokenPortsTest::goodScreens)),
        Arguments.of(Suites.OfAgents.class, agents(found -> found)),
        Arguments.of(Suites.OfGrants.class, of(InMemoryTokenStore::create)),
        Arguments.of(Suites.OfTokens.class, of(BrokenPortsTest::goodTokens)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_broken_one_is_found_out(String fault, Class<?> suite, String test, Supplier<?> broken) {
    assertThat(Suite.failuresOf(suite, broken)).as(fault).contains(test);
  }

  static Stream<Arguments> a_broken_one_is_found_out() {
    return Stream.of(blobs(), walks(), directories(), sms(), calendars(), grants(), others())
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> blobs() {
    return Stream.of(
        Arguments.of(
            "it forgets what was durable",
            Suites.OfForgetfulBlobs.class,
            "what_was_made_durable_is_there_after_a_crash_where_the_store_outlives_its_process",
            of(() -> InMemoryBlobStore.create(Suites.CLOCK))),
        Arguments.of(
            "it changes a byte of large mails",
            Suites.OfBlobs.class,
            "bytes_of_any_length_come_back_as_they_were",
            blobs("open", (good, args) -> flipped(good.open(Broken.first(args))))),
        Arguments.of(
            "it reads at most one buffer",
            Suites.OfBlobs.class,
            "bytes_of_any_length_come_back_as_they_were",
            blobs(
                "put",
                (good, args) -> {
                  InputStream content = Broken.first(args);
                  return good.put(new ByteArrayInputStream(content.readNBytes(65_536)));
                })),
        Arguments.of(
            "it closes the stream",
            Suites.OfBlobs.class,
            "the_stream_is_left_open",
            blobs(
                "put",
                (good, args) -> {
                  try (InputStream content = Broken.first(args)) {
                    return good.put(content);
                  }
                })),
        Arguments.of(
            "it keeps what came before a stream failed",
            Suites.OfBlobs.class,
            "when_a_stream_fails_its_exception_is_passed_on_and_nothing_is_kept",
            blobs("put", (good, args) -> keptByHalf(good, Broken.first(args)))),
        Arguments.of(
            "it keeps the same bytes twice",
            Suites.OfBlobs.class,
            "the_same_bytes_are_kept_once",
            of(() -> counting(InMemoryBlobStore.create(Suites.CLOCK)))),
        Arguments.of(
            "it deletes nothing",
            Suites.OfBlobs.class,
            "deleted_bytes_are_gone_and_others_stay",
            blobs("delete", (good, args) -> Set.of())),
        Arguments.of(
            "it deletes what somebody has just put",
            Suites.OfBlobs.class,
            "what_was_put_lately_stays_is_named_and_goes_later",
            blobs("delete", (good, args) -> good.delete(Broken.first(args), Duration.ZERO))),
        Arguments.of(
            "it does not know what was put again",
            Suites.OfBlobs.class,
            "bytes_that_are_put_again_are_as_young_as_new_ones",
            of(() -> forgetfulOfAge(InMemoryBlobStore.create(Suites.CLOCK)))),
        Arguments.of(
            "it gives an empty stream for what it does not have",
            Suites.OfBlobs.class,
            "what_is_not_there_is_not_found",
            blobs(
                "open",
                (good, args) ->
                    good.find(Broken.first(args)).isPresent()
                        ? good.open(Broken.first(args))
                        : InputStream.nullInputStream())));
  }

  private static Stream<Arguments> walks() {
    return Stream.of(
        Arguments.of(
            "it loses what is behind the first page",
            Suites.OfWalks.class,
            "what_was_put_long_ago_is_walked_through_in_order_page_by_page",
            of(() -> new WalkedBlobs(WalkedBlobs.Fault.ENDS_EARLY))),
        Arguments.of(
            "it gives the last of a page once more",
            Suites.OfWalks.class,
            "what_was_put_long_ago_is_walked_through_in_order_page_by_page",
            of(() -> new WalkedBlobs(WalkedBlobs.Fault.REPEATS))),
        Arguments.of(
            "it gives what was put just now",
            Suites.OfWalks.class,
            "what_was_put_lately_or_again_is_passed_over",
            of(() -> new WalkedBlobs(WalkedBlobs.Fault.IGNORES_AGE))),
        Arguments.of(
            "it does not know that bytes were put again",
            Suites.OfWalks.class,
            "what_was_put_lately_or_again_is_passed_over",
            of(() -> new WalkedBlobs(WalkedBlobs.Fault.FORGETS_AGAIN))));
  }

  private static Stream<Arguments> directories() {
    return Stream.of(
        Arguments.of(
            "it answers unknown addresses with empty lists",
            Suites.OfDirectories.class,
            "addresses_that_nobody_has_are_left_out",
            directory(
                "findByAddresses",
                (good, args) -> {
                  Collection<Address> addresses = Broken.first(args);
                  Map<Address, List<CustomerId>> all = new HashMap<>();
                  addresses.forEach(address -> all.put(address, List.of()));
                  all.putAll(good.findByAddresses(addresses));
                  return all;
                })),
        Arguments.of(
            "it finds the first customer of an address only",
            Suites.OfDirectories.class,
            "everybody_who_has_an_address_is_found_by_it",
            directory(
                "findByAddresses",
                (good, args) -> {
                  Map<Address, List<CustomerId>> one = new HashMap<>();
                  good.findByAddresses(Broken.<Collection<Address>>first(args))
                      .forEach((address, ids) -> one.put(address, ids.subList(0, 1)));
                  return one;
                })),
        Arguments.of(
            "it does not look at the limit",
            Suites.OfDirectories.class,
            "at_most_as_many_are_found_as_are_asked_for",
            directory("search", (good, args) -> good.search((String) args[0], 1000))),
        Arguments.of(
            "it minds the case of words",
            Suites.OfDirectories.class,
            "customers_are_found_by_a_part_of_their_name_in_any_case",
            directory(
                "search",
                (good, args) ->
                    good.search((String) args[0], (int) args[1]).stream()
                        .filter(
                            each ->
                                each.name().contains((String) args[0])
                                    || each.addresses().toString().contains((String) args[0]))
                        .toList())),
        Arguments.of(
            "it takes words for a pattern",
            Suites.OfDirectories.class,
            "words_are_words_and_no_patterns",
            directory(
                "search",
                (good, args) ->
                    good.search(((String) args[0]).replaceAll("[%_].*$", ""), (int) args[1]))),
        Arguments.of(
            "it finds everybody by nothing",
            Suites.OfDirectories.class,
            "nobody_is_found_by_nothing_or_by_words_that_nobody_has",
            directory(
                "search",
                (good, args) ->
                    good.search(
                        ((String) args[0]).isBlank() ? "a" : (String) args[0], (int) args[1]))),
        Arguments.of(
            "it takes a new customer with a known address for the known one",
            Suites.OfDirectories.class,
            "two_calls_create_two_customers",
            of(() -> merging(InMemoryCustomerDirectory.create()))),
        Arguments.of(
            "it creates a customer for each call",
            Suites.OfDirectories.class,
            "however_often_one_key_is_given_there_is_one_customer",
            directory("create", new Forgetful())),
        Arguments.of(
            "it finds an unknown id",
            Suites.OfDirectories.class,
            "those_who_exist_are_found_by_their_ids",
            directory(
                "findByIds",
                (good, args) -> {
                  Collection<CustomerId> ids = Broken.first(args);
                  return ids.stream().map(id -> new Customer(id, "?", List.of())).toList();
                })));
  }

  private static Stream<Arguments> sms() {
    return Stream.of(
        Arguments.of(
            "it sends a repeat again",
            Suites.OfSms.class,
            "a_message_that_comes_again_is_not_sent_again_and_answered_as_before",
            of(
                () -> {
                  Map<MessageId, AtomicLong> sent = new ConcurrentHashMap<>();
                  SmsGateway twice =
                      Broken.port(
                          SmsGateway.class,
                          goodGateway(),
                          "send",
                          (good, args) -> {
                            OutboundSms message = Broken.first(args);
                            sent.computeIfAbsent(message.id(), any -> new AtomicLong())
                                .incrementAndGet();
                            return good.send(message);
                          });
                  return new Sms(
                      twice,
                      id -> sent.getOrDefault(id, new AtomicLong()).intValue(),
                      number -> number);
                })),
        Arguments.of(
            "it takes what it will never send",
            Suites.OfSms.class,
            "a_message_that_is_refused_is_not_sent_and_the_reason_is_given",
            of(
                () -> {
                  InMemorySmsGateway gateway = InMemorySmsGateway.create();
                  return new Sms(gateway, id -> timesSent(gateway, id), number -> number);
                })),
        Arguments.of(
            "it forwards calls to the first line for ever",
            Suites.OfSms.class,
            "calls_are_forwarded_to_the_last_line_given_however_often_it_is_given",
            of(
                () -> {
                  Map<PhoneNumber, PhoneNumber> lines = new ConcurrentHashMap<>();
                  SmsGateway stubborn =
                      Broken.port(
                          SmsGateway.class,
                          goodGateway(),
                          "forwardCalls",
                          (good, args) ->
                              lines.putIfAbsent((PhoneNumber) args[0], (PhoneNumber) args[1]));
                  return new Sms(stubborn, id -> 0, number -> lines.getOrDefault(number, number));
                })));
  }

  private static Stream<Arguments> calendars() {
    return Stream.of(
        Arguments.of(
            "it creates a to-do for each call",
            Suites.OfToDos.class,
            "a_repeat_creates_nothing_and_is_answered_as_before",
            of(
                () -> {
                  InMemoryToDos list = InMemoryToDos.create();
                  ToDos broken =
                      Broken.port(
                          ToDos.class,
                          list,
                          "create",
                          (good, args) -> good.create(withFreshKey((NewToDo) args[0])));
                  return new Counted(broken, title -> count(list, title));
                })),
        Arguments.of(
            "it books a start twice",
            Suites.OfAppointments.class,
            "of_callers_who_want_the_same_start_one_gets_it",
            calendar("book", (good, args) -> new Booking.Booked("booked"))),
        Arguments.of(
            "it books a repeat again",
            Suites.OfAppointments.class,
            "a_repeat_books_nothing_and_is_answered_as_before",
            calendar("book", (good, args) -> good.book(withFreshKey((NewAppointment) args[0])))),
        Arguments.of(
            "it offers starts outside of the span",
            Suites.OfAppointments.class,
            "a_span_holds_its_start_and_not_its_end",
            calendar(
                "freeStarts",
                (good, args) ->
                    good.freeStarts(
                        (String) args[0], (Instant) args[1], ((Instant) args[2]).plusSeconds(1)))));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(
            "it counts",
            Suites.OfIds.class,
            "an_id_cannot_be_guessed_from_those_before",
            of(
                () -> {
                  AtomicLong last = new AtomicLong(1_000_000_000_000_000_000L);
                  return (IdSource) () -> "id-" + last.incrementAndGet();
                })),
        Arguments.of(
            "its ids are too long",
            Suites.OfIds.class,
            "an_id_is_short_and_plain",
            of(() -> (IdSource) () -> UUID.randomUUID() + "-" + UUID.randomUUID())),
        Arguments.of(
            "it has few ids",
            Suites.OfIds.class,
            "an_id_is_never_repeated",
            of(() -> (IdSource) () -> UUID.randomUUID().toString().substring(0, 4))),
        Arguments.of(
            "it answers all inboxes with the first one's answer",
            Suites.OfPermissions.class,
            "each_inbox_gets_its_own_answer",
            of(() -> (Permissions) BrokenPortsTest::firstAnswerForAll)),
        Arguments.of(
            "it answers what was not asked",
            Suites.OfPermissions.class,
            "nothing_is_answered_that_was_not_asked",
            of(
                () ->
                    (Permissions)
                        (agent, action, inboxes) ->
                            goodPermissions()
                                .check(
                                    agent,
                                    action,
                                    List.of(Sample.workshop().id(), Sample.sales().id())))),
        Arguments.of(
            "it refuses without a word",
            Suites.OfPermissions.class,
            "while_there_is_no_inbox_a_refusal_has_a_reason_to_show_too",
            of(
                () ->
                    Broken.port(
                        Permissions.class,
                        goodPermissions(),
                        "checkWithoutInbox",
                        (good, args) -> Permission.refused(" ")))),
        Arguments.of(
            "it thinks that everybody is on the phone",
            Suites.OfPresence.class,
            "who_is_on_the_phone_is_told_from_who_is_not",
            of(
                () ->
                    (Presence)
                        agents -> {
                          Map<AgentId, CallState> all = new HashMap<>();
                          agents.forEach(agent -> all.put(agent, CallState.IN_CALL));
                          return all;
                        })),
        Arguments.of(
            "it leaves out where the screens are",
            Suites.OfScreens.class,
            "a_supervisor_is_told_where_to_look_in_full",
            of(
                () ->
                    (ScreenMonitor)
                        (supervisor, agent) ->
                            goodScreens()
                                .watch(supervisor, agent)
                                .map(screen -> URI.create(screen.getPath())))),
        Arguments.of(
            "it shows a screen of nobody",
            Suites.OfScreens.class,
            "a_screen_that_cannot_be_shown_is_nowhere",
            of(
                () ->
                    (ScreenMonitor)
                        (supervisor, agent) -> Optional.of(URI.create("https://screens.example")))),
        Arguments.of(
            "it shows each screen once",
            Suites.OfScreens.class,
            "a_screen_can_be_watched_again_and_by_another",
            of(
                () -> {
                  Set<AgentId> watched = ConcurrentHashMap.newKeySet();
                  return (ScreenMonitor)
                      (supervisor, agent) ->
                          goodScreens().watch(supervisor, agent).filter(any -> watched.add(agent));
                })),
        Arguments.of(
            "it finds every agent",
            Suites.OfAgents.class,
            "agents_are_found_by_a_part_of_their_name_in_any_case",
            agents(good -> (words, limit) -> good.search("r", limit))),
        Arguments.of(
            "it finds all of them",
            Suites.OfAgents.class,
            "at_most_so_many_are_found",
            agents(good -> (words, limit) -> good.search(words, 1000))),
        Arguments.of(
            "it finds agents who are called nothing",
            Suites.OfAgents.class,
            "nobody_is_found_by_nothing",
            agents(good -> (words, limit) -> good.search(words.isBlank() ? "r" : words, limit))),
        Arguments.of(
            "it renews nothing",
            Suites.OfTokens.class,
            "a_refused_credential_is_replaced_where_it_can_be_and_only_there",
            tokens("renewed", (good, args) -> args[1])),
        Arguments.of(
            "it forgets what it renewed",
            Suites.OfTokens.class,
            "what_was_renewed_is_what_is_used_from_then_on",
            tokens("renewed", (good, args) -> Credential.accessToken("another"))),
        Arguments.of(
            "it has a credential for everybody",
            Suites.OfTokens.class,
            "an_unknown_account_is_not_found",
            tokens("current", (good, args) -> good.current(Sample.SHOP))));
  }

  /** Putting what is there changes nothing. */
  private static BlobStore forgetfulOfAge(BlobStore good) {
    Set<ContentDigest> put = new HashSet<>();
    return Broken.port(
        BlobStore.class,
        good,
        "put",
        (store, args) -> {
          byte[] bytes = Broken.<InputStream>first(args).readAllBytes();
          ContentDigest digest = Sample.digest(bytes);
          return put.add(digest)
              ? store.put(new ByteArrayInputStream(bytes))
              : store.find(digest).orElseThrow();
        });
  }

  private static Supplier<?> agents(UnaryOperator<AgentDirectory> breaking) {
    return () -> (Suites.BreakingAgents) breaking::apply;
  }

  private static Supplier<?> of(Supplier<?> supplier) {
    return supplier;
  }

  private static Supplier<?> blobs(String method, Broken.Fault<BlobStore> fault) {
    return () ->
        Broken.port(BlobStore.class, InMemoryBlobStore.create(Suites.CLOCK), method, fault);
  }

  private static Supplier<?> directory(String method, Broken.Fault<CustomerDirectory> fault) {
    return () ->
        Broken.port(CustomerDirectory.class, InMemoryCustomerDirectory.create(), method, fault);
  }

  private static Supplier<?> calendar(String method, Broken.Fault<Appointments> fault) {
    return () -> Broken.port(Appointments.class, goodAppointments(), method, fault);
  }

  private static Stream<Arguments> grants() {
    return Stream.of(
        Arguments.of(
            "it looks at no version",
            Suites.OfGrants.class,
            "a_change_of_an_older_version_changes_nothing",
            grants(
                "save",
                (good, args) -> {
                  Grant grant = (Grant) args[1];
                  long version = good.find(Broken.first(args)).map(Grant::version).orElse(0L);
                  return good.save(Broken.first(args), grant.withVersion(version));
                })),
        Arguments.of(
            "it reads and writes without a lock",
            Suites.OfGrants.class,
            "of_many_who_change_the_same_version_one_is_let_through",
            (Supplier<?>) HastyTokenStore::new),
        Arguments.of(
            "it forgets nothing",
            Suites.OfGrants.class,
            "what_was_forgotten_is_not_found_and_does_not_come_back",
            grants("forget", (good, args) -> null)),
        Arguments.of(
            "it keeps the refresh token alone",
            Suites.OfGrants.class,
            "every_standing_comes_back_as_it_was",
            grants(
                "find",
                (good, args) ->
                    good.find(Broken.first(args))
                        .map(
                            grant ->
                                grant
                                    .consentedAgain(grant.refreshToken())
                                    .withVersion(grant.version())))));
  }

  private static Supplier<?> grants(String method, Broken.Fault<TokenStore> fault) {
    return () -> Broken.port(TokenStore.class, InMemoryTokenStore.create(), method, fault);
  }

  /** Compares, lets others in, and then sets. */
  private static final class HastyTokenStore implements TokenStore {
    private final Map<AccountId, Grant> grants = new ConcurrentHashMap<>();

    @Override
    public Optional<Grant> find(AccountId account) {
      return Optional.ofNullable(grants.get(account));
    }

    @Override
    public boolean save(AccountId account, Grant grant) {
      if (find(account).map(Grant::version).orElse(0L) != grant.version()) {
        return false;
      }
      Thread.yield();
      grants.put(account, grant.withVersion(grant.version() + 1));
      return true;
    }

    @Override
    public void forget(AccountId account) {
      grants.remove(account);
    }
  }

  private static Supplier<?> tokens(String method, Broken.Fault<Credentials> fault) {
    return () -> Broken.port(Credentials.class, goodTokens(), method, fault);
  }

  private static InMemorySmsGateway goodGateway() {
    return InMemorySmsGateway.create()
        .refusing(PhoneNumber.of("+14155550199"), "This number does not exist.");
  }

  private static Sms goodSms() {
    InMemorySmsGateway gateway = goodGateway();
    return new Sms(
        gateway,
        id -> timesSent(gateway, id),
        number -> gateway.forwardedCalls().getOrDefault(number, number));
  }

  private static int timesSent(InMemorySmsGateway gateway, MessageId id) {
    return (int) gateway.sent().stream().filter(message -> message.id().equals(id)).count();
  }

  private static Counted goodToDos() {
    InMemoryToDos list = InMemoryToDos.create();
    return new Counted(list, title -> count(list, title));
  }

  private static int count(InMemoryToDos list, String title) {
    return (int) list.all().stream().filter(toDo -> toDo.title().equals(title)).count();
  }

  private static Appointments goodAppointments() {
    return InMemoryAppointments.create()
        .offering(
            new AppointmentType("fitting", "Fitting", Duration.ofMinutes(30)),
            Sample.MONDAY,
            Sample.MONDAY.plusSeconds(1800),
            Sample.MONDAY.plusSeconds(3600));
  }

  private static Permissions goodPermissions() {
    return InMemoryPermissions.refusing("You are not a member of this inbox.")
        .grant(Sample.clara().id(), AgentAction.REPLY, Sample.workshop().id());
  }

  private static Presence goodPresence() {
    return InMemoryPresence.create().with(Sample.clara().id(), CallState.IN_CALL);
  }

  private static ScreenMonitor goodScreens() {
    return InMemoryScreenMonitor.create()
        .with(Sample.clara().id(), URI.create("https://screens.example/clara"));
  }

  private static Credentials goodTokens() {
    return InMemoryCredentials.create()
        .with(Sample.SHOP, Credential.accessToken("old"), Credential.accessToken("fresh"));
  }

  private static Map<InboxId, Permission> firstAnswerForAll(
      Agent agent, AgentAction action, Collection<InboxId> inboxes) {
    Map<InboxId, Permission> answers = new HashMap<>();
    for (InboxId inbox : inboxes) {
      InboxId first = inboxes.iterator().next();
      answers.put(inbox, goodPermissions().check(agent, action, List.of(first)).get(first));
    }
    return answers;
  }

  private static NewToDo withFreshKey(NewToDo wish) {
    return new NewToDo(
        UUID.randomUUID().toString(),
        wish.customer(),
        wish.createdBy(),
        wish.title(),
        wish.dueOn());
  }

  private static NewAppointment withFreshKey(NewAppointment wish) {
    return new NewAppointment(
        UUID.randomUUID().toString(),
        wish.customer(),
        wish.createdBy(),
        wish.type(),
        wish.start(),
        wish.note());
  }

  private static InputStream flipped(InputStream good) throws IOException {
    byte[] bytes = good.readAllBytes();
    if (bytes.length > 1_000_000) {
      bytes[1_000_000] ^= 1;
    }
    return new ByteArrayInputStream(bytes);
  }

  private static Blob keptByHalf(BlobStore good, InputStream content) throws IOException {
    ByteArrayOutputStream begun = new ByteArrayOutputStream();
    try {
      content.transferTo(begun);
    } catch (IOException e) {
      good.put(new ByteArrayInputStream(begun.toByteArray()));
      throw e;
    }
    return good.put(new ByteArrayInputStream(begun.toByteArray()));
  }

  /** Forgets bytes only when they were deleted as often as they were put. */
  private static BlobStore counting(BlobStore store) {
    Map<ContentDigest, AtomicLong> copies = new ConcurrentHashMap<>();
    BlobStore putting =
        Broken.port(
            BlobStore.class,
            store,
            "put",
            (good, args) -> {
              Blob blob = good.put(Broken.first(args));
              copies.computeIfAbsent(blob.digest(), any -> new AtomicLong()).incrementAndGet();
              return blob;
            });
    return Broken.port(
        BlobStore.class,
        putting,
        "delete",
        (good, args) -> {
          Collection<ContentDigest> digests = Broken.first(args);
          good.delete(
              digests.stream()
                  .filter(each -> copies.containsKey(each))
                  .filter(each -> copies.get(each).decrementAndGet() == 0)
                  .toList(),
              Duration.ZERO);
          return null;
        });
  }

  private static CustomerDirectory merging(CustomerDirectory directory) {
    return Broken.port(
        CustomerDirectory.class,
        directory,
        "create",
        (good, args) -> {
          NewCustomer wanted = Broken.first(args);
          Collection<List<CustomerId>> known = good.findByAddresses(wanted.addresses()).values();
          return known.isEmpty()
              ? good.create(wanted)
              : good.findByIds(known.iterator().next()).get(0);
        });
  }

  /** Takes every key for one that it has never seen. */
  private static final class Forgetful implements Broken.Fault<CustomerDirectory> {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public Object instead(CustomerDirectory good, Object[] args) {
      NewCustomer wanted = Broken.first(args);
      return good.create(
          new NewCustomer("call-" + calls.incrementAndGet(), wanted.name(), wanted.addresses()));
    }
  }
}
