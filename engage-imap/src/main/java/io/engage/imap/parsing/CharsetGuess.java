package io.engage.imap.parsing;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the charset of bytes that nobody named one for and that are not UTF-8, by the shape of
 * the bytes: a subject of a few words has to suffice.
 */
final class CharsetGuess {
  private static final int READ = 16_384;
  private static final int FEWEST = 4;
  private static final Map<Charset, String> FREQUENT = new LinkedHashMap<>();

  static {
    // The letters that make up most of any text in the language.
    frequent("windows-1251", "\u043e\u0435\u0430\u0438\u043d\u0442\u0441\u0440\u0432\u043b\u043a");
    frequent("KOI8-R", "\u043e\u0435\u0430\u0438\u043d\u0442\u0441\u0440\u0432\u043b\u043a");
    frequent("IBM866", "\u043e\u0435\u0430\u0438\u043d\u0442\u0441\u0440\u0432\u043b\u043a");
    frequent(
        "windows-1253",
        "\u03b1\u03bf\u03b9\u03b5\u03c4\u03c3\u03bd\u03b7\u03c5\u03c1\u03c0\u03c2\u03ac\u03ad\u03af\u03cc");
    frequent("windows-1255", "\u05d9\u05d5\u05d4\u05dc\u05d0\u05ea\u05d1\u05de\u05e8\u05e9\u05dd");
    frequent("windows-1256", "\u0627\u0644\u064a\u0645\u0646\u0648\u0647\u0631\u062a\u0628\u0639");
    frequent(
        "x-windows-874",
        "\u0e32\u0e19\u0e23\u0e2d\u0e01\u0e40\u0e07\u0e21\u0e22\u0e25\u0e27\u0e14\u0e48\u0e49\u0e31\u0e31");
  }

  private final byte[] bytes;
  private final int length;

  private CharsetGuess(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = Math.min(length, READ);
  }

  /** The likely charset; Windows-1252 unless another one is more than likely. */
  static Charset of(byte[] bytes, int length) {
    CharsetGuess guess = new CharsetGuess(bytes, length);
    if (guess.looksWestern()) {
      return CharsetNames.WESTERN;
    }
    Charset asian = guess.asian();
    return asian != null ? asian : guess.alphabetic();
  }

  private static void frequent(String charset, String letters) {
    Charset known = CharsetNames.known(charset);
    if (known != null) {
      FREQUENT.put(known, letters);
    }
  }

  /** In western languages the letters beyond ASCII stand alone among others. */
  private boolean looksWestern() {
    int high = 0;
    int together = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        high++;
        boolean afterHigh = i > 0 && bytes[i - 1] < 0;
        boolean beforeHigh = i + 1 < length && bytes[i + 1] < 0;
        together += afterHigh || beforeHigh ? 1 : 0;
      }
    }
    return together < FEWEST || together * 10 < high * 6;
  }

  private @Nullable Charset asian() {
    if (share(this::isKana, false) > 0.2) {
      return strict("EUC-JP");
    }
    if (share(CharsetGuess::isShiftJis, true) > 0.9) {
      return strict("windows-31j");
    }
    if (share((lead, trail) -> lead >= 0xb0 && lead <= 0xc8 && trail > 0xa0, false) > 0.85) {
      return strict("x-windows-949");
    }
    double simplified = share((lead, trail) -> lead >= 0xb0 && lead <= 0xd7 && trail > 0xa0, false);
    double traditional = share((lead, trail) -> lead >= 0xa4 && lead <= 0xc6, false);
    if (Math.max(simplified, traditional) < 0.8) {
      return null;
    }
    return strict(simplified >= traditional ? "GB18030" : "Big5-HKSCS");
  }

  private interface PairTest {
    boolean matches(int lead, int trail);
  }

  private boolean isKana(int lead, int trail) {
    return (lead == 0xa4 || lead == 0xa5) && trail > 0xa0;
  }

  private static boolean isShiftJis(int lead, int trail) {
    return lead >= 0x81 && lead <= 0x97 && trail >= 0x40 && trail != 0x7f;
  }

  /** Which share of the pairs of bytes fits, punctuation left aside; 0 where pairs do not stand. */
  private double share(PairTest test, boolean shiftJis) {
    int pairs = 0;
    int fitting = 0;
    for (int i = 0; i < length; i++) {
      int lead = bytes[i] & 0xff;
      if (lead < 0x80) {
        continue;
      }
      int trail = ++i < length ? bytes[i] & 0xff : 0xff;
      if (trail < 0x40) {
        return 0;
      }
      boolean punctuation = shiftJis ? lead == 0x81 : lead == 0xa1 || lead == 0xa3;
      pairs += punctuation ? 0 : 1;
      fitting += !punctuation && test.matches(lead, trail) ? 1 : 0;
    }
    return pairs < 2 ? 0 : (double) fitting / pairs;
  }

  private @Nullable Charset strict(String name) {
    Charset charset = Objects.requireNonNull(CharsetNames.known(name), name);
    String text = new String(bytes, 0, length, charset);
    int first = text.indexOf('\uFFFD');
    return first < 0 || (length == READ && first >= text.length() - 2) ? charset : null;
  }

  private Charset alphabetic() {
    Charset best = CharsetNames.WESTERN;
    double most = 0.5;
    for (Map.Entry<Charset, String> each : FREQUENT.entrySet()) {
      double share = shareOf(each.getValue(), new String(bytes, 0, length, each.getKey()));
      if (share > most) {
        most = share;
        best = each.getKey();
      }
    }
    return best;
  }

  private static double shareOf(String frequent, String text) {
    long letters = text.chars().filter(c -> c > 127).count();
    long fitting = text.chars().filter(c -> c > 127 && frequent.indexOf(c) >= 0).count();
    return letters == 0 ? 0 : (double) fitting / letters;
  }
}
