package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.PhoneNumber;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.time.Instant;
import java.util.List;

/**
 * Whether one person has agreed to text messages from one of our numbers, and how we know.
 *
 * @param ours our number
 * @param theirs the person's
 * @param held whether nothing is sent until an agent has read what the person wrote
 * @param evidence how it came to this, oldest first; the newest 100
 */
public record SmsConsent(
    PhoneNumber ours,
    PhoneNumber theirs,
    State state,
    boolean held,
    List<Evidence> evidence,
    long version)
    implements Document {
  /** How much evidence is remembered. */
  public static final int MOST_EVIDENCE = 100;

  /** Whether somebody has agreed. */
  public enum State {
    NONE("none"),
    /** The request was sent; nothing else may be. */
    REQUESTED("requested"),
    OPTED_IN("opted-in"),
    OPTED_OUT("opted-out");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  /**
   * One step.
   *
   * @param by the keyword, the agent's id, or what the gateway said
   * @param reference the message that shows it; empty when there is none
   */
  public record Evidence(Instant at, State state, String by, String reference) {
    public Evidence {
      requireNonNull(at, "at");
      requireNonNull(state, "state");
      requireNonNull(by, "by");
      requireNonNull(reference, "reference");
    }
  }

  public SmsConsent {
    requireNonNull(ours, "ours");
    requireNonNull(theirs, "theirs");
    requireNonNull(state, "state");
    evidence =
        List.copyOf(
            evidence.subList(Math.max(0, evidence.size() - MOST_EVIDENCE), evidence.size()));
  }

  /** Before anything was said. */
  public static SmsConsent none(PhoneNumber ours, PhoneNumber theirs) {
    return new SmsConsent(ours, theirs, State.NONE, false, List.of(), 0);
  }

  @Override
  public DocumentKey key() {
    return keyOf(ours, theirs);
  }

  public static DocumentKey keyOf(PhoneNumber ours, PhoneNumber theirs) {
    return new DocumentKey(DocumentKey.Kind.SMS_CONSENT, ours.value() + "/" + theirs.value());
  }

  /** The person's number, so that all that is known of it is found. */
  @Override
  public String owner() {
    return theirs.value();
  }

  @Override
  public SmsConsent withVersion(long newVersion) {
    return new SmsConsent(ours, theirs, state, held, evidence, newVersion);
  }

  @Override
  public String toString() {
    return "SmsConsent[" + state.code() + "]";
  }
}
