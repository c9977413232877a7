package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.Blob;
import io.engage.model.message.BlobRemoval;
import io.engage.testkit.HostsTransaction;
import io.engage.testkit.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-6")
class BlobRemovalsTest {
  private final Street street = new Street();
  private final Blob bytes;

  BlobRemovalsTest() throws IOException {
    this.bytes = street.blobs.put(new ByteArrayInputStream(new byte[] {1, 2, 3}));
    street.clock.advance(Duration.ofHours(2));
  }

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void one_that_is_due_does_not_wait_behind_many_that_are_not() {
    Instant now = street.clock.instant();
    InboxChange.Builder change = InboxChange.builder();
    for (int i = 0; i < 60; i++) {
      change.document(
          new BlobRemoval(
              "a-" + i, now.plusSeconds(60), List.of(Sample.blob("file " + i).digest()), 0));
    }
    commit(change.document(new BlobRemoval("z", now, List.of(bytes.digest()), 0)));

    street.engage.outbox().workOff();

    assertThat(street.blobs.find(bytes.digest())).isEmpty();
  }

  @Test
  @Tag("PO-2")
  void within_a_transaction_of_the_host_no_bytes_are_deleted() {
    commit(
        InboxChange.builder()
            .document(new BlobRemoval("r", street.clock.instant(), List.of(bytes.digest()), 0)));
    try (Engage node = street.engageOn(HostsTransaction.openOver(street.storage), street.mail)) {
      node.outbox().workOff();
    }

    assertThat(street.blobs.find(bytes.digest())).isPresent();
  }

  private void commit(InboxChange.Builder change) {
    street
        .engage
        .foundation()
        .commit(change, Actor.PRIVACY, AuditSubject.NONE, new AuditFact.QuickRepliesChanged(0));
  }
}
