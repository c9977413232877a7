package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.message.FileName;
import io.engage.model.message.MessageId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.Drafts;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Drafts} must do: what was begun is not lost, and two editors do not overwrite
 * each other. Extend it and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("WK-9")
public abstract class DraftsContract {
  private static final ConversationId STRAP = ConversationId.of("watch-strap");
  private static final ConversationId BIKE = ConversationId.of("bike");

  private Shop shop;
  private Drafts drafts;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    drafts = shop.storage().drafts();
  }

  @Test
  void a_draft_is_found_as_it_was_saved_with_the_next_version() {
    NamedAddress ana = NamedAddress.of("Ana “Ñ” 😀", "ana@example.com");
    Composition content =
        new Composition(
            List.of(ana),
            List.of(NamedAddress.of("Ben", "ben@example.org"), ana),
            List.of(NamedAddress.of("Boss", "boss@shop.example")),
            "Ré: “strap”",
            "Hello\r\n\tAna 😀",
            "<p>Hello</p>",
            true,
            false,
            List.of(
                new Composition.File(
                    FileName.of("strap.jpg"), "image/jpeg", Sample.blob("photo"), "photo@shop")));
    Draft draft =
        new Draft(
            DraftId.of("d1"),
            Draft.Kind.REPLY_ALL,
            Sample.workshop().id(),
            STRAP,
            MessageId.of("m1"),
            Sample.ana().id(),
            Sample.clara().id(),
            new Draft.Seen(7, MessageId.of("m2"), List.of(ana), List.of(ana)),
            content,
            Sample.MONDAY,
            0);

    Draft saved = drafts.save(draft);

    assertThat(saved).isEqualTo(draft.withVersion(1));
    assertThat(drafts.find(DraftId.of("d1"))).contains(saved);
  }

  @Test
  void what_was_never_saved_is_not_found() {
    assertThat(drafts.find(DraftId.of("d1"))).isEmpty();
    assertThat(drafts.inConversation(STRAP)).isEmpty();
    assertThat(drafts.ofAgent(Sample.clara().id(), 10)).isEmpty();
  }

  @Test
  void saving_again_replaces_it_everywhere() {
    Draft first = drafts.save(reply("d1", Sample.clara(), 0));

    Draft second =
        drafts.save(
            first.withContent(first.content().withText("Tomorrow"), Sample.MONDAY.plusSeconds(5)));

    assertThat(second.version()).isEqualTo(2);
    assertThat(drafts.find(first.id())).contains(second);
    assertThat(drafts.inConversation(STRAP)).containsExactly(second);
    assertThat(drafts.ofAgent(Sample.clara().id(), 10)).containsExactly(second);
  }

  @Test
  void a_draft_that_changes_hands_or_place_is_found_there_and_no_longer_here() {
    Draft claras = drafts.save(reply("d1", Sample.clara(), 0));

    Draft darios =
        drafts.save(
            new Draft(
                claras.id(),
                claras.kind(),
                claras.inbox(),
                BIKE,
                claras.about(),
                claras.customer(),
                Sample.dario().id(),
                claras.seen(),
                claras.content(),
                claras.changedAt(),
                claras.version()));

    assertThat(drafts.inConversation(BIKE)).containsExactly(darios);
    assertThat(drafts.inConversation(STRAP)).isEmpty();
    assertThat(drafts.ofAgent(Sample.dario().id(), 10)).containsExactly(darios);
    assertThat(drafts.ofAgent(Sample.clara().id(), 10)).isEmpty();
  }

  @Test
  void of_two_editors_of_one_draft_the_second_is_told_and_overwrites_nothing() {
    Draft read = drafts.save(reply("d1", Sample.clara(), 0));
    Draft newer = drafts.save(read.withContent(read.content().withText("A"), Sample.MONDAY));

    assertThatThrownBy(
            () -> drafts.save(read.withContent(read.content().withText("B"), Sample.MONDAY)))
        .isInstanceOf(StaleVersion.class);
    assertThatThrownBy(() -> drafts.save(read.withVersion(0))).isInstanceOf(StaleVersion.class);

    assertThat(drafts.find(read.id())).contains(newer);
  }

  @Test
  void a_draft_that_was_discarded_meanwhile_does_not_come_back() {
    Draft read = drafts.save(reply("d1", Sample.clara(), 0));
    drafts.discard(read.id());

    assertThatThrownBy(() -> drafts.save(read)).isInstanceOf(StaleVersion.class);

    assertThat(drafts.find(read.id())).isEmpty();
  }

  @Test
  @Tag("IN-14")
  void nothing_is_saved_for_an_inbox_that_went_in_between() {
    shop.commit(shop.change().inbox(Sample.workshop()).inbox(Sample.sales()));
    Draft begun = drafts.save(reply("d1", Sample.clara(), 0));
    shop.commit(shop.change().dropInbox(Sample.workshop().id(), Sample.sales().id()));

    assertThatThrownBy(() -> drafts.save(reply("d2", Sample.clara(), 5)))
        .isInstanceOf(StaleVersion.class);
    assertThatThrownBy(() -> drafts.save(begun.withVersion(2))).isInstanceOf(StaleVersion.class);

    assertThat(drafts.inConversation(STRAP))
        .containsExactly(begun.in(Sample.sales().id()).withVersion(2));
  }

  @Test
  void the_drafts_of_a_conversation_come_newest_first_then_by_id_descending() {
    Draft oldest = drafts.save(reply("d2", Sample.clara(), 0));
    Draft newest = drafts.save(reply("d1", Sample.dario(), 9));
    Draft alike = drafts.save(reply("d3", Sample.dario(), 0));
    drafts.save(draft("d4", Draft.Kind.REPLY, BIKE, Sample.clara(), 5));

    assertThat(drafts.inConversation(STRAP)).containsExactly(newest, alike, oldest);
  }

  @Test
  void the_drafts_of_an_agent_come_newest_first_as_many_as_asked_for() {
    Draft oldest = drafts.save(reply("d2", Sample.clara(), 0));
    Draft fresh = drafts.save(draft("d1", Draft.Kind.NEW, null, Sample.clara(), 9));
    Draft alike = drafts.save(draft("d3", Draft.Kind.SMS, BIKE, Sample.clara(), 0));
    drafts.save(reply("d4", Sample.dario(), 5));

    assertThat(drafts.ofAgent(Sample.clara().id(), 10)).containsExactly(fresh, alike, oldest);
    assertThat(drafts.ofAgent(Sample.clara().id(), 2)).containsExactly(fresh, alike);
  }

  @Test
  void what_is_discarded_is_gone_everywhere_and_discarding_it_again_does_nothing() {
    Draft kept = drafts.save(reply("d1", Sample.clara(), 0));
    Draft gone = drafts.save(reply("d2", Sample.clara(), 0));

    drafts.discard(gone.id());
    drafts.discard(gone.id());
    drafts.discard(DraftId.of("unknown"));

    assertThat(drafts.find(gone.id())).isEmpty();
    assertThat(drafts.inConversation(STRAP)).containsExactly(kept);
    assertThat(drafts.ofAgent(Sample.clara().id(), 10)).containsExactly(kept);
  }

  @Test
  void saving_and_discarding_leave_no_trace_in_the_trail() {
    Draft draft = drafts.save(reply("d1", Sample.clara(), 0));
    drafts.discard(draft.id());

    assertThat(shop.storage().audit().newest(10)).isEmpty();
    assertThat(shop.storage().events().undelivered(10)).isEmpty();
  }

  @Test
  void a_change_takes_along_the_drafts_that_it_drops_whatever_their_version() {
    Draft sent = drafts.save(reply("d1", Sample.clara(), 0));
    Draft kept = drafts.save(reply("d2", Sample.clara(), 0));
    drafts.save(sent);

    shop.commit(shop.change().dropDrafts(List.of(sent.id(), DraftId.of("unknown"))));

    assertThat(drafts.find(sent.id())).isEmpty();
    assertThat(drafts.inConversation(STRAP)).containsExactly(kept);
  }

  @Test
  void a_draft_that_was_saved_since_it_was_read_is_not_dropped_nor_anything_else_done() {
    Draft other = drafts.save(reply("d2", Sample.clara(), 0));
    Draft read = drafts.save(reply("d1", Sample.clara(), 0));
    Draft newer = drafts.save(read.withContent(read.content().withText("More"), Sample.MONDAY));

    assertThatThrownBy(() -> shop.commit(shop.change().drop(other).drop(read)))
        .isInstanceOf(StaleVersion.class);

    assertThat(drafts.find(read.id())).contains(newer);
    assertThat(drafts.find(other.id())).contains(other);
  }

  @Test
  void a_draft_is_dropped_as_it_was_read_and_a_second_who_drops_it_is_told() {
    Draft read = drafts.save(reply("d1", Sample.clara(), 0));

    shop.commit(shop.change().drop(read));

    assertThat(drafts.find(read.id())).isEmpty();
    assertThatThrownBy(() -> shop.commit(shop.change().drop(read)))
        .isInstanceOf(StaleVersion.class);
  }

  @Test
  void a_change_that_was_refused_drops_no_draft() {
    Draft draft = drafts.save(reply("d1", Sample.clara(), 0));
    shop.keep(Sample.conversation("watch-strap"));

    assertThatThrownBy(
            () ->
                shop.commit(
                    shop.change()
                        .conversations(List.of(Sample.conversation("watch-strap")))
                        .dropDrafts(List.of(draft.id()))))
        .isInstanceOf(StaleVersion.class);

    assertThat(drafts.find(draft.id())).contains(draft);
  }

  @RepeatedTest(3)
  void of_many_who_save_one_version_one_wins() {
    Draft read = drafts.save(reply("d1", Sample.clara(), 0));

    List<Boolean> won = Race.run(8, () -> IntStream.range(0, 50).anyMatch(i -> saves(read)));

    assertThat(won).containsOnlyOnce(true);
    assertThat(drafts.find(read.id())).map(Draft::version).contains(2L);
  }

  private boolean saves(Draft read) {
    try {
      drafts.save(read);
      return true;
    } catch (StaleVersion somebodyWasFaster) {
      return false;
    }
  }

  private static Draft reply(String id, Agent author, int second) {
    return draft(id, Draft.Kind.REPLY, STRAP, author, second);
  }

  private static Draft draft(
      String id, Draft.Kind kind, @Nullable ConversationId conversation, Agent author, int second) {
    AgentId agent = author.id();
    return new Draft(
        DraftId.of(id),
        kind,
        Sample.workshop().id(),
        conversation,
        null,
        null,
        agent,
        Draft.Seen.NOTHING,
        Composition.empty().withText("It is ready"),
        Sample.MONDAY.plusSeconds(second),
        0);
  }
}
