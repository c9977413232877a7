package io.engage.core;

import io.engage.core.auditing.FoundLink;
import io.engage.core.auditing.Verifying;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditForm;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.AuditVerdict;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The audit trail of the whole installation: who did what, and whether the trail is as it was
 * written. The agent needs {@link AgentAction#READ_AUDIT} in every inbox; before there is one,
 * {@link io.engage.spi.Permissions#checkWithoutInbox} says who may.
 *
 * <p>Each entry is sealed with the one before it, so whoever changes, removes, moves or adds one
 * has to seal everything behind it anew. That is found with an {@link AuditAnchor} that is kept
 * where nobody who can write to the store can write: in a mail to the auditor, on paper.
 *
 * <p>Thread-safe. Verification and export read the trail page by page, however long it is.
 */
public final class AuditDesk {
  private static final int LINKS_AT_ONCE = 500;

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  AuditDesk(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = new Permitting(agent, parts);
  }

  /** The newest entries of everything, newest first. */
  public Outcome<List<AuditEntry>> newest(int limit) {
    return permitted(() -> parts.storage().audit().newest(limit));
  }

  /**
   * Looks whether the trail is as it was written.
   *
   * @param known anchors that earlier verifications and exports gave; without any, it is not found
   *     when the end was cut off, or when everything was sealed anew
   */
  public Outcome<AuditVerdict> verify(AuditAnchor... known) {
    List<AuditAnchor> anchors = List.of(known);
    return permitted(
        () -> Verifying.decide(AuditAnchor.START, linksBehind(AuditAnchor.START), anchors));
  }

  /** The same, but only with what came after an anchor: everything before is trusted. */
  public Outcome<AuditVerdict> verifySince(AuditAnchor trusted) {
    return permitted(
        () ->
            isThere(trusted)
                ? Verifying.decide(trusted, linksBehind(trusted), List.of())
                : notThere(trusted));
  }

  /**
   * Writes the trail as JSON Lines, one entry a line with its seal, in its order, between a line
   * that says where it begins and one that says where it ends. {@code engage audit verify} checks
   * it without this installation. That the trail was exported is recorded before the first byte.
   *
   * @return the anchor at the end of what was written, to be kept elsewhere
   * @throws IOException when {@code to} does not take it; it is left open in any case
   */
  public Outcome<AuditAnchor> export(OutputStream to) throws IOException {
    return exportSince(AuditAnchor.START, to);
  }

  /**
   * The same, but only what came after an anchor: the next piece after an earlier export.
   *
   * @return unknown when the trail does not have this anchor; {@link #verify} with it tells more
   */
  public Outcome<AuditAnchor> exportSince(AuditAnchor after, OutputStream to) throws IOException {
    Outcome<AuditAnchor> end =
        permitting.everywhere(
            AgentAction.READ_AUDIT,
            () -> isThere(after) ? new Outcome.Done<>(recordExport()) : new Outcome.Unknown<>());
    Optional<AuditAnchor> upTo = end.findValue();
    if (upTo.isPresent()) {
      write(after, upTo.get(), to);
    }
    return end;
  }

  private <T> Outcome<T> permitted(Supplier<T> act) {
    return permitting.everywhere(AgentAction.READ_AUDIT, () -> new Outcome.Done<>(act.get()));
  }

  private boolean isThere(AuditAnchor anchor) {
    return anchor.equals(AuditAnchor.START)
        || linkAt(anchor.sequence()).map(AuditLink::anchor).filter(anchor::equals).isPresent();
  }

  private AuditVerdict notThere(AuditAnchor anchor) {
    return new AuditVerdict.Broken(
        AuditAnchor.START,
        anchor.sequence(),
        linkAt(anchor.sequence()).isPresent()
            ? AuditVerdict.Damage.REWRITTEN
            : AuditVerdict.Damage.CUT_OFF);
  }

  private Optional<AuditLink> linkAt(long sequence) {
    return parts.storage().audit().chainAfter(sequence - 1, 1).stream()
        .filter(link -> link.sequence() == sequence)
        .findFirst();
  }

  private AuditAnchor recordExport() {
    AuditAnchor upTo =
        parts.storage().audit().findLast().map(AuditLink::anchor).orElse(AuditAnchor.START);
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            AuditSubject.NONE,
                            new AuditFact.AuditExported(upTo.sequence())))
                .build());
    return upTo;
  }

  private void write(AuditAnchor after, AuditAnchor upTo, OutputStream to) throws IOException {
    Writer lines = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    lines.write("{\"format\":\"engage-audit\",\"version\":1,\"after\":\"%s\"}\n".formatted(after));
    Iterator<AuditLink> links = new ChainPages(parts.storage().audit(), after, LINKS_AT_ONCE);
    while (links.hasNext()) {
      AuditLink link = links.next();
      if (link.sequence() > upTo.sequence()) {
        break;
      }
      lines.write(AuditForm.lineOf(link));
      lines.write('\n');
    }
    lines.write("{\"end\":\"%s\"}\n".formatted(upTo));
    lines.flush();
  }

  private Iterator<FoundLink> linksBehind(AuditAnchor place) {
    Iterator<AuditLink> links = new ChainPages(parts.storage().audit(), place, LINKS_AT_ONCE);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return links.hasNext();
      }

      @Override
      public FoundLink next() {
        return FoundLink.of(links.next());
      }
    };
  }
}
