package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.core.classifying.SmsText;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemorySmsGateway;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MessageId;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsConsent;
import io.engage.spi.BlobStore;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.InboxStore;
import io.engage.testkit.Race;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people say about texts in texts that come as mail, many at once and to whomever. */
@Tag("SM-2")
@Tag("SY-8")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TextsByMailTest {
  private static final PhoneNumber OURS = PhoneNumber.of("+14155550111");
  private static final InboxId WORKSHOP = Shop.workshop().id();

  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final InMemorySmsGateway gateway = InMemorySmsGateway.create().withFreeNumbers(OURS);
  private final InMemoryCustomerDirectory customers = InMemoryCustomerDirectory.create();
  private final Street street = new Street();
  private final Engage engage =
      Engage.builder()
          .storage(street.storage)
          .blobs(counting(BlobStore.class, street.blobs))
          .mail(street.mail)
          .customers(counting(CustomerDirectory.class, customers))
          .sms(gateway)
          .account(Street.ACCOUNT)
          .inbox(Shop.shop())
          .inbox(Shop.workshop())
          .signingKeys(Shop.KEY)
          .authenticationServers("mx.shop.example")
          .smsByMail("US", "gateway.example")
          .clock(street.clock)
          .build();

  @BeforeEach
  void onboardTheWorkshop() {
    engage.clientelingOf(Shop.DIRK).onboard(WORKSHOP, OURS, "(415) 555-0190", true);
    IntStream.range(0, 100)
        .forEach(i -> customers.with("c" + i, "Customer " + i, PhoneNumber.of(number(i))));
  }

  @AfterEach
  void close() {
    engage.close();
    street.close();
  }

  @Test
  void however_many_stop_at_once_the_directory_and_the_disk_are_asked_as_often() {
    Map<String, Integer> few = callsFor(0, 5);

    Map<String, Integer> many = callsFor(5, 60);

    engage.outbox().workOff();
    assertThat(gateway.sent()).extracting(OutboundSms::to).doesNotHaveDuplicates().hasSize(60);
    assertThat(many.get("findByIds")).isEqualTo(few.get("findByIds"));
    assertThat(many.get("makeDurable")).isEqualTo(few.get("makeDurable"));
  }

  @Test
  void who_stops_in_a_text_to_an_inbox_without_a_number_has_stopped_wherever_they_had_agreed() {
    engage
        .sms()
        .receive(
            new InboundSms("1", PhoneNumber.of(number(1)), OURS, "Yes", street.clock.instant()));
    street.arrives(text(1, "STOP").replace("repairs@", "hello@"));
    street.arrives(text(2, "STOP").replace("repairs@", "hello@"));

    engage.mail().sync(Shop.ACCOUNT);

    assertThat(consent(1)).isEqualTo(SmsConsent.State.OPTED_OUT);
    assertThat(consent(2)).isNull();
  }

  @Test
  void an_inbox_without_a_number_that_takes_no_strangers_hears_a_stop_all_the_same() {
    PhoneNumber stranger = PhoneNumber.of("+14155550888");
    engage.sms().receive(new InboundSms("1", stranger, OURS, "Yes", street.clock.instant()));
    engage.setupOf(Shop.DIRK).saveInbox(forContactsOnly(Shop.shop().id()));
    street.arrives(
        text(1, "STOP").replace("repairs@", "hello@").replace(number(1), stranger.value()));

    engage.mail().sync(Shop.ACCOUNT);

    assertThat(consent(stranger)).isEqualTo(SmsConsent.State.OPTED_OUT);
  }

  @Test
  void a_yes_to_an_inbox_without_a_number_is_no_consent_to_another_ones_texts() {
    engage
        .sms()
        .receive(
            new InboundSms("1", PhoneNumber.of(number(1)), OURS, "STOP", street.clock.instant()));
    street.arrives(text(1, "YES").replace("repairs@", "hello@"));

    engage.mail().sync(Shop.ACCOUNT);

    assertThat(consent(1)).isEqualTo(SmsConsent.State.OPTED_OUT);
  }

  @Test
  @Tag("SY-8")
  @Tag("TH-4")
  void a_number_without_a_country_code_is_where_the_inbox_is() {
    engage.setupOf(Shop.DIRK).saveInbox(in("IT", WORKSHOP));
    String bare = "347 123 4567";
    street.arrives(text(1, "Ciao").replace(number(1), bare));
    street.arrives(text(2, "Hello").replace(number(2), bare).replace("repairs@", "hello@"));

    engage.mail().sync(Shop.ACCOUNT);

    assertThat(street.open())
        .extracting(Conversation::inbox, each -> each.participants().iterator().next().value())
        .containsExactlyInAnyOrder(
            tuple(WORKSHOP, "+393471234567"), tuple(Shop.shop().id(), "+13471234567"));
    assertThat(street.open())
        .allSatisfy(
            each ->
                assertThat(shown(each))
                    .isEqualTo(
                        new SmsText(onlyNumberOf(each), street.lastMessage(each).preview())));
  }

  private @Nullable SmsText shown(Conversation conversation) {
    MessageId message = street.lastMessage(conversation).id();
    OpenedMessage opened = engage.deskOf(Shop.CLARA).open(message).findValue().orElseThrow();
    return opened.content().classification().sms();
  }

  private static PhoneNumber onlyNumberOf(Conversation conversation) {
    return (PhoneNumber) conversation.participants().iterator().next();
  }

  @Test
  @Tag("SY-8")
  void however_many_texts_come_the_inboxes_are_read_as_often() {
    engage.setupOf(Shop.DIRK).saveInbox(in("IT", WORKSHOP));
    AtomicInteger reads = new AtomicInteger();
    InboxStore counted = inboxesCountedBy(reads);
    Regions regions = new Regions(counted);

    List<Optional<String>> found =
        Race.run(8, () -> regions.apply(Shop.from(Shop.ANA).to(Shop.workshop()).headers()));

    assertThat(found).containsOnly(Optional.of("IT"));
    assertThat(reads).hasValue(1);
  }

  private InboxStore inboxesCountedBy(AtomicInteger reads) {
    return (InboxStore)
        Proxy.newProxyInstance(
            InboxStore.class.getClassLoader(),
            new Class<?>[] {InboxStore.class},
            (proxy, method, arguments) -> {
              reads.incrementAndGet();
              return method.invoke(street.storage.inboxes(), arguments);
            });
  }

  private Inbox in(String region, InboxId id) {
    Inbox inbox = inbox(id);
    return inbox.withSettings(inbox.settings().change().region(region).build());
  }

  private Inbox forContactsOnly(InboxId id) {
    Inbox inbox = inbox(id);
    return inbox.withSettings(inbox.settings().change().knownContactsOnly(true).build());
  }

  private Inbox inbox(InboxId id) {
    return engage.inboxes().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  private Map<String, Integer> callsFor(int from, int to) {
    calls.clear();
    IntStream.range(from, to).forEach(i -> street.arrives(text(i, "STOP")));
    engage.mail().sync(Shop.ACCOUNT);
    return Map.copyOf(calls);
  }

  private SmsConsent.State consent(int i) {
    return consent(PhoneNumber.of(number(i)));
  }

  private SmsConsent.State consent(PhoneNumber theirs) {
    return street.storage.documents().find(List.of(SmsConsent.keyOf(OURS, theirs))).stream()
        .map(SmsConsent.class::cast)
        .map(SmsConsent::state)
        .findFirst()
        .orElse(null);
  }

  private static String number(int i) {
    return "+1415555%04d".formatted(200 + i);
  }

  private static String text(int i, String words) {
    return """
    From: sms@gateway.example
    To: repairs@shop.example
    Subject: SMS from %s
    Date: Mon, 2 Mar 2026 08:00:00 +0000
    Message-ID: <sms-%d@gateway.example>

    %s
    """
        .formatted(number(i), i, words);
  }

  private <T> T counting(Class<T> port, T good) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              calls.merge(called.getName(), 1, Integer::sum);
              try {
                return called.invoke(good, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }
}
