package io.engage.core;

import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentAction;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.PortFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ListsTest {
  private static final Page.Request ALL = Page.Request.first(100);

  private final Street street = new Street();
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void threePeopleWrite() {
    arrives("Ana Silva <ana@customer.example>", "repairs@shop.example", "The bell is broken");
    arrives("Ben Okafor <ben@customer.example>", "hello@shop.example", "Invoice 4711");
    arrives("Zoe <zoe@elsewhere.example>", "hello@shop.example", "Opening hours");
    street.sync();
  }

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("WK-12")
  void one_finds_by_inbox_address_subject_and_customers_name() {
    assertThat(found("workshop")).containsExactly("The bell is broken");
    assertThat(found("zoe@elsewhere.example")).containsExactly("Opening hours");
    assertThat(found("INVOICE")).containsExactly("Invoice 4711");
    assertThat(found("silva")).containsExactly("The bell is broken");
    assertThat(found("customer:okafor OR inbox:work"))
        .containsExactly("Invoice 4711", "The bell is broken");
  }

  @Test
  @Tag("WK-12")
  @Tag("TH-3")
  void the_name_of_somebody_who_was_merged_finds_what_stands_with_the_other() {
    street.clara.customers().merge(CustomerId.of("ben"), CustomerId.of("ana"));

    assertThat(found("customer:silva")).containsExactly("Invoice 4711", "The bell is broken");
    assertThat(found("silva")).contains("The bell is broken");
  }

  @Test
  @Tag("WK-12")
  void where_a_name_is_that_of_too_many_it_is_told_that_not_all_were_looked_for() {
    for (int i = 0; i < 199; i++) {
      street.customers.with("smith-" + i, "Smith " + i);
    }
    Listing all = street.clara.list("customer:smith silva", ALL);
    street.customers.with("smith-199", "Smith 199");

    Listing cut = street.clara.list("customer:smith silva", ALL);

    assertThat(all).isEqualTo(new Listing.Found(new Page<>(List.of(), null)));
    assertThat(cut).isEqualTo(new Listing.Found(new Page<>(List.of(), null), Set.of("smith")));
  }

  @Test
  void columns_are_joined_with_and_or_and_not() {
    assertThat(found("from:(ana OR zoe) AND NOT subject:hours received>=2026-01-01"))
        .containsExactly("The bell is broken");
    assertThat(found("-is:linked")).containsExactly("Opening hours");
    assertThat(found("received:2025")).isEmpty();
    assertThat(found("  ")).hasSize(3);
  }

  @Test
  void each_column_may_have_an_expression_of_its_own_beside_the_search_box_and_the_filter() {
    Search search =
        Search.of("shop.example OR customer.example OR elsewhere")
            .column("from", "ana OR ben")
            .column("subject", "NOT bell");

    assertThat(subjects(street.clara.list(search, ALL))).containsExactly("Invoice 4711");
    assertThat(
            subjects(
                street.clara.list(
                    search.within(ConversationFilter.open().in(Shop.workshop().id())), ALL)))
        .isEmpty();
  }

  @Test
  void a_search_keeps_the_order_of_its_filter_and_goes_on_page_by_page() {
    Search search =
        Search.of("is:open").within(ConversationFilter.all().sorted(Order.OLDEST_FIRST));

    Page<Conversation> first =
        street.clara.list(search, Page.Request.first(2)).findPage().orElseThrow();
    Page<Conversation> second =
        street
            .clara
            .list(search, Page.Request.first(2).after(first.findNext().orElseThrow()))
            .findPage()
            .orElseThrow();

    assertThat(first.items())
        .extracting(Conversation::subject)
        .containsExactly("The bell is broken", "Invoice 4711");
    assertThat(second.items()).extracting(Conversation::subject).containsExactly("Opening hours");
  }

  @Test
  void my_own_are_those_of_whoever_asks() {
    street.clara.take(List.of(idOf("Invoice 4711")));

    assertThat(found("agent:me")).containsExactly("Invoice 4711");
    assertThat(subjects(street.engage.deskOf(Shop.DIRK).list("agent:me", ALL))).isEmpty();
    assertThat(subjects(street.engage.deskOf(Shop.DIRK).list("agent:clara", ALL))).hasSize(1);
  }

  @Test
  void who_works_on_something_is_found_by_name() {
    street.clara.take(List.of(idOf("Invoice 4711")));
    street.clara.assign(List.of(idOf("Opening hours")), Shop.DIRK);

    assertThat(found("agent:rossi")).containsExactly("Invoice 4711");
    assertThat(found("agent:(\"Dirk J\" OR rossi)"))
        .containsExactly("Opening hours", "Invoice 4711");
    assertThat(found("jensen")).containsExactly("Opening hours");
    assertThat(found("agent:okafor")).isEmpty();
  }

  @Test
  @Tag("DI-7")
  void who_worked_on_something_finds_it_when_another_does() {
    street.clara.take(List.of(idOf("Invoice 4711")));
    street.clara.assign(List.of(idOf("Invoice 4711")), Shop.DIRK);

    assertThat(found("agent:me")).isEmpty();
    assertThat(found("handled:me")).containsExactly("Invoice 4711");
    assertThat(found("handled:(\"Dirk J\" AND rossi)")).containsExactly("Invoice 4711");
    assertThat(found("handled:okafor")).isEmpty();
  }

  @Test
  void a_day_begins_where_the_agent_is() {
    street.clock.advance(Duration.ofHours(15).plusMinutes(30));
    arrives("Kim <kim@elsewhere.example>", "hello@shop.example", "Late question");
    street.sync();
    Search today = Search.of("received:2026-03-03");

    assertThat(subjects(street.clara.list(today, ALL))).isEmpty();
    assertThat(subjects(street.clara.list(today.in(ZoneId.of("Europe/Rome")), ALL)))
        .containsExactly("Late question");
  }

  @Test
  void what_is_mistyped_is_shown_where_it_is() {
    assertThat(street.clara.list("from:(acme", ALL))
        .isEqualTo(new Listing.Misunderstood("", 6, "this '(' has no ')'"));
    assertThat(street.clara.list(Search.of("").column("priority", "<=7 OR high"), ALL))
        .isInstanceOfSatisfying(
            Listing.Misunderstood.class,
            mistake ->
                assertThat(mistake.describe())
                    .isEqualTo("'priority', position 8: a priority is a number"));
    assertThat(street.clara.list(Search.of("").column("sender", "ana"), ALL))
        .isInstanceOfSatisfying(
            Listing.Misunderstood.class,
            mistake -> assertThat(mistake.reason()).contains("no such column", "from, subject"));
  }

  @Test
  @Tag("TH-6")
  void nothing_is_found_where_the_agent_may_not_read() {
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.READ, Shop.workshop().id(), "Not yours");

    assertThat(found("bell")).isEmpty();
    assertThat(found("inbox:workshop")).isEmpty();
  }

  @Test
  void the_directory_is_asked_once_for_each_word_and_not_without_bounds() {
    try (Engage engage =
        street.engageOn(street.storage, street.mail, street.blobs, searching(asked::add))) {
      AgentDesk desk = engage.deskOf(Shop.CLARA);

      desk.list("ana ana from:zoe customer:ana", ALL);
      assertThat(asked).containsExactly("ana up to 200");

      asked.clear();
      String words =
          IntStream.range(0, 21).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
      assertThat(desk.list(words, ALL)).isInstanceOf(Listing.Misunderstood.class);
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void when_customers_cannot_be_looked_up_nothing_is_left_out_in_silence() {
    try (Engage engage =
        street.engageOn(
            street.storage,
            street.mail,
            street.blobs,
            searching(
                words -> {
                  throw new PortFailure("The customer directory is down. Try again.", true);
                }))) {
      AgentDesk desk = engage.deskOf(Shop.CLARA);

      assertThatThrownBy(() -> desk.list("ana", ALL)).isInstanceOf(PortFailure.class);
      assertThat(subjects(desk.list("from:ana", ALL))).hasSize(1);
    }
  }

  @Test
  @Tag("WK-6")
  void side_threads_stand_beside_their_conversation_and_in_lists_that_ask_for_them() {
    Conversation bell = conversation("The bell is broken");
    Conversation hours = conversation("Opening hours");
    lead(hours.withExchange(hours.exchange().besides(bell.id())));

    Page<Conversation> besides = street.clara.besides(bell.id(), ALL).findValue().orElseThrow();

    assertThat(besides.items()).extracting(Conversation::subject).containsExactly("Opening hours");
    assertThat(street.list(ConversationFilter.all()))
        .extracting(Conversation::subject)
        .doesNotContain("Opening hours")
        .hasSize(2);
    assertThat(found("hours")).isEmpty();
    assertThat(found("hours is:side")).containsExactly("Opening hours");
    assertThat(street.clara.besides(ConversationId.of("none"), ALL))
        .isInstanceOf(Outcome.Unknown.class);
  }

  private void lead(Conversation changed) {
    street
        .storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .conversations(List.of(changed))
                .audit(
                    List.of(
                        new AuditEntry(
                            AuditEntryId.of("forwarded"),
                            street.clock.instant(),
                            Actor.agent(Shop.CLARA),
                            AuditSubject.of(changed.inbox(), changed.id()),
                            new AuditFact.Forwarded(changed.id(), 1))))
                .build());
  }

  /** The shop's directory, which finds nobody by words but tells which it was asked for. */
  private CustomerDirectory searching(Consumer<String> told) {
    return (CustomerDirectory)
        Proxy.newProxyInstance(
            CustomerDirectory.class.getClassLoader(),
            new Class<?>[] {CustomerDirectory.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("search")) {
                told.accept(arguments[0] + " up to " + arguments[1]);
                return List.<Customer>of();
              }
              try {
                return method.invoke(street.customers, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  private void arrives(String from, String to, String subject) {
    street.arrives(
        mailFrom(from, subject.hashCode() + "@customer.example", "Hello")
            .replace("repairs@shop.example", to)
            .replace("My bike", subject));
  }

  private Conversation conversation(String subject) {
    return street.list(ConversationFilter.all()).stream()
        .filter(each -> each.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  private ConversationId idOf(String subject) {
    return conversation(subject).id();
  }

  private List<String> found(String typed) {
    return subjects(street.clara.list(typed, ALL));
  }

  private static List<String> subjects(Listing listing) {
    return listing.findPage().orElseThrow().items().stream().map(Conversation::subject).toList();
  }
}
