package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import io.engage.model.queue.Service;
import io.engage.spi.ConversationSearch;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ConversationSearch} must do: the right items, in order, in pages that neither
 * repeat nor skip. Extend it and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("WK-11")
public abstract class ConversationSearchContract {
  private static final List<CustomerId> ANAS = List.of(Sample.ana().id());
  private static final Instant NOON = Sample.MONDAY;
  private static final List<InboxId> BOTH = List.of(Sample.workshop().id(), Sample.sales().id());
  private static final PhoneNumber ANAS_PHONE = PhoneNumber.of("+14155550101");
  private static final PhoneNumber BENS_PHONE = PhoneNumber.of("+14155550102");

  private Shop shop;
  private ConversationSearch search;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    search = shop.storage().search();
  }

  @Test
  void nothing_is_listed_when_there_is_nothing() {
    assertThat(search.find(ConversationFilter.all(), Page.Request.first(10)))
        .isEqualTo(new Page<>(List.of(), null));
    assertThat(search.historyOf(ANAS, BOTH, null, Page.Request.first(10)))
        .isEqualTo(new Page<>(List.of(), null));
    assertThat(search.sms(List.of(ANAS_PHONE))).isEmpty();
    assertThat(search.messagesIn(List.of(ConversationId.of("c1")))).isEmpty();
    assertThat(search.naming(List.of(RfcMessageId.of("any@example.com")))).isEmpty();
    assertThat(search.numbered(List.of(new ConversationNumber(123_456_789)))).isEmpty();
  }

  @Test
  @Tag("TH-1")
  void conversations_are_found_by_their_numbers_empty_ones_too() {
    shop.keep(conversation("a").make(), conversation("b").make(), conversation("c").make());
    shop.keep(shop.conversation("b").withCounts(0, 0));

    List<Conversation> found =
        search.numbered(List.of(number("a"), number("b"), number("b"), number("unknown")));

    assertThat(ids(found)).containsExactlyInAnyOrder("a", "b");
    assertThat(found).contains(shop.conversation("a"));
    assertThat(search.numbered(List.of())).isEmpty();
  }

  private static ConversationNumber number(String conversation) {
    return ConversationNumber.of(ConversationId.of(conversation));
  }

  @Test
  @Tag("TH-1")
  void messages_are_found_by_the_ids_that_they_name_in_any_case_each_once_deleted_ones_too() {
    shop.keep(
        SampleMail.of("m1").following("root@x.example", "Middle@x.example").make(),
        SampleMail.of("m2").following("root@x.example").deleted().make(),
        SampleMail.of("m3").following().make());

    List<Message> found =
        search.naming(
            List.of(RfcMessageId.of("ROOT@x.example"), RfcMessageId.of("middle@x.example")));

    assertThat(found).extracting(each -> each.id().value()).containsExactlyInAnyOrder("m1", "m2");
    assertThat(search.naming(List.of(RfcMessageId.of("m1@example.com")))).isEmpty();
    assertThat(search.naming(List.of())).isEmpty();
  }

  @Test
  @Tag("TH-1")
  void of_an_id_that_many_name_the_oldest_twenty_are_found_at_least() {
    for (int i = 0; i < 30; i++) {
      shop.keep(
          SampleMail.of("m%02d".formatted(i))
              .following("root@x.example")
              .at(NOON.minusSeconds(i))
              .make());
    }

    List<Message> found = search.naming(List.of(RfcMessageId.of("root@x.example")));

    assertThat(found)
        .extracting(each -> each.id().value())
        .doesNotHaveDuplicates()
        .contains(IntStream.range(10, 30).mapToObj("m%02d"::formatted).toArray(String[]::new));
  }

  @Test
  void the_newest_comes_first_and_equally_old_ones_by_id_descending() {
    shop.keep(
        conversation("b").make(),
        conversation("old").at(NOON.minusSeconds(1)).make(),
        conversation("c").make(),
        conversation("new").at(NOON.plusSeconds(1)).make(),
        conversation("a").make());

    assertThat(found(ConversationFilter.all())).containsExactly("new", "c", "b", "a", "old");
  }

  @Test
  void pages_end_exactly_where_the_list_ends() {
    shop.keep(conversation("a").make(), conversation("b").make(), conversation("c").make());

    assertThat(Shop.pages(2, page -> search.find(ConversationFilter.all(), page)))
        .extracting(List::size)
        .containsExactly(2, 1);
    assertThat(Shop.pages(3, page -> search.find(ConversationFilter.all(), page)))
        .extracting(List::size)
        .containsExactly(3);
  }

  @Test
  void pages_have_no_next_one_when_nothing_that_follows_passes_the_filter() {
    shop.keep(
        conversation("new").make(),
        conversation("old").completed().at(NOON.minusSeconds(1)).make());

    Page<Conversation> page = search.find(ConversationFilter.open(), Page.Request.first(1));

    assertThat(page.next()).isNull();
  }

  @Test
  void while_mail_arrives_the_next_page_goes_on_where_the_last_one_ended() {
    shop.keep(
        IntStream.range(0, 6)
            .mapToObj(i -> conversation("c" + i).at(NOON.minusSeconds(i)).make())
            .toArray(Conversation[]::new));
    Page<Conversation> first = search.find(ConversationFilter.all(), Page.Request.first(3));
    shop.keep(conversation("new").at(NOON.plusSeconds(60)).make());

    Page<Conversation> second =
        search.find(
            ConversationFilter.all(), Page.Request.first(3).after(first.findNext().orElseThrow()));

    assertThat(ids(first.items())).containsExactly("c0", "c1", "c2");
    assertThat(ids(second.items())).containsExactly("c3", "c4", "c5");
  }

  @Test
  void a_page_goes_on_although_the_last_item_of_the_one_before_has_moved() {
    shop.keep(
        conversation("c0").make(),
        conversation("c1").at(NOON.minusSeconds(1)).make(),
        conversation("c2").at(NOON.minusSeconds(2)).make());
    Page<Conversation> first = search.find(ConversationFilter.all(), Page.Request.first(2));
    shop.keep(shop.conversation("c1").withMessage(NOON.plusSeconds(60), true, Set.of()));

    Page<Conversation> second =
        search.find(
            ConversationFilter.all(), Page.Request.first(2).after(first.findNext().orElseThrow()));

    assertThat(ids(second.items())).containsExactly("c2");
  }

  @Test
  void open_and_completed_ones_are_told_apart() {
    shop.keep(conversation("open").make(), conversation("done").completed().make());

    assertThat(found(ConversationFilter.open())).containsExactly("open");
    assertThat(found(ConversationFilter.completed())).containsExactly("done");
    assertThat(found(ConversationFilter.all())).containsExactly("open", "done");
  }

  @Test
  void inboxes_are_told_apart() {
    shop.keep(conversation("a").make(), conversation("b").in(Sample.sales()).make());
    Set<io.engage.model.inbox.InboxId> both = Set.of(Sample.workshop().id(), Sample.sales().id());

    assertThat(found(ConversationFilter.all().in(Sample.sales().id()))).containsExactly("b");
    assertThat(found(ConversationFilter.all().inInboxes(both))).containsExactly("b", "a");
  }

  @Test
  void assignees_are_told_apart() {
    shop.keep(
        conversation("claras").assignedTo(Sample.clara()).make(),
        conversation("darios").assignedTo(Sample.dario()).make(),
        conversation("nobodys").make());

    assertThat(found(ConversationFilter.all().assignedTo(Sample.clara().id())))
        .containsExactly("claras");
    assertThat(found(ConversationFilter.all().unassigned())).containsExactly("nobodys");
  }

  @Test
  void unread_ones_are_told_apart() {
    shop.keep(conversation("read").holding(2, 0).make(), conversation("unread").make());

    assertThat(found(ConversationFilter.all().unread())).containsExactly("unread");
  }

  @Test
  void linked_ones_are_told_apart() {
    shop.keep(
        conversation("anas").linkedTo(Sample.ana()).make(),
        conversation("bens").linkedTo(Sample.ben()).make(),
        conversation("unlinked").make());

    assertThat(found(ConversationFilter.all().linked(true))).containsExactly("bens", "anas");
    assertThat(found(ConversationFilter.all().linked(false))).containsExactly("unlinked");
    assertThat(found(ConversationFilter.all().with(Sample.ana().id()))).containsExactly("anas");
  }

  @Test
  void channels_are_told_apart() {
    shop.keep(conversation("mail").make(), conversation("sms").through(Channel.SMS).make());

    assertThat(found(ConversationFilter.all().through(Channel.SMS))).containsExactly("sms");
    assertThat(found(ConversationFilter.all().through(Channel.EMAIL))).containsExactly("mail");
  }

  @Test
  void a_time_span_holds_its_start_and_not_its_end() {
    shop.keep(
        conversation("before").at(NOON.minusSeconds(1)).make(),
        conversation("start").at(NOON).make(),
        conversation("within").at(NOON.plusSeconds(5)).make(),
        conversation("end").at(NOON.plusSeconds(10)).make());

    assertThat(found(ConversationFilter.all().between(NOON, NOON.plusSeconds(10))))
        .containsExactly("within", "start");
    assertThat(found(ConversationFilter.all().between(NOON, null)))
        .containsExactly("end", "within", "start");
    assertThat(found(ConversationFilter.all().between(null, NOON))).containsExactly("before");
  }

  @Test
  void every_word_has_to_be_somewhere_in_any_case() {
    shop.keep(
        conversation("strap")
            .about("Broken WATCH strap")
            .with(EmailAddress.of("Ana.Alvarez@example.com"))
            .linkedTo(Sample.ben())
            .make(),
        conversation("ring").about("Ring").with(EmailAddress.of("zoe@example.com")).make());

    assertThat(found(searching("watch"))).containsExactly("strap");
    assertThat(found(searching("ALVAREZ"))).containsExactly("strap");
    assertThat(found(searching("Ben"))).containsExactly("strap");
    assertThat(found(searching("strap alvarez  BROKEN"))).containsExactly("strap");
    assertThat(found(searching("strap zoe"))).isEmpty();
    assertThat(found(searching("example.com"))).containsExactly("strap", "ring");
    assertThat(found(searching("  "))).hasSize(2);
  }

  @Test
  void words_are_words_and_no_patterns() {
    shop.keep(conversation("percent").about("100% off_er \\ 'x'").make(), conversation("b").make());

    assertThat(found(searching("%"))).containsExactly("percent");
    assertThat(found(searching("_"))).containsExactly("percent");
    assertThat(found(searching("\\"))).containsExactly("percent");
    assertThat(found(searching("'"))).containsExactly("percent");
    assertThat(found(searching(".*"))).isEmpty();
  }

  @Test
  void empty_conversations_are_listed_nowhere() {
    shop.keep(conversation("empty").holding(0, 0).make());

    assertThat(found(ConversationFilter.all())).isEmpty();
  }

  @Test
  void a_change_shows_at_once_in_every_list() {
    shop.keep(conversation("c1").make());
    Conversation changed =
        shop.conversation("c1")
            .withState(
                Conversation.State.NEW
                    .withAssignee(Sample.clara().id())
                    .withCustomer(Sample.ana().id())
                    .withCompletedAt(NOON.plusSeconds(60)))
            .withCounts(1, 0);

    shop.keep(changed);

    assertThat(found(ConversationFilter.open())).isEmpty();
    assertThat(found(ConversationFilter.completed())).containsExactly("c1");
    assertThat(found(ConversationFilter.all().unassigned())).isEmpty();
    assertThat(found(ConversationFilter.all().assignedTo(Sample.clara().id()))).hasSize(1);
    assertThat(found(ConversationFilter.all().linked(false))).isEmpty();
    assertThat(found(ConversationFilter.all().with(Sample.ana().id()))).hasSize(1);
    assertThat(found(ConversationFilter.all().unread())).isEmpty();
  }

  @RepeatedTest(5)
  void any_mix_of_conditions_gives_what_looking_at_each_conversation_gives(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    List<Conversation> all =
        IntStream.range(0, 150).mapToObj(i -> randomConversation(i, random)).toList();
    shop.commit(shop.change().conversations(all));

    for (int i = 0; i < 120; i++) {
      ConversationFilter filter = RandomFilter.next(random);

      assertThat(found(filter))
          .as("%s", filter)
          .containsExactlyElementsOf(RandomFilter.expected(all, filter));
    }
  }

  @Test
  void a_list_can_begin_with_the_oldest() {
    shop.keep(
        conversation("b").make(),
        conversation("a").make(),
        conversation("old").at(NOON.minusSeconds(1)).make(),
        conversation("new").at(NOON.plusSeconds(1)).make());

    assertThat(found(ConversationFilter.all().sorted(Order.OLDEST_FIRST)))
        .containsExactly("old", "a", "b", "new");
    assertThat(found(between(NOON, NOON.plusSeconds(1)).sorted(Order.OLDEST_FIRST)))
        .containsExactly("a", "b");
  }

  @Test
  void a_list_can_begin_with_the_most_urgent_and_of_those_the_oldest() {
    shop.keep(
        conversation("usual").at(NOON.minusSeconds(60)).make(),
        conversation("b").urgent(1).make(),
        conversation("a").urgent(1).make(),
        conversation("new").urgent(1).at(NOON.plusSeconds(1)).make(),
        conversation("now").urgent(0).at(NOON.plusSeconds(9)).make(),
        conversation("later").urgent(Integer.MAX_VALUE).make(),
        conversation("below").urgent(Integer.MIN_VALUE).make());

    assertThat(found(ConversationFilter.all().sorted(Order.URGENT_FIRST)))
        .containsExactly("below", "now", "a", "b", "new", "usual", "later");
  }

  @Test
  void a_new_priority_shows_at_once() {
    shop.keep(conversation("a").urgent(1).make(), conversation("b").urgent(2).make());
    shop.keep(shop.conversation("b").withState(Conversation.State.NEW.withPriority(0)));

    assertThat(found(ConversationFilter.all().sorted(Order.URGENT_FIRST)))
        .containsExactly("b", "a");
  }

  @RepeatedTest(5)
  void while_mail_arrives_pages_neither_repeat_nor_skip_what_does_not_move(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    for (Order order : Order.values()) {
      List<Conversation> before = arriving(order + "-before", 40, random);
      shop.commit(shop.change().conversations(before));
      ConversationFilter filter = ConversationFilter.all().in(Sample.sales().id()).sorted(order);

      List<String> seen =
          ids(
              Shop.all(
                  7,
                  page -> {
                    String name = order + "-during-" + random.nextInt();
                    shop.commit(shop.change().conversations(arriving(name, 3, random)));
                    return search.find(filter, page);
                  }));

      assertThat(seen).doesNotHaveDuplicates();
      assertThat(seen.stream().filter(each -> each.startsWith(order + "-before")))
          .containsExactlyElementsOf(
              RandomFilter.expected(before, ConversationFilter.all().sorted(order)));
    }
  }

  private static List<Conversation> arriving(String name, int count, Random random) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                conversation(name + "-" + i)
                    .in(Sample.sales())
                    .urgent(random.nextInt(3))
                    .at(NOON.plusSeconds(random.nextInt(20)))
                    .make())
        .toList();
  }

  @Test
  void texts_are_compared_column_by_column_as_one_piece_in_any_case() {
    shop.keep(
        conversation("from")
            .about("Ring")
            .with(EmailAddress.of("zoe@example.com"), EmailAddress.of("acme@example.com"))
            .make(),
        conversation("label").about("Ring").showing("J. Doe of ACME", "Hello").make(),
        conversation("subject").about("Order of Acme tools").make(),
        conversation("preview").about("Ring").showing("Zoe", "I work at acme now").make());

    assertThat(found(containing(TextColumn.FROM, "acme")))
        .containsExactlyInAnyOrder("from", "label");
    assertThat(found(containing(TextColumn.SUBJECT, "ACME"))).containsExactly("subject");
    assertThat(found(containing(TextColumn.PREVIEW, "Acme"))).containsExactly("preview");
    assertThat(found(containing(TextColumn.SUBJECT, "of acme"))).containsExactly("subject");
    assertThat(found(containing(TextColumn.SUBJECT, "acme order"))).isEmpty();
    assertThat(found(containing(TextColumn.SUBJECT, "acme%"))).isEmpty();
    assertThat(found(containing(TextColumn.SUBJECT, "a_me"))).isEmpty();
  }

  @Test
  void moments_are_compared_column_by_column_with_the_start_and_without_the_end() {
    shop.keep(
        conversation("early").opened(NOON).at(NOON.plusSeconds(5)).make(),
        conversation("late").opened(NOON.plusSeconds(5)).at(NOON.plusSeconds(6)).make(),
        conversation("done").at(NOON.minusSeconds(9)).completed(NOON.plusSeconds(9)).make());
    Instant five = NOON.plusSeconds(5);

    assertThat(found(meeting(new Criterion.Since(TimeColumn.NEWEST, five))))
        .containsExactly("late", "early");
    assertThat(found(meeting(new Criterion.Before(TimeColumn.NEWEST, five))))
        .containsExactly("done");
    assertThat(found(meeting(new Criterion.Since(TimeColumn.OPENED, five))))
        .containsExactly("late");
    assertThat(found(meeting(new Criterion.Before(TimeColumn.OPENED, five))))
        .containsExactly("early", "done");
    assertThat(found(meeting(new Criterion.Since(TimeColumn.COMPLETED, NOON.plusSeconds(9)))))
        .containsExactly("done");
    assertThat(found(meeting(new Criterion.Before(TimeColumn.COMPLETED, NOON.plusSeconds(9)))))
        .isEmpty();
  }

  @Test
  void what_is_open_has_no_moment_of_completion_and_so_is_neither_before_nor_since() {
    shop.keep(conversation("open").make());

    assertThat(found(meeting(new Criterion.Since(TimeColumn.COMPLETED, Instant.EPOCH)))).isEmpty();
    assertThat(found(meeting(new Criterion.Before(TimeColumn.COMPLETED, Instant.MAX)))).isEmpty();
    assertThat(
            found(
                meeting(
                    new Criterion.Not(
                        new Criterion.Before(TimeColumn.COMPLETED, NOON.plusSeconds(1))))))
        .containsExactly("open");
  }

  @Test
  void what_can_be_said_in_one_word_is_told_apart() {
    shop.keep(
        conversation("completed").holding(1, 0).completed().make(),
        conversation("unread").make(),
        conversation("linked").holding(1, 0).linkedTo(Sample.ana()).make(),
        conversation("assigned").holding(1, 0).assignedTo(Sample.clara()).make(),
        conversation("side").holding(1, 0).besides("unread").make());

    for (Criterion.Claim claim : Criterion.Claim.values()) {
      String expected = claim == Criterion.Claim.SIDE_THREAD ? "side" : claim.name();
      assertThat(found(meeting(new Criterion.Is(claim))))
          .as("%s", claim)
          .containsExactly(expected.toLowerCase(Locale.ROOT));
      assertThat(found(meeting(new Criterion.Not(new Criterion.Is(claim))))).hasSize(4);
    }
  }

  @Test
  void tags_agents_customers_channels_inboxes_and_priorities_are_told_apart() {
    shop.keep(
        conversation("tagged").tagged("vip", "repair").make(),
        conversation("claras").assignedTo(Sample.clara()).make(),
        conversation("anas").linkedTo(Sample.ana()).make(),
        conversation("sms").through(Channel.SMS).make(),
        conversation("sales").in(Sample.sales()).make(),
        conversation("urgent").urgent(5).make());

    assertThat(found(meeting(new Criterion.Tagged("repair")))).containsExactly("tagged");
    assertThat(found(meeting(new Criterion.Tagged("rep")))).isEmpty();
    assertThat(found(meeting(new Criterion.AssignedTo(Sample.clara().id()))))
        .containsExactly("claras");
    assertThat(
            found(
                meeting(new Criterion.WithCustomers(Set.of(Sample.ana().id(), Sample.ben().id())))))
        .containsExactly("anas");
    assertThat(found(meeting(new Criterion.WithCustomers(Set.of())))).isEmpty();
    assertThat(found(meeting(new Criterion.Through(Channel.SMS)))).containsExactly("sms");
    assertThat(found(meeting(new Criterion.InInboxes(Set.of(Sample.sales().id())))))
        .containsExactly("sales");
    assertThat(found(meeting(new Criterion.InInboxes(Set.of())))).isEmpty();
    assertThat(found(meeting(new Criterion.PriorityUpTo(5)))).containsExactly("urgent");
    assertThat(found(meeting(new Criterion.PriorityUpTo(4)))).isEmpty();
  }

  @Test
  @Tag("WK-6")
  void side_threads_are_found_beside_their_conversation() {
    shop.keep(
        conversation("main").make(),
        conversation("first").besides("main").make(),
        conversation("second").besides("main").at(NOON.plusSeconds(1)).make(),
        conversation("other").besides("elsewhere").make());

    assertThat(found(meeting(new Criterion.Besides(ConversationId.of("main")))))
        .containsExactly("second", "first");
  }

  @Test
  @Tag("DI-7")
  void who_has_a_conversation_and_who_had_it_find_it() {
    shop.keep(
        conversation("had").taken(Sample.clara(), NOON).taken(Sample.dario(), NOON).make(),
        conversation("has").taken(Sample.clara(), NOON).at(NOON.minusSeconds(1)).make(),
        conversation("done")
            .taken(Sample.clara(), NOON)
            .completed()
            .at(NOON.minusSeconds(2))
            .make(),
        conversation("offered").offered(Sample.clara(), NOON, NOON.plusSeconds(30)).make(),
        conversation("other").taken(Sample.dario(), NOON).make(),
        conversation("similar").taken(Agent.of("clar", "Clar"), NOON).make(),
        conversation("nobodys").make());

    assertThat(found(meeting(new Criterion.HandledBy(Sample.clara().id()))))
        .containsExactly("had", "has", "done");
    assertThat(found(meeting(new Criterion.HandledBy(AgentId.of("Clara"))))).isEmpty();
  }

  @Test
  @Tag("DI-7")
  void an_agent_whose_handling_is_forgotten_finds_it_no_more() {
    shop.keep(conversation("strap").taken(Sample.clara(), NOON).make());
    Conversation strap = shop.conversation("strap");

    shop.keep(strap.withState(strap.state().withService(Service.arrived(NOON))));

    assertThat(found(meeting(new Criterion.HandledBy(Sample.clara().id())))).isEmpty();
  }

  @Test
  @Tag("DL-13")
  void answers_to_a_campaign_are_found_by_it() {
    shop.keep(
        conversation("spring").answering("spring").make(),
        conversation("again").answering("spring").at(NOON.plusSeconds(1)).make(),
        conversation("summer").answering("summer").make(),
        conversation("other").make());
    Criterion spring = new Criterion.ToCampaigns(Set.of(CampaignId.of("spring")));

    assertThat(found(meeting(spring))).containsExactly("again", "spring");
    assertThat(found(meeting(new Criterion.Not(spring)))).containsExactly("summer", "other");
    assertThat(found(meeting(new Criterion.ToCampaigns(Set.of())))).isEmpty();
  }

  @Test
  void trees_join_with_and_or_and_not() {
    shop.keep(
        conversation("both").tagged("vip", "repair").make(),
        conversation("vip").tagged("vip").make(),
        conversation("repair").tagged("repair").make(),
        conversation("none").make());
    Criterion vip = new Criterion.Tagged("vip");
    Criterion repair = new Criterion.Tagged("repair");

    assertThat(found(meeting(new Criterion.All(List.of(vip, repair))))).containsExactly("both");
    assertThat(found(meeting(new Criterion.Any(List.of(vip, repair)))))
        .containsExactly("vip", "repair", "both");
    assertThat(found(meeting(new Criterion.All(List.of(vip, new Criterion.Not(repair))))))
        .containsExactly("vip");
    assertThat(found(meeting(new Criterion.Not(new Criterion.Any(List.of(vip, repair))))))
        .containsExactly("none");
    assertThat(found(meeting(new Criterion.All(List.of())))).hasSize(4);
    assertThat(found(meeting(new Criterion.Any(List.of())))).isEmpty();
  }

  private static ConversationFilter meeting(Criterion criterion) {
    return ConversationFilter.all().matching(criterion);
  }

  private static ConversationFilter containing(TextColumn column, String words) {
    return meeting(new Criterion.Contains(column, words));
  }

  private static ConversationFilter between(Instant start, Instant end) {
    return ConversationFilter.all().between(start, end);
  }

  @Test
  void sms_conversations_of_a_number_are_found_newest_first_completed_ones_too() {
    shop.keep(
        sms("old", ANAS_PHONE).at(NOON.minusSeconds(1)).make(),
        sms("new", ANAS_PHONE).make(),
        sms("bens", BENS_PHONE).at(NOON.minusSeconds(9)).make(),
        sms("done", ANAS_PHONE).at(NOON.minusSeconds(2)).completed().make(),
        conversation("mail").with(ANAS_PHONE).make());

    assertThat(ids(search.sms(List.of(ANAS_PHONE)))).containsExactly("new", "old", "done");
    assertThat(ids(search.sms(List.of(BENS_PHONE, ANAS_PHONE))))
        .containsExactly("new", "old", "done", "bens");
    assertThat(search.sms(List.of())).isEmpty();
  }

  @Test
  void an_sms_conversation_of_two_numbers_comes_once() {
    shop.keep(conversation("both").through(Channel.SMS).with(ANAS_PHONE, BENS_PHONE).make());

    assertThat(ids(search.sms(List.of(ANAS_PHONE, BENS_PHONE)))).containsExactly("both");
  }

  @Test
  void of_many_sms_conversations_of_a_number_the_newest_twenty_open_and_completed_are_found() {
    shop.keep(
        IntStream.range(0, 25)
            .mapToObj(i -> sms("done" + i, ANAS_PHONE).at(NOON.minusSeconds(i)).completed().make())
            .toArray(Conversation[]::new));
    shop.keep(
        IntStream.range(0, 25)
            .mapToObj(i -> sms("c" + i, ANAS_PHONE).at(NOON.minusSeconds(100 + i)).make())
            .toArray(Conversation[]::new));

    assertThat(ids(search.sms(List.of(ANAS_PHONE))))
        .containsExactlyElementsOf(
            Stream.of("done", "c")
                .flatMap(state -> IntStream.range(0, 20).mapToObj(i -> state + i))
                .toList());
  }

  @Test
  void the_messages_of_many_conversations_are_found_without_deleted_ones() {
    shop.keep(
        Sample.mail("m1", "c1"),
        Sample.mail("m2", "c1"),
        SampleMail.of("gone").in("c1").deleted().make(),
        Sample.mail("m3", "c2"),
        Sample.mail("m4", "c3"));
    List<ConversationId> asked =
        List.of(ConversationId.of("c1"), ConversationId.of("c2"), ConversationId.of("c1"));

    assertThat(search.messagesIn(asked))
        .extracting(message -> message.id().value())
        .containsExactlyInAnyOrder("m1", "m2", "m3");
    assertThat(search.messagesIn(List.of())).isEmpty();
  }

  @Test
  @Tag("WK-11")
  void the_messages_of_many_conversations_come_newest_first_page_by_page() {
    List<Message> mails =
        IntStream.range(0, 9)
            .mapToObj(
                i -> SampleMail.of("m" + i).in("c" + i % 3).at(NOON.plusSeconds(i / 2)).make())
            .toList();
    shop.keep(mails.toArray(Message[]::new));
    shop.keep(SampleMail.of("deleted").in("c1").deleted().make(), Sample.mail("other", "c9"));
    List<ConversationId> asked = Stream.of("c1", "c0", "c2", "c1").map(ConversationId::of).toList();

    List<List<Message>> pages = Shop.pages(4, page -> search.messagesIn(asked, page));

    assertThat(pages).extracting(List::size).containsExactly(4, 4, 1);
    assertThat(pages.stream().flatMap(List::stream).map(each -> each.id().value()))
        .containsExactly("m8", "m7", "m6", "m5", "m4", "m3", "m2", "m1", "m0");
    assertThat(search.messagesIn(asked)).hasSize(9);
  }

  @Test
  @Tag("TH-4")
  void a_customers_history_holds_their_messages_of_all_inboxes_newest_first() {
    shop.keep(
        historic("b").make(),
        historic("a").to(Sample.sales()).make(),
        historic("new").at(NOON.plusSeconds(1)).make(),
        historic("deleted").at(NOON.minusSeconds(1)).deleted().make(),
        SampleMail.of("bens").linkedTo(Sample.ben()).make(),
        SampleMail.of("unlinked").make());

    assertThat(history(Sample.ana(), 2)).containsExactly("new", "b", "a", "deleted");
  }

  @Test
  @Tag("TH-4")
  void pages_of_a_history_end_exactly_where_it_ends() {
    shop.keep(historic("a").make(), historic("b").make());

    assertThat(Shop.pages(2, page -> search.historyOf(ANAS, BOTH, null, page))).hasSize(1);
    assertThat(Shop.pages(1, page -> search.historyOf(ANAS, BOTH, null, page))).hasSize(2);
  }

  @Test
  @Tag("TH-3")
  @Tag("TH-4")
  void the_history_of_several_is_one_in_its_order_page_by_page() {
    for (int i = 0; i < 6; i++) {
      shop.keep(
          SampleMail.of("m" + i)
              .linkedTo(i % 2 == 0 ? Sample.ana() : Sample.ben())
              .at(NOON.plusSeconds(i))
              .make());
    }
    List<CustomerId> both = List.of(Sample.ana().id(), Sample.ben().id(), Sample.ana().id());

    List<List<Message>> pages = Shop.pages(4, page -> search.historyOf(both, BOTH, null, page));

    assertThat(pages).extracting(List::size).containsExactly(4, 2);
    assertThat(pages.stream().flatMap(List::stream))
        .extracting(each -> each.id().value())
        .containsExactly("m5", "m4", "m3", "m2", "m1", "m0");
    assertThat(search.historyOf(List.of(), BOTH, null, Page.Request.first(10)).items()).isEmpty();
  }

  @Test
  @Tag("TH-4")
  @Tag("TH-6")
  void a_history_is_that_of_the_inboxes_asked_for_in_full_pages() {
    for (int i = 0; i < 12; i++) {
      shop.keep(
          historic("m%02d".formatted(i))
              .at(NOON.plusSeconds(i))
              .to(i % 3 == 0 ? Sample.workshop() : Sample.sales())
              .make());
    }
    List<InboxId> workshop = List.of(Sample.workshop().id());

    List<List<Message>> pages = Shop.pages(3, page -> search.historyOf(ANAS, workshop, null, page));

    assertThat(pages).extracting(List::size).containsExactly(3, 1);
    assertThat(pages.stream().flatMap(List::stream))
        .extracting(each -> each.id().value())
        .containsExactly("m09", "m06", "m03", "m00");
    assertThat(search.historyOf(ANAS, List.of(), null, Page.Request.first(10)).items()).isEmpty();
  }

  @Test
  void the_newest_messages_of_a_conversation_come_first_without_deleted_ones() {
    shop.keep(
        SampleMail.of("old").in("c1").at(NOON).make(),
        SampleMail.of("a").in("c1").at(NOON.plusSeconds(1)).make(),
        SampleMail.of("b").in("c1").at(NOON.plusSeconds(1)).make(),
        SampleMail.of("gone").in("c1").at(NOON.plusSeconds(2)).deleted().make(),
        SampleMail.of("elsewhere").in("c2").at(NOON).make());

    List<List<Message>> pages =
        Shop.pages(2, page -> search.newestIn(ConversationId.of("c1"), page));

    assertThat(pages).extracting(List::size).containsExactly(2, 1);
    assertThat(pages.stream().flatMap(List::stream))
        .extracting(each -> each.id().value())
        .containsExactly("b", "a", "old");
    assertThat(search.newestIn(ConversationId.of("none"), Page.Request.first(10)).items())
        .isEmpty();
  }

  @Test
  @Tag("TH-4")
  void a_message_that_is_linked_to_somebody_else_changes_histories() {
    shop.keep(historic("m1").make());
    Message message = shop.message("m1");

    shop.keep(message.withState(message.state().withCustomer(Sample.ben().id())));

    assertThat(history(Sample.ana(), 10)).isEmpty();
    assertThat(history(Sample.ben(), 10)).containsExactly("m1");
  }

  private static SampleConversation conversation(String id) {
    return SampleConversation.of(id);
  }

  private static SampleConversation sms(String id, PhoneNumber number) {
    return conversation(id).through(Channel.SMS).with(number);
  }

  private static SampleMail historic(String id) {
    return SampleMail.of(id).linkedTo(Sample.ana());
  }

  private static ConversationFilter searching(String words) {
    return ConversationFilter.all().searching(words);
  }

  private static Conversation randomConversation(int number, Random random) {
    SampleConversation made =
        conversation("c" + number)
            .in(random.nextBoolean() ? Sample.workshop() : Sample.sales())
            .through(random.nextInt(4) == 0 ? Channel.SMS : Channel.EMAIL)
            .about(random.nextBoolean() ? "Watch strap" : "Ring size")
            .holding(random.nextInt(3), 0)
            .at(NOON.plusSeconds(random.nextInt(40)));
    List<Runnable> properties = new ArrayList<>();
    properties.add(made::completed);
    properties.add(() -> made.assignedTo(random.nextBoolean() ? Sample.clara() : Sample.dario()));
    properties.add(() -> made.linkedTo(random.nextBoolean() ? Sample.ana() : Sample.ben()));
    properties.add(() -> made.holding(2, 1));
    properties.add(() -> made.tagged(random.nextBoolean() ? "vip" : "repair"));
    properties.add(() -> made.urgent(random.nextInt(4)));
    properties.add(() -> made.opened(NOON.plusSeconds(random.nextInt(40))));
    properties.add(() -> made.completed(NOON.plusSeconds(random.nextInt(40))));
    properties.add(() -> made.showing("Ana Alvarez", "The strap came off"));
    properties.add(() -> made.besides("c" + random.nextInt(3)));
    properties.add(() -> made.answering(random.nextBoolean() ? "spring" : "summer"));
    properties.add(() -> made.with(EmailAddress.of("zoe@example.com")));
    properties.add(() -> made.taken(Sample.dario(), NOON));
    properties.add(() -> made.taken(Sample.clara(), NOON));
    properties.stream().filter(any -> random.nextBoolean()).forEach(Runnable::run);
    return made.make();
  }

  private List<String> found(ConversationFilter filter) {
    return ids(Shop.all(7, page -> search.find(filter, page)));
  }

  private List<String> history(Customer customer, int limit) {
    return Shop.all(limit, page -> search.historyOf(List.of(customer.id()), BOTH, null, page))
        .stream()
        .map(message -> message.id().value())
        .toList();
  }

  private static List<String> ids(List<Conversation> conversations) {
    return conversations.stream().map(conversation -> conversation.id().value()).toList();
  }
}
