package io.engage.core.texting;

import io.engage.core.texting.TextMeasure.Alphabet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a text as phones do: 160 units of GSM-7 or 70 of UCS-2 in one message, 153 or 67 in each of
 * several, because their headers take room. No character is ever cut in two.
 */
public final class Texting {
  /** 3GPP TS 23.038 section 6.2.1. */
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** 3GPP TS 23.038 section 6.2.1.1: each goes as an escape and a second septet. */
  private static final String EXTENSION = "\f^{}\\[~]|€";

  private static final int MOST_NAMED = 20;

  private Texting() {}

  public static TextMeasure decide(String text) {
    List<String> outside = outsideGsm(text);
    Alphabet alphabet = outside.isEmpty() ? Alphabet.GSM_7 : Alphabet.UCS_2;
    int length = text.codePoints().map(point -> units(point, alphabet)).sum();
    boolean fitsAlone = length <= alphabet.capacity(1);
    List<String> segments = fitsAlone ? List.of(text) : cut(text, alphabet, alphabet.capacity(2));
    int last = units(segments.get(segments.size() - 1), alphabet);
    return new TextMeasure(
        alphabet, length, alphabet.capacity(segments.size()) - last, segments, outside);
  }

  private static List<String> cut(String text, Alphabet alphabet, int capacity) {
    List<String> segments = new ArrayList<>();
    int start = 0;
    int used = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      int units = units(point, alphabet);
      if (used + units > capacity) {
        segments.add(text.substring(start, at));
        start = at;
        used = 0;
      }
      used += units;
      at += Character.charCount(point);
    }
    segments.add(text.substring(start));
    return segments;
  }

  private static List<String> outsideGsm(String text) {
    Set<String> outside = new LinkedHashSet<>();
    text.codePoints()
        .filter(point -> BASIC.indexOf(point) < 0 && EXTENSION.indexOf(point) < 0)
        .mapToObj(Character::toString)
        .takeWhile(each -> outside.size() < MOST_NAMED)
        .forEach(outside::add);
    return List.copyOf(outside);
  }

  private static int units(String text, Alphabet alphabet) {
    return text.codePoints().map(point -> units(point, alphabet)).sum();
  }

  private static int units(int point, Alphabet alphabet) {
    return alphabet == Alphabet.GSM_7
        ? (EXTENSION.indexOf(point) < 0 ? 1 : 2)
        : Character.charCount(point);
  }
}
