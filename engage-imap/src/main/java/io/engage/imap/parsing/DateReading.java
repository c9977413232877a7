package io.engage.imap.parsing;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates as they stand in real mail: RFC 5322 and its obsolete forms, ISO 8601, {@code
 * asctime}, missing seconds, two-digit years, named zones, months of several languages. What is
 * missing of the time or zone is zero.
 */
final class DateReading {
  private static final int LONGEST = 200;
  private static final int SHORTEST_ISO_DAY = 8;
  private static final int SHORTEST_NAMED_DAY = 4;
  private static final Pattern TIME =
      Pattern.compile("([0-9]{1,2})[:.]([0-9]{1,2})(?:[:.]([0-9]{1,2})(?:[.,][0-9]{1,9})?)?(.*)");
  private static final Pattern AROUND_COLON =
      Pattern.compile("(?<=[0-9])[ \\t]{0,20}:[ \\t]{0,20}(?=[0-9])");
  private static final Pattern ISO_DAY =
      Pattern.compile("([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[Tt](.+))?");
  private static final Pattern NUMBERS_DAY =
      Pattern.compile("([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{2,4})");
  private static final Pattern NAMED_DAY =
      Pattern.compile("([0-9]{1,2})[-/.]?(\\p{L}{3,10})\\.?[-/.]?([0-9]{2,4})?");
  private static final Pattern OFFSET =
      Pattern.compile("(?:UTC|GMT|UT|[ECMP][SD]T|CES?T)?([+-]|--)([0-9]{1,2}):?([0-9]{2})?");
  private static final Map<String, Integer> MONTHS =
      Map.ofEntries(
          Map.entry("jan", 1),
          Map.entry("gen", 1),
          Map.entry("ene", 1),
          Map.entry("feb", 2),
          Map.entry("fev", 2),
          Map.entry("f\u00e9v", 2),
          Map.entry("mar", 3),
          Map.entry("m\u00e4r", 3),
          Map.entry("mrz", 3),
          Map.entry("maa", 3),
          Map.entry("apr", 4),
          Map.entry("avr", 4),
          Map.entry("abr", 4),
          Map.entry("may", 5),
          Map.entry("mai", 5),
          Map.entry("mag", 5),
          Map.entry("mei", 5),
          Map.entry("jun", 6),
          Map.entry("giu", 6),
          Map.entry("juin", 6),
          Map.entry("jul", 7),
          Map.entry("lug", 7),
          Map.entry("juil", 7),
          Map.entry("aug", 8),
          Map.entry("ago", 8),
          Map.entry("ao\u00fb", 8),
          Map.entry("aou", 8),
          Map.entry("sep", 9),
          Map.entry("set", 9),
          Map.entry("oct", 10),
          Map.entry("okt", 10),
          Map.entry("ott", 10),
          Map.entry("out", 10),
          Map.entry("nov", 11),
          Map.entry("dec", 12),
          Map.entry("dez", 12),
          Map.entry("dic", 12),
          Map.entry("d\u00e9c", 12),
          Map.entry("mrt", 3),
          Map.entry("maj", 5),
          Map.entry("\u044f\u043d\u0432", 1),
          Map.entry("\u0444\u0435\u0432", 2),
          Map.entry("\u043c\u0430\u0440", 3),
          Map.entry("\u0430\u043f\u0440", 4),
          Map.entry("\u043c\u0430\u0439", 5),
          Map.entry("\u043c\u0430\u044f", 5),
          Map.entry("\u0438\u044e\u043d", 6),
          Map.entry("\u0438\u044e\u043b", 7),
          Map.entry("\u0430\u0432\u0433", 8),
          Map.entry("\u0441\u0435\u043d", 9),
          Map.entry("\u043e\u043a\u0442", 10),
          Map.entry("\u043d\u043e\u044f", 11),
          Map.entry("\u0434\u0435\u043a", 12));
  private static final Map<String, Integer> ZONE_HOURS =
      Map.ofEntries(
          Map.entry("UT", 0),
          Map.entry("UTC", 0),
          Map.entry("GMT", 0),
          Map.entry("Z", 0),
          Map.entry("WET", 0),
          Map.entry("EST", -5),
          Map.entry("EDT", -4),
          Map.entry("CST", -6),
          Map.entry("CDT", -5),
          Map.entry("MST", -7),
          Map.entry("MDT", -6),
          Map.entry("PST", -8),
          Map.entry("PDT", -7),
          Map.entry("CET", 1),
          Map.entry("MET", 1),
          Map.entry("MEZ", 1),
          Map.entry("BST", 1),
          Map.entry("WEST", 1),
          Map.entry("CEST", 2),
          Map.entry("MEST", 2),
          Map.entry("MESZ", 2),
          Map.entry("EET", 2),
          Map.entry("EEST", 3),
          Map.entry("MSK", 3),
          Map.entry("JST", 9),
          Map.entry("KST", 9),
          Map.entry("HKT", 8),
          Map.entry("SGT", 8),
          Map.entry("AEST", 10),
          Map.entry("AEDT", 11),
          Map.entry("NZST", 12),
          Map.entry("NZDT", 13),
          Map.entry("AKST", -9),
          Map.entry("AKDT", -8),
          Map.entry("HST", -10),
          Map.entry("AST", -4),
          Map.entry("ADT", -3),
          Map.entry("BRT", -3),
          Map.entry("ART", -3),
          Map.entry("SAST", 2),
          Map.entry("AWST", 8),
          Map.entry("WIB", 7));

  private int year = -1;
  private int month = -1;
  private int day = -1;
  private int hour;
  private int minute;
  private int second;
  private boolean hasTime;

  /** What looks like a month may be a weekday, as in {@code mar., 3 févr.}: a later one counts. */
  private boolean monthBeforeDay;

  private @Nullable ZoneOffset zone;

  private DateReading() {}

  /** The date that {@code text} is, or empty when it is none. */
  static Optional<OffsetDateTime> read(String text) {
    DateReading reading = new DateReading();
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    StringBuilder plain = new StringBuilder();
    StringBuilder comments = new StringBuilder();
    part(cut, plain, comments);
    reading.words(normal(plain.toString()));
    if (reading.zone == null) {
      reading.words(normal(comments.toString()));
    }
    return reading.result();
  }

  /** Comments may stand anywhere (RFC 5322 section 4.3); some hold the zone. */
  private static void part(String text, StringBuilder plain, StringBuilder comments) {
    int depth = 0;
    if (text.indexOf('(') < 0) {
      plain.append(text);
      return;
    }
    for (char c : text.toCharArray()) {
      depth += c == '(' ? 1 : 0;
      (depth > 0 ? comments : plain).append(c);
      depth -= c == ')' && depth > 0 ? 1 : 0;
    }
  }

  /** Colons without blanks around them, and the signs of East Asian dates as hyphens. */
  private static String normal(String text) {
    String numbered = text.replace('\u5e74', '-').replace('\u6708', '-').replace('\u65e5', ' ');
    return hasBlankAtColon(numbered) ? AROUND_COLON.matcher(numbered).replaceAll(":") : numbered;
  }

  private static boolean hasBlankAtColon(String text) {
    return text.contains(" :")
        || text.contains(": ")
        || text.contains("\t:")
        || text.contains(":\t");
  }

  private void words(String text) {
    StringTokenizer words = new StringTokenizer(text, " \t,;()\"");
    while (words.hasMoreTokens()) {
      word(words.nextToken());
    }
  }

  private void word(String word) {
    boolean used =
        isDigit(word.charAt(0))
            ? isoDay(word) || numbersDay(word) || time(word) || namedDay(word)
            : offset(word);
    String digits = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
    if (!used && !digits.isEmpty() && isDigits(digits)) {
      number(digits);
    } else if (!used) {
      name(word);
    }
  }

  private boolean isoDay(String word) {
    if (day >= 0 || word.length() < SHORTEST_ISO_DAY || "-/".indexOf(word.charAt(4)) < 0) {
      return false;
    }
    Matcher matcher = ISO_DAY.matcher(word);
    if (!matcher.matches()) {
      return false;
    }
    date(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    if (matcher.group(4) != null) {
      time(matcher.group(4));
    }
    return true;
  }

  /** Day first, as most of the world writes it, unless it can only be the month. */
  private boolean numbersDay(String word) {
    if (day >= 0 || (word.indexOf('.') < 0 && word.indexOf('/') < 0)) {
      return false;
    }
    Matcher matcher = NUMBERS_DAY.matcher(word);
    if (!matcher.matches()) {
      return false;
    }
    boolean monthFirst = number(matcher, 2) > 12;
    date(
        fullYear(matcher.group(3)),
        number(matcher, monthFirst ? 1 : 2),
        number(matcher, monthFirst ? 2 : 1));
    return true;
  }

  private boolean namedDay(String word) {
    if (day >= 0 || word.length() < SHORTEST_NAMED_DAY) {
      return false;
    }
    Matcher matcher = NAMED_DAY.matcher(word);
    if (!matcher.matches() || monthOf(matcher.group(2)) < 0) {
      return false;
    }
    day = number(matcher, 1);
    month = monthOf(matcher.group(2));
    year = matcher.group(3) == null ? year : fullYear(matcher.group(3));
    return true;
  }

  private void date(int newYear, int newMonth, int newDay) {
    year = newYear;
    month = newMonth;
    day = newDay;
  }

  private boolean time(String word) {
    if (hasTime || (word.indexOf(':') < 0 && word.indexOf('.') < 0)) {
      return false;
    }
    Matcher matcher = TIME.matcher(word);
    if (!matcher.matches()) {
      return false;
    }
    hasTime = true;
    hour = number(matcher, 1);
    minute = number(matcher, 2);
    second = matcher.group(3) == null ? 0 : Math.min(59, number(matcher, 3));
    String rest = matcher.group(4);
    if (!rest.isEmpty() && !offset(rest)) {
      name(rest);
    }
    return true;
  }

  private boolean offset(String word) {
    if (word.indexOf('+') < 0 && word.indexOf('-') < 0) {
      return false;
    }
    Matcher matcher = OFFSET.matcher(word);
    if (!matcher.matches()) {
      return false;
    }
    if (zone == null) {
      int sign = matcher.group(1).startsWith("-") ? -1 : 1;
      int minutes = matcher.group(3) == null ? 0 : number(matcher, 3);
      int total = sign * (number(matcher, 2) * 60 + minutes);
      zone = ZoneOffset.ofTotalSeconds(Math.abs(total) > 18 * 60 ? 0 : total * 60);
    }
    return true;
  }

  private void number(String digits) {
    if (digits.length() > 4) {
      return;
    }
    int value = Integer.parseInt(digits);
    if (day < 0 && value >= 1 && value <= 31 && digits.length() <= 2) {
      day = value;
    } else if (year < 0) {
      year = fullYear(digits);
    }
  }

  private void name(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    Integer zoneHours = ZONE_HOURS.get(upper);
    if (upper.equals("PM") || upper.equals("AM")) {
      hour = hour % 12 + (upper.equals("PM") ? 12 : 0);
    } else if (zoneHours != null) {
      zone = zone == null ? ZoneOffset.ofHours(zoneHours) : zone;
    } else if (month < 0 || monthBeforeDay) {
      int named = monthOf(word);
      month = named < 0 ? month : named;
      monthBeforeDay = day < 0;
    }
  }

  private static int monthOf(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.length() < 3) {
      return -1;
    }
    Integer byFour = MONTHS.get(lower.substring(0, Math.min(4, lower.length())));
    return byFour != null ? byFour : MONTHS.getOrDefault(lower.substring(0, 3), -1);
  }

  /** RFC 5322 section 4.3: two digits below 50 are of this century, three count from 1900. */
  private static int fullYear(String digits) {
    int value = Integer.parseInt(digits);
    if (digits.length() > 3) {
      return value;
    }
    return digits.length() == 3 || value >= 50 ? value + 1900 : value + 2000;
  }

  private Optional<OffsetDateTime> result() {
    if (year < 1900 || year > 9999) {
      return Optional.empty();
    }
    try {
      boolean midnight = hour == 24 && minute == 0 && second == 0;
      LocalDateTime local =
          LocalDateTime.of(year, month, day, midnight ? 0 : hour, minute, second)
              .plusDays(midnight ? 1 : 0);
      return Optional.of(OffsetDateTime.of(local, zone == null ? ZoneOffset.UTC : zone));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static boolean isDigits(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!isDigit(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
