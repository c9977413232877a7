package io.engage.imap.parsing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which charset a label means.
 *
 * <p>Labels mean what browsers take them for (WHATWG Encoding Standard), because that is what the
 * writing programs meant: {@code iso-8859-1} is Windows-1252, {@code gb2312} is GB18030.
 */
final class CharsetNames {
  private static final int LONGEST_LABEL = 60;
  static final Charset WESTERN = Charset.forName("windows-1252");
  private static final Set<String> WESTERN_LABELS =
      Set.of(
          "iso-8859-1",
          "iso8859-1",
          "iso_8859-1",
          "iso88591",
          "8859-1",
          "latin1",
          "latin-1",
          "l1",
          "iso-8859-1-windows-3.1-latin-1",
          "cp1252",
          "cp-1252",
          "windows1252",
          "win-1252",
          "ansi",
          "windows",
          "1252",
          "x-ansi",
          "iso-8559-1",
          "western",
          "iso-latin-1",
          "windows-1252");
  private static final Set<String> UTF_8_LABELS =
      Set.of(
          "utf8",
          "utf-8",
          "utf_8",
          "utf8mb4",
          "utf8mb3",
          "utf-8-sig",
          "unicode-1-1-utf-8",
          "unicode",
          "utf",
          "x-utf-8",
          "cp65001",
          "65001",
          "utf-8mb4",
          "unicode-2-0-utf-8",
          "x-unicode20utf8");
  private static final Map<String, String> JAVA_NAMES =
      Map.ofEntries(
          Map.entry("gb2312", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gb-2312", "GB18030"),
          Map.entry("cp936", "GB18030"),
          Map.entry("chinese", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601-1989", "x-windows-949"),
          Map.entry("ksc5601", "x-windows-949"),
          Map.entry("ksc_5601", "x-windows-949"),
          Map.entry("korean", "x-windows-949"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("cp949", "x-windows-949"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("ms_kanji", "windows-31j"),
          Map.entry("cp932", "windows-31j"),
          Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
          Map.entry("iso-2022-jp-ms", "x-windows-iso2022jp"),
          Map.entry("big5", "Big5-HKSCS"),
          Map.entry("cp950", "x-windows-950"),
          Map.entry("x-x-big5", "Big5-HKSCS"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("latin5", "windows-1254"),
          Map.entry("iso-8859-11", "x-windows-874"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("cp874", "x-windows-874"),
          Map.entry("iso-8859-8-i", "ISO-8859-8"),
          Map.entry("iso-8859-8-e", "ISO-8859-8"),
          Map.entry("logical", "ISO-8859-8"),
          Map.entry("iso-8859-6-i", "ISO-8859-6"),
          Map.entry("iso-8859-6-e", "ISO-8859-6"),
          Map.entry("cp-850", "IBM850"),
          Map.entry("x-mac-roman", "x-MacRoman"),
          Map.entry("macintosh", "x-MacRoman"),
          Map.entry("mac", "x-MacRoman"),
          Map.entry("x-mac-cyrillic", "x-MacCyrillic"),
          Map.entry("koi8", "KOI8-R"),
          Map.entry("cp-1250", "windows-1250"),
          Map.entry("cp-1251", "windows-1251"),
          Map.entry("win-1251", "windows-1251"),
          Map.entry("win1251", "windows-1251"),
          Map.entry("windows1251", "windows-1251"),
          Map.entry("windows1250", "windows-1250"),
          Map.entry("iso-10646-ucs-2", "UTF-16BE"),
          Map.entry("ucs-2", "UTF-16"),
          Map.entry("utf16", "UTF-16"));
  private static final Set<String> ASCII_LABELS =
      Set.of(
          "us-ascii",
          "ascii",
          "ansi_x3.4-1968",
          "iso646-us",
          "7bit",
          "us",
          "usascii",
          "us_ascii",
          "",
          "default",
          "none",
          "unknown",
          "x-unknown",
          "unknown-8bit",
          "x-user-defined",
          "iso-ir-6",
          "default_charset",
          "x-binaryenc",
          "binary",
          "8bit",
          "null",
          "undefined",
          "_autodetect",
          "charset",
          "auto");

  private static final Set<String> UTF_7_LABELS =
      Set.of(
          "utf-7", "utf7", "unicode-1-1-utf-7", "unicode-2-0-utf-7", "x-unicode20utf7", "cp65000");
  private static final Map<String, String> ON_WINDOWS =
      Map.of(
          "ISO-8859-2", "windows-1250",
          "ISO-8859-5", "windows-1251",
          "ISO-8859-6", "windows-1256",
          "ISO-8859-7", "windows-1253",
          "ISO-8859-8", "windows-1255",
          "ISO-8859-13", "windows-1257",
          "ISO-8859-15", "windows-1252");

  private static final Map<String, Charset> FOUND = new ConcurrentHashMap<>();
  private static volatile boolean missed;

  private CharsetNames() {}

  /** The charset of a label as people write it; null when nobody knows it. */
  static @Nullable Charset find(String label) {
    String name = normal(label);
    if (UTF_8_LABELS.contains(name)) {
      return StandardCharsets.UTF_8;
    }
    if (WESTERN_LABELS.contains(name)) {
      return WESTERN;
    }
    if (claimsNothing(name)) {
      return null;
    }
    return known(JAVA_NAMES.getOrDefault(name, name));
  }

  /**
   * A name that Java does not know costs it a search of everything each time, which a hostile mail
   * could ask for thousands of times: after the first miss all names are looked up here.
   */
  static @Nullable Charset known(String name) {
    Charset found = FOUND.get(name);
    if (found == null && !missed) {
      found = search(name);
      missed = found == null;
    } else if (found == null) {
      found = Everything.BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }
    if (found != null) {
      FOUND.put(name, found);
    }
    return found;
  }

  private static @Nullable Charset search(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }

  /** Every charset of this Java under each of its names. */
  private static final class Everything {
    static final Map<String, Charset> BY_NAME = new HashMap<>();

    static {
      for (Charset charset : Charset.availableCharsets().values()) {
        BY_NAME.put(charset.name().toLowerCase(Locale.ROOT), charset);
        charset.aliases().forEach(alias -> BY_NAME.put(alias.toLowerCase(Locale.ROOT), charset));
      }
    }
  }

  /** The charset that Windows writes under the name of {@code charset}; itself when none. */
  static Charset onWindows(Charset charset) {
    Charset windows = known(ON_WINDOWS.getOrDefault(charset.name(), charset.name()));
    return windows == null ? charset : windows;
  }

  /** Whether a label in its normal form names UTF-7. */
  static boolean isUtf7(String name) {
    return UTF_7_LABELS.contains(name);
  }

  /** Whether a label in its normal form names no charset beyond ASCII. */
  static boolean claimsNothing(String name) {
    return ASCII_LABELS.contains(name);
  }

  /** Whether it names ASCII, and so claims something. */
  static boolean isAscii(String name) {
    return name.endsWith("ascii");
  }

  /** {@code "UTF-8"}, {@code 'utf8'}, {@code =utf-8}, {@code charset=utf-8}, {@code utf-8*en}. */
  static String normal(String label) {
    String cut = label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL) : label;
    StringBuilder name = new StringBuilder(cut.length());
    for (char c : cut.toLowerCase(Locale.ROOT).toCharArray()) {
      if (c == '*' || (c == ';' && name.length() > 0)) {
        break;
      }
      if (c > ' ' && c < 127 && "\"'<>=;,()[]\\".indexOf(c) < 0) {
        name.append(c);
      }
    }
    String plain = name.toString();
    boolean prefixed = plain.startsWith("charset") && plain.length() > "charset".length();
    return prefixed ? plain.substring("charset".length()) : plain;
  }
}
