package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

/** What came of looking whether a chain of audit entries is as it was written. */
public sealed interface AuditVerdict {

  /**
   * Nothing was changed, as far as the anchors that were given can tell.
   *
   * @param upTo the end of the chain; kept elsewhere, it is the anchor for the next time
   */
  record Intact(AuditAnchor upTo) implements AuditVerdict {
    public Intact {
      requireNonNull(upTo, "upTo");
    }
  }

  /**
   * Something was changed.
   *
   * @param intactUpTo up to where everything is as it was
   * @param place the sequence of the first entry that is not
   * @param damage what was probably done there
   */
  record Broken(AuditAnchor intactUpTo, long place, Damage damage) implements AuditVerdict {
    public Broken {
      requireNonNull(intactUpTo, "intactUpTo");
      requireNonNull(damage, "damage");
    }
  }

  /** What was done to a chain, as far as its rest tells. */
  enum Damage {
    CHANGED("changed", "The entry was changed"),
    MISSING("missing", "One or more entries were removed"),
    REORDERED("reordered", "Entries stand in another order"),
    INSERTED("inserted", "An entry was put in"),
    CUT_OFF("cut-off", "The end of the chain was cut off"),
    REWRITTEN("rewritten", "The chain was sealed anew; an anchor has another seal");

    private final String code;
    private final String sentence;

    Damage(String code, String sentence) {
      this.code = code;
      this.sentence = sentence;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }
  }

  default boolean isIntact() {
    return this instanceof Intact;
  }
}
