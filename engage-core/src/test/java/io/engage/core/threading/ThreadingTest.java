package io.engage.core.threading;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.BEN;
import static io.engage.core.Shop.MALLORY;
import static io.engage.core.Shop.from;
import static io.engage.core.Shop.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.signing.SigningKeys;
import io.engage.core.threading.Belonging.Join;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Secret;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TH-1")
class ThreadingTest {
  private static final Inbox WORKSHOP = Shop.workshop();
  private static final InboxId HERE = WORKSHOP.id();

  private final ThreadTokens tokens = new ThreadTokens(SigningKeys.of(Shop.KEY));
  private final Threading threading = new Threading(tokens);
  private final Conversation bike = Shop.conversation("bike", WORKSHOP, ANA);
  private final Message question =
      Shop.message(
          "m1", bike, from(ANA).to(WORKSHOP).cc(BEN).id("question@customer.example").headers());
  private final Remembered remembered = remembering(List.of(bike), List.of(question));
  private final RfcMessageId signed = tokens.sign(bike.id(), "n1", "shop.example");

  @Test
  @Tag("G-21")
  void a_token_is_found_in_every_header_it_may_stand_in() {
    NamedAddress tokenAddress =
        new NamedAddress(
            "", EmailAddress.of("repairs+" + signed.value().split("@")[0] + "@shop.example"));
    MailHeaders delivered =
        new MailHeaders(
            List.of(MALLORY),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(tokenAddress.address()),
            "",
            null,
            null,
            List.of(),
            List.of());

    assertThat(
            List.of(
                from(MALLORY).answering(signed).headers(),
                from(MALLORY).following(signed).headers(),
                from(MALLORY).to(tokenAddress).headers(),
                from(MALLORY).cc(tokenAddress).headers(),
                delivered))
        .allSatisfy(
            headers -> assertThat(joined(headers)).map(Join::conversation).contains(bike.id()));
  }

  @Test
  void an_answer_of_a_participant_joins_by_in_reply_to() {
    Optional<Join> join = joined(from(ANA).answering(id("question@customer.example")).headers());

    assertThat(join).map(Join::reason).contains("In-Reply-To names a message of this conversation");
  }

  @Test
  void an_answer_joins_by_references_when_in_reply_to_is_missing() {
    Optional<Join> join =
        joined(
            from(ANA)
                .following(id("question@customer.example"), id("lost@customer.example"))
                .headers());

    assertThat(join).map(Join::conversation).contains(bike.id());
  }

  @Test
  void somebody_who_was_copied_belongs_to_the_conversation() {
    assertThat(joined(from(BEN).answering(id("question@customer.example")).headers())).isPresent();
  }

  @Test
  void a_participant_may_write_their_own_address_in_any_case() {
    NamedAddress shouting = NamedAddress.of("ANA@Customer.example");

    assertThat(joined(from(shouting).answering(id("question@customer.example")).headers()))
        .isPresent();
  }

  @Test
  @Tag("G-20")
  void a_stranger_who_guesses_a_message_id_joins_nothing_and_the_reason_is_told() {
    Belonging belonging =
        decide(from(MALLORY).answering(id("question@customer.example")).headers(), remembered);

    assertThat(belonging.in(HERE)).isEmpty();
    assertThat(belonging.otherwise()).contains("no part in that conversation");
  }

  @Test
  @Tag("G-20")
  void a_token_of_somebody_else_joins_nothing() {
    RfcMessageId foreign =
        new ThreadTokens(SigningKeys.of(Secret.of("a key of another host")))
            .sign(bike.id(), "n", "x.example");

    assertThat(joined(from(MALLORY).answering(foreign).headers())).isEmpty();
  }

  @Test
  void a_token_of_a_conversation_that_is_gone_joins_nothing() {
    RfcMessageId gone = tokens.sign(ConversationId.of("gone"), "n1", "shop.example");

    assertThat(joined(from(ANA).answering(gone).headers())).isEmpty();
  }

  @Test
  @Tag("G-20")
  void a_number_in_the_subject_joins_for_a_participant_alone() {
    String subject = "New mail, same matter " + bike.number().inSubject();

    Belonging ofAna = decide(from(ANA).about(subject).headers(), remembered);
    Belonging ofMallory = decide(from(MALLORY).about(subject).cc(ANA).headers(), remembered);

    assertThat(ofAna.in(HERE))
        .map(Join::reason)
        .contains("its subject has the number of this conversation");
    assertThat(ofMallory.in(HERE)).isEmpty();
    assertThat(ofMallory.otherwise()).contains("no part in that conversation");
  }

  @Test
  @Tag("G-22")
  void a_sender_who_may_be_forged_has_part_in_nothing_but_a_token_still_counts() {
    MailHeaders clue =
        from(ANA)
            .answering(id("question@customer.example"))
            .about(bike.number().inSubject())
            .headers();
    MailHeaders token = from(ANA).answering(signed).headers();

    Belonging byClue =
        threading.decide(new Threading.Asked(clue, true, false, WORKSHOP::owns), remembered);
    Belonging byToken =
        threading.decide(new Threading.Asked(token, true, false, WORKSHOP::owns), remembered);

    assertThat(byClue.in(HERE)).isEmpty();
    assertThat(byClue.otherwise()).contains("may be forged");
    assertThat(byToken.in(HERE)).map(Join::byToken).contains(true);
  }

  @Test
  @Tag("G-20")
  void a_stranger_who_also_writes_to_our_other_address_stays_a_stranger() {
    Belonging belonging =
        decide(
            from(MALLORY)
                .to(WORKSHOP)
                .cc(NamedAddress.of("repairs+x@shop.example"))
                .answering(id("question@customer.example"))
                .headers(),
            remembered);

    assertThat(belonging.in(HERE)).isEmpty();
  }

  @Test
  void what_was_answered_may_come_after_its_answer() {
    Message answer =
        Shop.message(
            "m2", bike, from(ANA).id("a@x.example").answering(id("late@x.example")).headers());
    Remembered early = remembering(List.of(bike), List.of(answer));

    Belonging late = decide(from(ANA).id("late@x.example").about("Anything").headers(), early);

    assertThat(late.in(HERE))
        .map(Join::reason)
        .contains("a message of this conversation answers it");
  }

  @Test
  void a_mail_that_names_nothing_says_so() {
    assertThat(decide(from(ANA).headers(), remembered).otherwise())
        .isEqualTo("it names no earlier message");
  }

  @Test
  void each_inbox_has_its_own_conversation_of_one_mail() {
    Inbox shop = Shop.shop();
    Conversation atShop = Shop.conversation("at-shop", shop, ANA);
    Message copy =
        Shop.message("m2", atShop, from(ANA).to(shop).id("question@customer.example").headers());
    Remembered both = remembering(List.of(bike, atShop), List.of(question, copy));

    Belonging belonging =
        decide(from(ANA).answering(id("question@customer.example")).headers(), both);

    assertThat(belonging.in(HERE)).map(Join::conversation).contains(bike.id());
    assertThat(belonging.in(shop.id())).map(Join::conversation).contains(atShop.id());
  }

  private Optional<Join> joined(MailHeaders headers) {
    return decide(headers, remembered).in(HERE);
  }

  private Belonging decide(MailHeaders headers, Remembered known) {
    return threading.decide(new Threading.Asked(headers, false, false, WORKSHOP::owns), known);
  }

  private static Remembered remembering(List<Conversation> conversations, List<Message> messages) {
    return new Remembered() {
      @Override
      public Optional<Conversation> conversation(ConversationId id) {
        return conversations.stream().filter(each -> each.id().equals(id)).findFirst();
      }

      @Override
      public List<Conversation> numbered(ConversationNumber number) {
        return conversations.stream().filter(each -> each.number().equals(number)).toList();
      }

      @Override
      public List<Message> messages(RfcMessageId id) {
        return messages.stream().filter(each -> id.equals(each.headers().messageId())).toList();
      }

      @Override
      public List<Message> naming(RfcMessageId id) {
        return messages.stream().filter(each -> each.headers().ancestors().contains(id)).toList();
      }
    };
  }
}
