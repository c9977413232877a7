package io.engage.core.trusting;

import io.engage.model.address.EmailAddress;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides whether an address mixes scripts that nobody writes together, such as a Cyrillic letter
 * among Latin ones: it is made to look like another (Unicode Technical Standard 39, "highly
 * restrictive").
 */
final class Lookalikes {
  private static final Pattern BETWEEN_LABELS = Pattern.compile("[@.+_-]");
  private static final List<Set<UnicodeScript>> WRITTEN_TOGETHER =
      List.of(
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

  private Lookalikes() {}

  static boolean decide(EmailAddress address) {
    return !isAscii(address.value()) && mixes(address);
  }

  /** Whether it has nothing but the letters of one script, also once its domain is decoded. */
  private static boolean isAscii(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) >= 128) {
        return false;
      }
    }
    return !address.contains("xn--");
  }

  private static boolean mixes(EmailAddress address) {
    return Stream.of(address.localPart(), address.displayDomain())
        .flatMap(BETWEEN_LABELS::splitAsStream)
        .map(Lookalikes::scripts)
        .anyMatch(Lookalikes::isMixed);
  }

  private static boolean isMixed(Set<UnicodeScript> scripts) {
    return scripts.size() > 1
        && WRITTEN_TOGETHER.stream().noneMatch(together -> together.containsAll(scripts));
  }

  private static Set<UnicodeScript> scripts(String label) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    label
        .codePoints()
        .filter(Character::isLetter)
        .mapToObj(UnicodeScript::of)
        .forEach(scripts::add);
    scripts.remove(UnicodeScript.COMMON);
    scripts.remove(UnicodeScript.INHERITED);
    return scripts;
  }
}
