package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.RatingRequest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Rating;
import io.engage.model.message.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-15")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RatingTest {
  private static final Pattern LINK =
      Pattern.compile("https://shop\\.example/engage(/r/[A-Za-z0-9_-]+)\\?chosen=4");
  private static final RatingRequest REQUEST =
      new RatingRequest("How did we do?", "Thank you, Ana & all!");

  private final Street street = new Street();
  private Engage engage;
  private Message sent;
  private String path;

  @BeforeEach
  void answer_ana() {
    engage = street.builder().publicUrl(URI.create("https://shop.example/engage")).build();
    engage.setupOf(Shop.CLARA).saveInbox(rated(REQUEST));
    street.arrives(Street.fromAna("m1@customer.example", "Is it ready?"));
    street.sync();
    MessageId question = street.lastMessage(street.onlyConversation()).id();
    sent = engage.deskOf(Shop.CLARA).reply(question, Reply.of("It is.")).findValue().orElseThrow();
    path = pathIn(text());
  }

  @AfterEach
  void close() {
    engage.close();
    street.close();
  }

  @Test
  void an_answer_of_an_asking_inbox_carries_title_and_stars() {
    assertThat(text()).contains("How did we do?", "★★★★★ https://", "★☆☆☆☆ https://");
  }

  @Test
  @Tag("G-48")
  void whoever_only_follows_the_link_changes_nothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(handle("GET", "5").status()).isEqualTo(200);
      assertThat(handle("HEAD", "5").body()).isEmpty();
    }

    assertThat(rating()).isEmpty();
    assertThat(handle("GET", Map.of("chosen", "4")).body())
        .contains("value=\"4\" required checked");
  }

  @Test
  void a_click_on_the_button_rates_that_message_and_thanks() {
    LinkResponse thanks = handle("POST", "4");

    assertThat(thanks.status()).isEqualTo(200);
    assertThat(thanks.body()).contains("Thank you, Ana &amp; all!", "★★★★☆");
    assertThat(rating()).contains(4);
    assertThat(engage.deskOf(Shop.CLARA).auditTrail(sent.id()))
        .filteredOn(entry -> entry.fact() instanceof AuditFact.Rated)
        .extracting(entry -> entry.actor())
        .containsExactly(Actor.CUSTOMER);
  }

  @Test
  void the_same_again_changes_nothing_and_another_one_changes_the_rating() {
    handle("POST", "4");
    handle("POST", "4");
    handle("POST", "1");

    assertThat(rating()).contains(1);
    assertThat(engage.deskOf(Shop.CLARA).auditTrail(sent.id()))
        .extracting(entry -> entry.fact())
        .filteredOn(AuditFact.Rated.class::isInstance)
        .containsExactly(new AuditFact.Rated(4), new AuditFact.Rated(1));
  }

  @Test
  void whoever_changes_their_mind_on_the_page_is_heard() {
    handle("POST", Map.of("chosen", "4", "stars", "1"));

    assertThat(rating()).contains(1);
  }

  @Test
  void the_link_alone_rates_nothing_though_it_is_posted() {
    assertThat(handle("POST", Map.of("chosen", "4")).status()).isEqualTo(400);
    assertThat(rating()).isEmpty();
  }

  @Test
  void after_a_transfer_the_inbox_that_sent_the_mail_thanks() {
    engage.deskOf(Shop.CLARA).transfer(List.of(sent.conversation()), Shop.shop().id());

    LinkResponse thanks = handle("POST", "4");

    assertThat(thanks.body()).contains("Thank you, Ana &amp; all!");
    assertThat(rating()).contains(4);
  }

  @Test
  void an_inbox_that_asks_no_more_hears_whom_it_asked_and_keeps_its_words() {
    engage.setupOf(Shop.CLARA).saveInbox(rated(REQUEST.asking(false)));
    MessageId question = street.lastMessage(street.onlyConversation()).id();

    LinkResponse thanks = handle("POST", "4");
    Message later =
        engage
            .deskOf(Shop.CLARA)
            .reply(question, Reply.of("Bye.").withoutHistory())
            .findValue()
            .orElseThrow();

    assertThat(thanks.body()).contains("Thank you, Ana &amp; all!");
    assertThat(rating()).contains(4);
    assertThat(textOf(later)).startsWith("Bye.").doesNotContain("★");
    assertThat(stored().settings().rating()).isEqualTo(REQUEST.asking(false));
  }

  @Test
  void an_inbox_without_words_keeps_the_rating_and_thanks_in_plain_ones() {
    engage.setupOf(Shop.CLARA).saveInbox(rated(null));

    assertThat(handle("GET", "").body()).contains("Your rating");
    assertThat(handle("POST", "4").body()).contains("Thank you.", "★★★★☆");
    assertThat(rating()).contains(4);
  }

  @Test
  void what_was_rated_is_listed_by_inbox_agent_and_period_newest_first() {
    handle("POST", "4");
    street.clock.advance(Duration.ofDays(40));
    Message later = rated(Shop.DIRK, "5");
    RatingDesk ratings = engage.deskOf(Shop.CLARA).ratings();
    RatingFilter all = sinceMorning(Duration.ofDays(41));

    Page<Rating> first = ratings.list(all, Page.Request.first(1)).findValue().orElseThrow();
    Page<Rating> second =
        ratings
            .list(all, Page.Request.first(1).after(first.findNext().orElseThrow()))
            .findValue()
            .orElseThrow();

    assertThat(first.items()).extracting(Rating::message).containsExactly(later.id());
    assertThat(second.items()).extracting(Rating::message).containsExactly(sent.id());
    assertThat(second.findNext()).isEmpty();
    assertThat(starsOf(all.of(Shop.CLARA.id()))).containsExactly(4);
    assertThat(starsOf(all.in(Shop.workshop().id()))).containsExactly(5, 4);
    assertThat(starsOf(all.in(Shop.shop().id()))).isEmpty();
    assertThat(starsOf(sinceMorning(Duration.ofDays(40)))).containsExactly(4);
  }

  @Test
  void ratings_are_counted_and_a_changed_one_counts_once() {
    RatingFilter all = sinceMorning(Duration.ofDays(41));
    RatingSummary none = summary(all);
    handle("POST", "1");
    street.clock.advance(Duration.ofDays(40));
    handle("POST", "4");
    rated(Shop.DIRK, "5");

    RatingSummary both = summary(all);

    assertThat(none.average()).isEmpty();
    assertThat(both.byStars()).containsExactly(0L, 0L, 0L, 1L, 1L);
    assertThat(both.average()).hasValue(4.5);
    assertThat(summary(all.of(Shop.DIRK.id())).average()).hasValue(5);
  }

  @Test
  void what_an_inbox_sent_counts_for_it_after_a_transfer_and_for_its_heir_after_its_end() {
    RatingFilter all = sinceMorning(Duration.ofDays(1));
    engage.deskOf(Shop.CLARA).transfer(List.of(sent.conversation()), Shop.shop().id());
    handle("POST", "4");
    List<Integer> before = starsOf(all.in(Shop.workshop().id()));

    Outcome<Inbox> deleted =
        engage.setupOf(Shop.CLARA).deleteInbox(Shop.workshop().id(), Shop.shop().id());

    assertThat(deleted.isDone()).as("%s", deleted).isTrue();
    assertThat(before).containsExactly(4);
    assertThat(starsOf(all.in(Shop.shop().id()))).containsExactly(4);
    handle("POST", "2");
    assertThat(starsOf(all.in(Shop.shop().id()))).containsExactly(2);
  }

  private static RatingFilter sinceMorning(Duration time) {
    return RatingFilter.between(Shop.MORNING, Shop.MORNING.plus(time));
  }

  private List<Integer> starsOf(RatingFilter filter) {
    return engage
        .deskOf(Shop.CLARA)
        .ratings()
        .list(filter, Page.Request.first(10))
        .findValue()
        .orElseThrow()
        .items()
        .stream()
        .map(Rating::stars)
        .toList();
  }

  private RatingSummary summary(RatingFilter filter) {
    return engage.deskOf(Shop.CLARA).ratings().summary(filter).findValue().orElseThrow();
  }

  /** One more answer, which Ana rates. */
  private Message rated(Agent writer, String stars) {
    MessageId question = street.messages(street.onlyConversation()).get(0).id();
    Message later =
        engage.deskOf(writer).reply(question, Reply.of("Still is.")).findValue().orElseThrow();
    engage.links().handle(new LinkRequest("POST", pathIn(textOf(later)), Map.of("stars", stars)));
    return later;
  }

  @Test
  @Tag("IN-9")
  void an_inbox_that_asks_without_an_address_for_its_links_is_told_when_it_is_saved() {
    try (Engage deaf = street.builder().build()) {
      SavedInbox saved =
          deaf.setupOf(Shop.CLARA)
              .saveInbox(rated(new RatingRequest("And now?", "Thanks")))
              .findValue()
              .orElseThrow();

      assertThat(saved.warnings())
          .singleElement()
          .satisfies(warning -> assertThat(warning).contains("publicUrl"));
    }
  }

  @Test
  @Tag("G-23")
  void a_forward_or_an_answer_carries_no_link_of_what_it_quotes() {
    String quoted = textOf(sent).lines().map(line -> "> " + line + "\n").reduce("", String::concat);
    street.arrives(Street.fromAna("m2@customer.example", "Thanks.\n" + quoted));
    street.arrives(
        Street.fromAna(
                "m3@customer.example",
                "<p>See <a href=\"%s\">★</a> %s</p>".formatted(link(quoted), link(quoted)))
            .replace("Subject:", "Content-Type: text/html\nSubject:"));
    street.sync();
    WritingDesk writing = engage.deskOf(Shop.CLARA).writing();

    List<Preview> previews =
        street.open().stream()
            .map(street::lastMessage)
            .flatMap(
                message -> Stream.of(writing.forward(message.id()), writing.reply(message.id())))
            .map(begun -> begun.findValue().orElseThrow())
            .map(draft -> draft.withContent(draft.content().to(Shop.BEN), draft.changedAt()))
            .map(draft -> writing.preview(draft).findValue().orElseThrow())
            .toList();

    assertThat(link(quoted)).contains(path);
    assertThat(previews)
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(
            preview ->
                assertThat(preview.mail().text() + preview.mail().html()).doesNotContain(path));
  }

  private static String link(String text) {
    Matcher link = LINK.matcher(text);
    assertThat(link.find()).as(text).isTrue();
    return link.group();
  }

  @Test
  void without_a_number_of_stars_the_page_asks_again() {
    assertThat(handle("POST", "").status()).isEqualTo(400);
    assertThat(handle("POST", "6").status()).isEqualTo(400);
    assertThat(handle("POST", "-1").status()).isEqualTo(400);
    assertThat(rating()).isEmpty();
  }

  @Test
  void an_edited_link_leads_nowhere() {
    char last = path.charAt(path.length() - 2) == 'A' ? 'B' : 'A';
    String edited = path.substring(0, path.length() - 2) + last + path.charAt(path.length() - 1);

    assertThat(
            engage.links().handle(new LinkRequest("POST", edited, Map.of("stars", "5"))).status())
        .isEqualTo(404);
    assertThat(
            engage
                .links()
                .handle(new LinkRequest("POST", path.replace("/r/", "/u/"), Map.of("stars", "5")))
                .status())
        .isEqualTo(404);
    assertThat(rating()).isEmpty();
  }

  @Test
  void after_half_a_year_the_link_no_longer_holds() {
    street.clock.advance(Duration.ofDays(181));

    assertThat(handle("POST", "5").status()).isEqualTo(404);
    assertThat(rating()).isEmpty();
  }

  @Test
  void every_page_loads_nothing_and_is_kept_by_nobody() {
    assertThat(handle("GET", "").headers())
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Referrer-Policy", "no-referrer")
        .hasEntrySatisfying(
            "Content-Security-Policy",
            policy -> assertThat(policy).startsWith("default-src 'none'"));
    assertThat(handle("DELETE", "").status()).isEqualTo(405);
  }

  @Test
  void an_address_that_is_no_web_address_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engage.builder().publicUrl(URI.create("javascript:alert(1)")));
  }

  private Inbox rated(@Nullable RatingRequest request) {
    return stored().withSettings(stored().settings().change().rating(request).build());
  }

  private Inbox stored() {
    return engage.inboxes().stream()
        .filter(inbox -> inbox.id().equals(Shop.workshop().id()))
        .findFirst()
        .orElseThrow();
  }

  private String text() {
    return textOf(sent);
  }

  private String textOf(Message message) {
    return engage.deskOf(Shop.CLARA).open(message.id()).findValue().orElseThrow().content().text();
  }

  private Optional<Integer> rating() {
    return engage.deskOf(Shop.CLARA).rating(sent.id()).map(Rating::stars);
  }

  private LinkResponse handle(String method, String stars) {
    return handle(method, Map.of("stars", stars));
  }

  private LinkResponse handle(String method, Map<String, String> parameters) {
    return engage.links().handle(new LinkRequest(method, path, parameters));
  }

  private static String pathIn(String text) {
    Matcher link = LINK.matcher(text);
    assertThat(link.find()).as(text).isTrue();
    return link.group(1);
  }
}
