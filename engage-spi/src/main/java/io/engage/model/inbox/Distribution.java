package io.engage.model.inbox;

/** Which of the eligible members gets it. */
public enum Distribution {
  /** Chance, weighted by the penalty: who has p is drawn with weight 101 − p. */
  WEIGHTED_RANDOM("wrandom"),
  /** Round and round in the order of members, from behind the one who was served last. */
  ROUND_ROBIN("rrmemory"),
  /** Who was served the longest time ago; who never was comes first. */
  LEAST_RECENT("leastrecent"),
  /** Who was served the fewest today. */
  FEWEST("fewest"),
  /** Chance, the same for everybody. */
  RANDOM("random"),
  /** Always the first in the order of members who can. */
  LINEAR("linear");

  private final String code;

  Distribution(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }
}
