package io.engage.model.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MessageId;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DraftTest {

  @Test
  @Tag("WK-7")
  @Tag("IN-14")
  void a_draft_that_goes_to_another_inbox_keeps_its_customer_and_what_its_author_saw() {
    InboxId workshop = InboxId.of("workshop");
    Draft begun =
        new Draft(
            DraftId.of("d1"),
            Draft.Kind.NEW,
            InboxId.of("rentals"),
            null,
            null,
            CustomerId.of("ana"),
            AgentId.of("clara"),
            new Draft.Seen(3, MessageId.of("m3")),
            Composition.empty().withText("Your bike has arrived"),
            Instant.parse("2026-03-02T08:00:00Z"),
            1);

    Draft moved = begun.in(workshop);

    assertThat(moved.inbox()).isEqualTo(workshop);
    assertThat(moved.in(begun.inbox())).isEqualTo(begun);
  }
}
