package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Listing;
import io.engage.model.address.Address;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.mailbox.HeldMail;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes back for a mailing, from the mailbox to the recipient. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CampaignReturnsTest {
  private final SpringOffer offer = new SpringOffer(100);

  @AfterEach
  void close() {
    offer.close();
  }

  @Test
  @Tag("DL-13")
  void an_answer_is_a_conversation_with_its_customer_and_its_campaign() {
    offer.arrives(answer(1, SpringOffer.address(1)));

    Conversation conversation = onlyConversation();
    assertThat(conversation.findCampaign()).contains(SpringOffer.SPRING.id());
    assertThat(conversation.findCustomer()).contains(CustomerId.of("c1"));
    assertThat(conversation.isCompleted()).isFalse();
    assertThat(offer.state(1).traces().answered()).isNotNull();
    assertThat(offer.facts())
        .contains(new AuditFact.ConversationOpened("it answers a mail of campaign 'Spring offer'"));
  }

  @Test
  @Tag("DL-13")
  @Tag("WK-11")
  void agents_find_the_answers_to_a_campaign_by_its_name() {
    offer.arrives(answer(1, SpringOffer.address(1)));
    offer.arrives(
        answer(2, SpringOffer.address(2)).replaceAll("In-Reply-To: .*\n", "X-Other: yes\n"));

    assertThat(found("campaign:spring")).containsExactly(SpringOffer.address(1));
    assertThat(found("NOT campaign:\"Spring offer\"")).containsExactly(SpringOffer.address(2));
    assertThat(found("campaign:summer")).isEmpty();
  }

  private List<String> found(String filter) {
    Listing listing = offer.clara.list(filter, Page.Request.first(100));
    assertThat(listing).isInstanceOf(Listing.Found.class);
    return ((Listing.Found) listing)
        .page().items().stream()
            .flatMap(each -> each.participants().stream())
            .map(Address::value)
            .toList();
  }

  @Test
  @Tag("G-24")
  @Tag("DL-13")
  void a_hundred_answers_to_one_mailing_are_a_hundred_conversations() {
    for (int row = 1; row <= 100; row++) {
      offer.arrives(answer(row, SpringOffer.address(row)));
    }

    Set<Set<?>> people = new HashSet<>();
    offer.conversations().forEach(each -> people.add(each.participants()));
    assertThat(offer.conversations()).hasSize(100);
    assertThat(people).hasSize(100);
    assertThat(offer.storage.recipients().counts(List.of(SpringOffer.RIDERS)).answered())
        .isEqualTo(100);
  }

  @Test
  @Tag("DL-13")
  void whoever_writes_again_before_anybody_has_answered_stays_in_one_conversation() {
    offer.arrives(answer(1, SpringOffer.address(1)));
    offer.arrives(answer(1, SpringOffer.address(1)).replace("answer-1", "answer-1-more"));

    assertThat(onlyConversation().messages()).isEqualTo(2);
  }

  @Test
  @Tag("DL-11")
  void a_bounce_rejects_its_recipient_opens_nothing_and_is_kept_for_review() {
    offer.arrives(bounce(2, "5.1.1", "550 5.1.1 User unknown"));

    RecipientState state = offer.state(2);
    assertThat(state.status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(state.outcome()).extracting(RecipientOutcome::why).isEqualTo(Why.BOUNCED);
    assertThat(offer.conversations()).isEmpty();
    assertThat(offer.held()).extracting(HeldMail::cause).containsExactly(HeldMail.Cause.CAMPAIGN);
    assertThat(offer.isSuppressed(SpringOffer.address(2))).isTrue();
  }

  @Test
  @Tag("DL-11")
  @Tag("DL-9")
  void a_full_mailbox_and_a_policy_against_us_suppress_nobody() {
    offer.arrives(bounce(3, "5.2.2", "552 5.2.2 Mailbox full"));
    offer.arrives(bounce(4, "5.7.1", "550 5.7.1 Blocked by policy"));

    assertThat(offer.state(3).status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(offer.state(4).status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(offer.isSuppressed(SpringOffer.address(3))).isFalse();
    assertThat(offer.isSuppressed(SpringOffer.address(4))).isFalse();
  }

  @Test
  @Tag("DL-11")
  void a_bounce_that_names_no_mail_is_known_by_the_address_that_it_came_to() {
    String returnAddress = "shop+" + offer.tokens.sign(SpringOffer.id(5)) + "@shop.example";

    offer.arrives(
        """
        Return-Path: <>
        Delivered-To: %s
        From: MAILER-DAEMON@customer.example
        To: %s
        Subject: failure notice
        Message-ID: <bounce-5@customer.example>
        Date: Mon, 2 Mar 2026 09:00:00 +0000

        Hi. This is the qmail-send program at customer.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <%s>:
        Sorry, no mailbox here by that name. (#5.1.1)
        """
            .formatted(returnAddress, returnAddress, SpringOffer.address(5)));

    assertThat(offer.state(5).status()).isEqualTo(RecipientStatus.REJECTED);
  }

  @Test
  @Tag("DL-11")
  void a_complaint_counts_as_spam_and_the_address_gets_no_more() {
    offer.arrives(complaint(6));

    assertThat(offer.state(6).traces().spam()).isNotNull();
    assertThat(offer.state(6).status()).isEqualTo(RecipientStatus.SENT);
    assertThat(offer.isSuppressed(SpringOffer.address(6))).isTrue();
    assertThat(offer.conversations()).isEmpty();
  }

  @Test
  @Tag("DL-7")
  @Tag("DL-13")
  void what_a_calendar_answers_is_known_by_its_event_and_opens_nothing() {
    String uid = offer.tokens.sign(SpringOffer.id(7));
    String folded = uid.substring(0, 20) + "\n " + uid.substring(20);

    offer.arrives(
        """
        From: Rider <%s>
        To: shop@shop.example
        Subject: Declined: Spring ride
        Message-ID: <declined-7@customer.example>
        Date: Mon, 2 Mar 2026 09:00:00 +0000
        Content-Type: text/calendar; charset=utf-8; method=REPLY

        BEGIN:VCALENDAR
        METHOD:REPLY
        BEGIN:VEVENT
        UID:%s
        ATTENDEE;PARTSTAT=DECLINED:mailto:%s
        DTSTAMP:20260302T090000Z
        END:VEVENT
        END:VCALENDAR
        """
            .formatted(SpringOffer.address(7), folded, SpringOffer.address(7)));

    assertThat(offer.state(7).traces().invitation()).isEqualTo(InvitationAnswer.DECLINED);
    assertThat(offer.conversations()).isEmpty();
  }

  @Test
  @Tag("DL-12")
  void a_report_that_comes_late_settles_what_was_in_doubt() {
    offer.inDoubt(101);
    offer.inDoubt(102);

    offer.arrives(answer(101, SpringOffer.address(101)));
    offer.arrives(bounce(102, "5.1.1", "550 5.1.1 User unknown"));

    assertThat(offer.state(101).status()).isEqualTo(RecipientStatus.SENT);
    assertThat(offer.state(102).status()).isEqualTo(RecipientStatus.REJECTED);
  }

  @Test
  @Tag("DL-10")
  void the_counts_follow_what_comes_back() {
    offer.arrives(bounce(2, "5.1.1", "550 5.1.1 User unknown"));
    offer.arrives(bounce(2, "5.1.1", "550 5.1.1 User unknown").replace("report-2", "again-2"));
    offer.arrives(complaint(6));
    offer.arrives(answer(1, SpringOffer.address(1)));

    RecipientCounts counts = offer.storage.recipients().counts(List.of(SpringOffer.RIDERS));
    assertThat(counts.sent()).isEqualTo(99);
    assertThat(counts.rejected()).isEqualTo(1);
    assertThat(counts.spam()).isEqualTo(1);
    assertThat(counts.answered()).isEqualTo(1);
    assertThat(offer.storage.recipients().recount(List.of(SpringOffer.RIDERS))).isEqualTo(counts);
  }

  @Test
  @Tag("DL-11")
  void a_forged_token_is_nobodys() {
    String forged =
        offer.messageId(2).replaceAll("\\.[0-9a-z]{25}@", ".0000000000000000000000000@");

    offer.arrives(bounce(2, "5.1.1", "550 5.1.1 User unknown").replace(offer.messageId(2), forged));

    assertThat(offer.state(2).status()).isEqualTo(RecipientStatus.SENT);
    assertThat(offer.isSuppressed(SpringOffer.address(2))).isFalse();
  }

  @Test
  @Tag("DL-13")
  void an_absence_notice_shows_that_it_arrived_and_opens_nothing() {
    offer.inDoubt(101);

    offer.arrives(
        answer(101, SpringOffer.address(101))
            .replace("Subject: Re:", "Auto-Submitted: auto-replied\nSubject: Out of office:"));

    assertThat(offer.state(101).status()).isEqualTo(RecipientStatus.SENT);
    assertThat(offer.state(101).traces().answered()).isNull();
    assertThat(offer.conversations()).isEmpty();
  }

  private Conversation onlyConversation() {
    assertThat(offer.conversations()).hasSize(1);
    return offer.conversations().get(0);
  }

  private String answer(int row, String from) {
    return """
    Delivered-To: shop@shop.example
    From: %s
    To: shop@shop.example
    Subject: Re: Spring is here
    Message-ID: <answer-%d@customer.example>
    In-Reply-To: %s
    Date: Mon, 2 Mar 2026 10:00:00 +0000

    Do you have it in blue?
    """
        .formatted(from, row, offer.messageId(row));
  }

  private String bounce(int row, String status, String diagnostic) {
    return """
    Return-Path: <>
    Delivered-To: shop@shop.example
    From: MAILER-DAEMON@customer.example
    To: shop@shop.example
    Subject: Undelivered Mail Returned to Sender
    Message-ID: <report-%1$d@customer.example>
    Date: Mon, 2 Mar 2026 09:00:00 +0000
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: text/plain

    It could not be delivered.
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.customer.example

    Final-Recipient: rfc822; %2$s
    Action: failed
    Status: %3$s
    Diagnostic-Code: smtp; %4$s
    --b
    Content-Type: text/rfc822-headers

    From: shop@shop.example
    To: %2$s
    Message-ID: %5$s
    Subject: Spring is here
    --b--
    """
        .formatted(row, SpringOffer.address(row), status, diagnostic, offer.messageId(row));
  }

  private String complaint(int row) {
    return """
    Delivered-To: shop@shop.example
    From: feedback@provider.example
    To: shop@shop.example
    Subject: FW: Spring is here
    Message-ID: <complaint-%1$d@provider.example>
    Date: Mon, 2 Mar 2026 09:00:00 +0000
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=feedback-report; boundary=b

    --b
    Content-Type: text/plain

    This is an abuse report.
    --b
    Content-Type: message/feedback-report

    Feedback-Type: abuse
    User-Agent: SomeGenerator/1.0
    Version: 1
    --b
    Content-Type: message/rfc822

    From: shop@shop.example
    To: %2$s
    Message-ID: %3$s
    Subject: Spring is here

    Spring.
    --b--
    """
        .formatted(row, SpringOffer.address(row), offer.messageId(row));
  }
}
