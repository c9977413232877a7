package io.engage.dialer;

import io.engage.dialer.inviting.CalendarLine;
import io.engage.dialer.inviting.CalendarObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;

/**
 * Reads a calendar that somebody sent: what it is for, and its first event. Only lines are looked
 * at. The library's model would make the zones of the mail those of the whole program, and refuse
 * all of it for one odd value.
 */
final class CalendarReading {
  private static final int DEEPEST = 8;
  private static final int MOST_LINES = 5_000;
  private static final int MOST_PARAMETERS = 50;

  private CalendarReading() {}

  /** Empty when there is no whole event in it. */
  static Optional<CalendarObject> read(String text) {
    Gathering gathering = new Gathering();
    try {
      new CalendarParserImpl().parse(new StringReader(contentLines(text)), gathering);
    } catch (IOException | ParserException endsHere) {
      // What came before it counts: a long calendar was cut.
    }
    return gathering.find();
  }

  /** Unfolded, whatever the line ends are. */
  private static String contentLines(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    return lines
        .replace("\n ", "")
        .replace("\n\t", "")
        .lines()
        .filter(CalendarReading::isContentLine)
        .limit(MOST_LINES)
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  /**
   * A name, and outside quotes a colon. Whatever else makes the library take the next line for a
   * part of it.
   */
  private static boolean isContentLine(String line) {
    boolean quoted = false;
    int name = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ':' && !quoted) {
        return name > 0;
      }
      quoted ^= c == '"';
      if (i == name && isOfName(c)) {
        name++;
      } else if (i == name && c != ';') {
        return false;
      }
    }
    return false;
  }

  private static boolean isOfName(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }

  /** Keeps the method of the calendar and the lines of the first event, not of what is in it. */
  private static final class Gathering implements ContentHandler {
    private final List<CalendarLine> event = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String method = "";
    private String value = "";
    private int depth;
    private boolean inEvent;
    private boolean whole;

    Optional<CalendarObject> find() {
      return whole ? Optional.of(new CalendarObject(method, event)) : Optional.empty();
    }

    @Override
    public void startCalendar() {}

    @Override
    public void endCalendar() {}

    /** The library goes down with each component, as far as the stack reaches. */
    @Override
    public void startComponent(String name) {
      depth++;
      if (depth > DEEPEST) {
        throw new IllegalArgumentException("The calendar is nested too deeply");
      }
      inEvent |= depth == 1 && !whole && name.equalsIgnoreCase("VEVENT");
    }

    @Override
    public void endComponent(String name) {
      depth--;
      whole |= depth == 0 && inEvent;
      inEvent &= depth != 0;
    }

    @Override
    public void startProperty(String name) {
      parameters.clear();
      value = "";
    }

    @Override
    public void parameter(String name, String text) {
      if (parameters.size() < MOST_PARAMETERS) {
        parameters.putIfAbsent(name, text.replace("\"", ""));
      }
    }

    @Override
    public void propertyValue(String text) {
      value = text;
    }

    @Override
    public void endProperty(String name) {
      if (depth == 0 && method.isEmpty() && name.equalsIgnoreCase("METHOD")) {
        method = value;
      } else if (depth == 1 && inEvent) {
        event.add(new CalendarLine(name, parameters, value));
      }
    }
  }
}
