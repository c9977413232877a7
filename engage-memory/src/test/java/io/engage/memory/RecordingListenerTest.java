package io.engage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.testkit.Sample;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PO-5")
class RecordingListenerTest {
  @Test
  void everything_is_remembered_in_order_and_by_its_sort() {
    AuditEntry read = Sample.entry("1", AuditSubject.NONE, new AuditFact.MarkedRead());
    AuditEntry sent = Sample.entry("2", AuditSubject.NONE, new AuditFact.Sent("250", 1));
    RecordingListener listener = RecordingListener.create();

    listener.on(List.of(read, sent));
    listener.on(List.of(read));

    assertThat(listener.entries()).containsExactly(read, sent, read);
    assertThat(listener.facts(AuditFact.Sent.class)).containsExactly(new AuditFact.Sent("250", 1));
  }
}
