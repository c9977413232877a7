package io.engage.memory;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.spi.EngageListener;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
public final class RecordingListener implements EngageListener {
  private final Guard guard = new Guard();
  private final List<AuditEntry> entries = new ArrayList<>();

  private RecordingListener() {}

  /** One that has heard of nothing yet. */
  public static RecordingListener create() {
    return new RecordingListener();
  }

  @Override
  public void on(List<AuditEntry> told) {
    guard.change(() -> entries.addAll(told));
  }

  /** Everything it was told, in order, repeats too. */
  public List<AuditEntry> entries() {
    return guard.read(() -> List.copyOf(entries));
  }

  /** The facts of {@link #entries()}. */
  public List<AuditFact> facts() {
    return entries().stream().map(AuditEntry::fact).toList();
  }

  /** The facts of one sort, in order. */
  public <F extends AuditFact> List<F> facts(Class<F> sort) {
    return facts().stream().filter(sort::isInstance).map(sort::cast).toList();
  }
}
