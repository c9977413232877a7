package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mailing of one inbox to the recipients of its lists.
 *
 * @param inbox as which it is sent, and where the answers arrive
 * @param name as it stands in the rows of its lists; no two campaigns have the same one
 */
public record Campaign(
    CampaignId id, InboxId inbox, String name, CampaignPlan plan, State state, long version)
    implements Document {

  /** The {@link #owner} of those that are over. */
  public static final String OWNER_OF_OVER = "over";

  /** The {@link #owner} of all others. */
  public static final String OWNER_OF_OTHERS = "";

  /** How far a campaign is. */
  public enum Status {
    /** Set up; nothing was sent. */
    PREPARED("prepared"),
    /** It sends whenever its windows are open. */
    RUNNING("running"),
    /** Held by an agent or by itself; it goes on where it was. */
    STOPPED("stopped"),
    /** Ended for good before all was sent. */
    CANCELLED("cancelled"),
    /** Every recipient has an outcome. A further list makes it go on. */
    FINISHED("finished");

    private final String code;

    Status(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }

    /** Whether nobody is left to be sent to. */
    public boolean isOver() {
      return this == CANCELLED || this == FINISHED;
    }
  }

  /**
   * Where it stands.
   *
   * @param startedAt when it was started first; null before
   * @param changedAt since when it stands like this; null while it was never started
   * @param reason why it was stopped or ended, in words without anybody's data; null when there is
   *     nothing to say
   */
  public record State(
      Status status,
      @Nullable Instant startedAt,
      @Nullable Instant changedAt,
      @Nullable String reason) {
    /** Of a new campaign. */
    public static final State PREPARED = new State(Status.PREPARED, null, null, null);

    public State {
      requireNonNull(status, "status");
    }

    /** The same campaign in another state from {@code at} on. */
    public State to(Status next, Instant at, @Nullable String why) {
      Instant started = startedAt == null && next == Status.RUNNING ? at : startedAt;
      return new State(next, started, at, why);
    }
  }

  public Campaign {
    requireNonNull(id, "id");
    requireNonNull(inbox, "inbox");
    requireNonNull(plan, "plan");
    requireNonNull(state, "state");
    if (name.isBlank()) {
      throw new IllegalArgumentException("Campaign '%s' needs a name".formatted(id.value()));
    }
  }

  /** A campaign that was not started. */
  public static Campaign of(CampaignId id, InboxId inbox, String name, CampaignPlan plan) {
    return new Campaign(id, inbox, name, plan, State.PREPARED, 0);
  }

  public Campaign withPlan(String newName, CampaignPlan newPlan) {
    return new Campaign(id, inbox, newName, newPlan, state, version);
  }

  /** Of another inbox. */
  public Campaign in(InboxId other) {
    return new Campaign(id, other, name, plan, state, version);
  }

  public Campaign withState(State newState) {
    return new Campaign(id, inbox, name, plan, newState, version);
  }

  @Override
  public DocumentKey key() {
    return keyOf(id);
  }

  public static DocumentKey keyOf(CampaignId id) {
    return new DocumentKey(DocumentKey.Kind.CAMPAIGN, id.value());
  }

  /** What is over is kept apart, so that whoever looks after the others need not read it. */
  @Override
  public String owner() {
    return state.status().isOver() ? OWNER_OF_OVER : OWNER_OF_OTHERS;
  }

  @Override
  public Campaign withVersion(long newVersion) {
    return new Campaign(id, inbox, name, plan, state, newVersion);
  }

  @Override
  public String toString() {
    return "Campaign[%s, %s]".formatted(id.value(), state.status().code());
  }
}
