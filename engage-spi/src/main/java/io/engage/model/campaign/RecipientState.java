package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a recipient is, and what is known of the mail beyond that.
 *
 * @param attempts how often bytes may have gone
 * @param notBefore not claimed before this moment
 * @param at since when it is so; null for a recipient that nobody has touched
 * @param outcome why it is so; null when there is nothing to say yet
 */
public record RecipientState(
    RecipientStatus status,
    int attempts,
    Instant notBefore,
    @Nullable Instant at,
    @Nullable RecipientOutcome outcome,
    Traces traces) {
  /** Of a row that was imported. */
  public static final RecipientState PENDING =
      new RecipientState(RecipientStatus.PENDING, 0, Instant.EPOCH, null, null, Traces.NONE);

  /**
   * What came back. Each moment is that of the first time; null when it never was.
   *
   * @param seen a person opened it
   * @param seenByMachine a scanner or a privacy proxy fetched its picture
   * @param rejected a server reported that it could not deliver it
   * @param spam the recipient, or their provider, complained
   * @param unsubscribed the recipient wants no more
   * @param answered the recipient wrote back
   * @param arrived a report, or an agent, says that it arrived
   * @param invitation what the recipient said to the event; null when nothing
   */
  public record Traces(
      @Nullable Instant seen,
      @Nullable Instant seenByMachine,
      @Nullable Instant rejected,
      @Nullable Instant spam,
      @Nullable Instant unsubscribed,
      @Nullable Instant answered,
      @Nullable Instant arrived,
      @Nullable InvitationAnswer invitation) {
    /** Nothing came back. */
    public static final Traces NONE = new Traces(null, null, null, null, null, null, null, null);

    /** Whether there would be none of this without the mail. */
    boolean showArrival() {
      return seen != null
          || seenByMachine != null
          || spam != null
          || unsubscribed != null
          || answered != null
          || arrived != null
          || invitation != null;
    }

    Traces with(RecipientNote note) {
      return new Traces(
          first(seen, note, RecipientNote.Kind.SEEN),
          first(seenByMachine, note, RecipientNote.Kind.SEEN_BY_MACHINE),
          first(rejected, note, RecipientNote.Kind.REJECTED),
          first(spam, note, RecipientNote.Kind.SPAM),
          first(unsubscribed, note, RecipientNote.Kind.UNSUBSCRIBED),
          first(answered, note, RecipientNote.Kind.ANSWERED),
          first(arrived, note, RecipientNote.Kind.ARRIVED),
          note.invitation() == null ? invitation : note.invitation());
    }

    private static @Nullable Instant first(
        @Nullable Instant before, RecipientNote note, RecipientNote.Kind kind) {
      return before == null && note.kind() == kind ? note.at() : before;
    }
  }

  /** What somebody said to an invitation (RFC 5545 section 3.2.12). */
  public enum InvitationAnswer {
    ACCEPTED("accepted"),
    TENTATIVE("tentative"),
    DECLINED("declined"),
    /** Somebody else will come. */
    DELEGATED("delegated"),
    /** Another time is asked for (RFC 5546 section 3.2.7). */
    COUNTERED("countered");

    private final String code;

    InvitationAnswer(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public RecipientState {
    requireNonNull(status, "status");
    requireNonNull(notBefore, "notBefore");
    requireNonNull(traces, "traces");
  }

  /** A recipient to whom nothing will be sent. */
  public static RecipientState failed(RecipientOutcome outcome, Instant at) {
    return new RecipientState(RecipientStatus.FAILED, 0, Instant.EPOCH, at, outcome, Traces.NONE);
  }

  /**
   * Somebody has it from now on. Whoever was interrupted while bytes may have gone is not forgotten
   * by that: such a recipient stays as it is, however often it is claimed.
   */
  public RecipientState claimed() {
    return status == RecipientStatus.ATTEMPTING
        ? this
        : new RecipientState(RecipientStatus.CLAIMED, attempts, notBefore, at, outcome, traces);
  }

  /** Bytes may go from now on. */
  public RecipientState attempting() {
    return new RecipientState(
        RecipientStatus.ATTEMPTING, attempts + 1, notBefore, at, outcome, traces);
  }

  /** The same without what a server said in its own words. */
  public RecipientState withoutWords() {
    return outcome == null
        ? this
        : new RecipientState(status, attempts, notBefore, at, outcome.withoutWords(), traces);
  }

  /** Of somebody who was erased: nothing is sent to them any more. */
  public RecipientState erased(Instant when) {
    boolean unsent = status == RecipientStatus.PENDING || status == RecipientStatus.CLAIMED;
    return unsent
        ? new RecipientState(
            RecipientStatus.FAILED,
            attempts,
            Instant.EPOCH,
            when,
            RecipientOutcome.of(RecipientOutcome.Why.ERASED, "Erased before it was sent"),
            traces)
        : withoutWords();
  }

  /** Nobody has it any more, and nothing went. */
  public RecipientState released(Instant until) {
    return new RecipientState(RecipientStatus.PENDING, attempts, until, at, outcome, traces);
  }

  /**
   * What an attempt, or the decision against one, makes of it. What came back meanwhile counts. An
   * attempt that was not begun was none: it is taken off again, and what was known before stays.
   */
  public RecipientState settled(RecipientSettlement settlement) {
    RecipientState settled =
        settlement.outcome().why() == RecipientOutcome.Why.NOT_BEGUN
            ? notBegun(settlement.notBefore())
            : new RecipientState(
                settlement.status(),
                attempts,
                settlement.notBefore(),
                settlement.at(),
                settlement.outcome(),
                traces);
    if (traces.rejected() != null) {
      return settled.rejectedBy(
          RecipientOutcome.of(
              RecipientOutcome.Why.BOUNCED, "A report said so before the attempt ended"),
          settlement.at());
    }
    return traces.showArrival() ? settled.arrived(settlement.at()) : settled;
  }

  private RecipientState notBegun(Instant until) {
    int begun = status == RecipientStatus.ATTEMPTING ? attempts - 1 : attempts;
    return new RecipientState(
        RecipientStatus.PENDING, Math.max(0, begun), until, at, outcome, traces);
  }

  /**
   * What a note makes of it. The same note again changes nothing, and so does one that says less
   * than what is known.
   */
  public RecipientState noted(RecipientNote note) {
    RecipientState noted =
        new RecipientState(status, attempts, notBefore, at, outcome, traces.with(note));
    return switch (note.kind()) {
      case REJECTED -> noted.rejectedBy(note.outcome(), note.at());
      case WANTED_AGAIN -> noted.wantedAgain(note.at());
      default -> noted.arrived(note.at());
    };
  }

  private RecipientState wantedAgain(Instant when) {
    return status == RecipientStatus.IN_DOUBT
        ? new RecipientState(
            RecipientStatus.PENDING, attempts, Instant.EPOCH, when, outcome, traces)
        : this;
  }

  private RecipientState rejectedBy(@Nullable RecipientOutcome report, Instant when) {
    boolean wentOut = status == RecipientStatus.SENT || status == RecipientStatus.IN_DOUBT;
    return wentOut
        ? new RecipientState(RecipientStatus.REJECTED, attempts, notBefore, when, report, traces)
        : this;
  }

  /** What is known to have arrived is not sent again, also where that was the plan. */
  private RecipientState arrived(Instant when) {
    boolean again = status == RecipientStatus.PENDING || status == RecipientStatus.CLAIMED;
    return status == RecipientStatus.IN_DOUBT || (again && attempts > 0)
        ? new RecipientState(
            RecipientStatus.SENT,
            attempts,
            Instant.EPOCH,
            when,
            RecipientOutcome.of(
                RecipientOutcome.Why.ARRIVED, "What came back shows that it arrived"),
            traces)
        : this;
  }
}
