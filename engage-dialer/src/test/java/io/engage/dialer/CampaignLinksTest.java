package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.LinkRequest;
import io.engage.core.LinkResponse;
import io.engage.core.signing.LinkPurpose;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.RecipientState.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody, or a program, makes of the links in a mail. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CampaignLinksTest {
  private static final Map<String, String> PERSON =
      Map.of("user-agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15");

  private final SpringOffer offer = new SpringOffer(3);

  @AfterEach
  void close() {
    offer.close();
  }

  @Test
  @Tag("G-48")
  @Tag("DL-8")
  void programs_that_get_the_link_a_hundred_times_change_nothing_and_a_press_of_the_button_does() {
    String link = offer.link(LinkPurpose.UNSUBSCRIBE, 1);

    for (int i = 0; i < 100; i++) {
      assertThat(offer.follows("GET", link, Map.of()).status()).isEqualTo(200);
      assertThat(offer.follows("HEAD", link, Map.of()).body()).isEmpty();
    }
    boolean before = offer.isSuppressed(SpringOffer.address(1));
    LinkResponse pressed = offer.follows("POST", link, Map.of("confirmed", "yes"));

    assertThat(before).isFalse();
    assertThat(pressed.status()).isEqualTo(200);
    assertThat(offer.isSuppressed(SpringOffer.address(1))).isTrue();
    assertThat(offer.state(1).traces().unsubscribed()).isNotNull();
    assertThat(offer.isSuppressed(SpringOffer.address(2))).isFalse();
  }

  @Test
  @Tag("DL-8")
  void a_mail_program_unsubscribes_in_one_click_and_a_second_one_is_fine_too() {
    String link = offer.link(LinkPurpose.UNSUBSCRIBE, 1);
    Map<String, String> oneClick = Map.of("List-Unsubscribe", "One-Click");

    LinkResponse first = offer.follows("POST", link, oneClick);
    LinkResponse second = offer.follows("POST", link, oneClick);

    assertThat(List.of(first.status(), second.status())).containsExactly(200, 200);
    assertThat(first.headers()).doesNotContainKey("Location");
    assertThat(offer.facts())
        .filteredOn(AuditFact.Suppressed.class::isInstance)
        .containsExactly(
            new AuditFact.Suppressed(SpringOffer.SPRING.id(), "unsubscribed in one click"));
  }

  @Test
  @Tag("DL-8")
  void a_post_that_confirms_nothing_asks_again() {
    LinkResponse response = offer.follows("POST", offer.link(LinkPurpose.UNSUBSCRIBE, 1), Map.of());

    assertThat(response.status()).isEqualTo(400);
    assertThat(offer.isSuppressed(SpringOffer.address(1))).isFalse();
  }

  @Test
  @Tag("DL-8")
  void a_link_that_was_made_for_something_else_edited_or_too_old_unsubscribes_nobody() {
    String genuine = offer.link(LinkPurpose.UNSUBSCRIBE, 1);
    String picture = offer.link(LinkPurpose.SEEN, 1).replace("/s/", "/u/");
    Map<String, String> pressed = Map.of("confirmed", "yes");

    assertThat(offer.follows("POST", picture, pressed).status()).isEqualTo(404);
    for (int at = "/u/".length(); at < genuine.length(); at++) {
      char other = genuine.charAt(at) == 'A' ? 'B' : 'A';
      String edited = genuine.substring(0, at) + other + genuine.substring(at + 1);
      assertThat(offer.follows("POST", edited, pressed).status()).isEqualTo(404);
    }
    offer.clock.advance(Duration.ofDays(402));
    assertThat(offer.follows("POST", genuine, pressed).status()).isEqualTo(404);
    assertThat(offer.isSuppressed(SpringOffer.address(1))).isFalse();
  }

  @Test
  @Tag("DL-11")
  void the_picture_tells_people_from_programs() {
    offer.clock.advance(Duration.ofMinutes(5));

    LinkResponse picture = opens(1, PERSON);
    opens(2, Map.of("user-agent", "GoogleImageProxy"));

    assertThat(picture.headers()).containsEntry("Content-Type", "image/gif");
    assertThat(picture.bytes()).startsWith('G', 'I', 'F', '8', '9', 'a').hasSize(43);
    assertThat(offer.state(1).traces().seen()).isEqualTo(offer.clock.instant());
    assertThat(offer.state(1).traces().seenByMachine()).isNull();
    assertThat(offer.state(2).traces().seen()).isNull();
    assertThat(offer.state(2).traces().seenByMachine()).isNotNull();
    assertThat(offer.state(3).traces()).isEqualTo(Traces.NONE);
  }

  @Test
  @Tag("DL-11")
  void a_forged_picture_looks_like_any_other_and_notes_nothing() {
    LinkResponse picture =
        offer.handle(new LinkRequest("GET", "/s/bm9ib2R5.gif", Map.of(), PERSON));

    assertThat(picture.status()).isEqualTo(200);
    assertThat(offer.storage.recipients().counts(List.of(SpringOffer.RIDERS)).seen()).isZero();
  }

  @Test
  @Tag("DL-8")
  void links_of_other_mails_are_answered_as_before() {
    assertThat(offer.follows("GET", "/r/nothing", Map.of()).status()).isEqualTo(404);
    assertThat(offer.follows("DELETE", offer.link(LinkPurpose.UNSUBSCRIBE, 1), Map.of()).status())
        .isEqualTo(405);
  }

  private LinkResponse opens(int row, Map<String, String> headers) {
    String path = offer.link(LinkPurpose.SEEN, row) + ".gif";
    return offer.handle(new LinkRequest("GET", path, Map.of(), headers));
  }
}
