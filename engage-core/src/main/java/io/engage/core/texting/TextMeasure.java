package io.engage.core.texting;

import java.util.List;

/**
 * What a text message is before it goes.
 *
 * @param length in units of the alphabet: septets of GSM-7, 16-bit units of UCS-2
 * @param left how many units more fit into the last segment
 * @param segments the text as it is cut; each is charged
 * @param outsideGsm the characters for whose sake it is UCS-2, each once, at most 20
 */
public record TextMeasure(
    Alphabet alphabet, int length, int left, List<String> segments, List<String> outsideGsm) {

  /** In what a text message is written on its way. */
  public enum Alphabet {
    /** The seven-bit default alphabet with its extension table. */
    GSM_7(160, 153),
    /** Sixteen bits for each unit, for all other characters. */
    UCS_2(70, 67);

    private final int alone;
    private final int joined;

    Alphabet(int alone, int joined) {
      this.alone = alone;
      this.joined = joined;
    }

    /** How much a segment holds when the text has {@code segments} of them. */
    int capacity(int segments) {
      return segments > 1 ? joined : alone;
    }
  }

  public TextMeasure {
    segments = List.copyOf(segments);
    outsideGsm = List.copyOf(outsideGsm);
  }

  @Override
  public String toString() {
    return "TextMeasure[%s, %d units, %d segments]".formatted(alphabet, length, segments.size());
  }
}
