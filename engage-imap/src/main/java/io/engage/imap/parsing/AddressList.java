package io.engage.imap.parsing;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads lists of addresses (RFC 5322 section 3.4) as people's programs write them: groups,
 * comments, quoted and encoded names, names with commas and other specials but without quotes,
 * addresses without brackets, brackets that never close. What is no address is left out.
 *
 * <p>One pass, and no more addresses than wanted. mime4j's lenient parser takes an unquoted comma
 * in a name for the end of an address.
 */
final class AddressList {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final String text;
  private final int most;
  private final List<NamedAddress> found = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder comment = new StringBuilder();
  private final StringBuilder bracketed = new StringBuilder();
  private boolean hasBrackets;
  private boolean hasQuotes;
  private boolean hasAt;
  private boolean hasQuotedLocalPart;
  private boolean hasEncodedWord;
  private boolean neverCloses;
  private boolean bracketNeverCloses;
  private boolean leftOut;
  private int position;

  private AddressList(String text, int most) {
    this.text = text;
    this.most = most;
  }

  /** The addresses in {@code text}, the first {@code most} of them. */
  static List<NamedAddress> read(String text, int most, Warnings warnings) {
    AddressList list = new AddressList(text, most);
    list.read();
    if (list.found.isEmpty() && text.contains("=?")) {
      // Some encode the whole field, its address included.
      list = new AddressList(EncodedWords.decode(text), most);
      list.read();
    }
    warnings.addIf(list.leftOut, "Some addresses in its header are none, or too many");
    return list.found;
  }

  private void read() {
    while (position < text.length() && found.size() < most) {
      take(text.charAt(position++));
    }
    leftOut |= position < text.length();
    if (found.size() < most) {
      endAddress(false);
    }
  }

  private void take(char c) {
    switch (c) {
      case '"' -> quoted();
      case '(' -> comment();
      case '<' -> brackets();
      case '>' -> {}
      case ',' -> endAddress(true);
      case ';' -> endAddress(false);
      case ':' -> colon();
      default -> plain(c);
    }
  }

  private void plain(char c) {
    hasAt |= c == '@';
    hasEncodedWord |= c == '?' && word.length() > 0 && word.charAt(word.length() - 1) == '=';
    if (word.length() > 0 || (c != ' ' && c != '\t') || name.length() > 0) {
      word.append(c);
    }
  }

  private void quoted() {
    int end = neverCloses ? -1 : endOfQuotes();
    neverCloses |= end < 0;
    if (end < 0) {
      return;
    }
    boolean localPart = end < text.length() && text.charAt(end) == '@';
    if (localPart) {
      word.append(text, position - 1, end);
      hasQuotedLocalPart = true;
    } else {
      endWord();
      unescape(position, end - 1, name);
      hasQuotes = true;
    }
    position = end;
  }

  /** Behind the quote that closes; -1 when none does. */
  private int endOfQuotes() {
    for (int i = position; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i + 1;
      }
    }
    return -1;
  }

  private void unescape(int from, int to, StringBuilder target) {
    for (int i = from; i < to; i++) {
      boolean escape = text.charAt(i) == '\\' && i + 1 < to;
      target.append(text.charAt(escape ? ++i : i));
    }
  }

  private void comment() {
    int end = neverCloses ? -1 : endOfComment();
    neverCloses |= end < 0;
    if (end < 0) {
      word.append('(');
    } else {
      unescape(position, end - 1, comment);
      position = end;
    }
  }

  /** Behind the parenthesis that closes; -1 when none does. */
  private int endOfComment() {
    int depth = 1;
    for (int i = position; i < text.length(); i++) {
      char c = text.charAt(i);
      i += c == '\\' ? 1 : 0;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Of brackets within brackets the innermost count. */
  private void brackets() {
    int end = bracketNeverCloses ? -1 : text.indexOf('>', position);
    bracketNeverCloses |= end < 0;
    int to = end < 0 ? endOfWord() : end;
    int inner = text.lastIndexOf('<', to - 1);
    if (hasBrackets && EmailAddress.parse(bare(bracketed.toString())).isPresent()) {
      // The comma between two addresses is missing.
      endAddress(false);
      if (found.size() >= most) {
        return;
      }
    }
    endWord();
    if (!hasBrackets || text.substring(position, to).indexOf('@') > 0) {
      bracketed.setLength(0);
      bracketed.append(text, Math.max(position, inner + 1), to);
      hasBrackets = true;
    }
    position = end < 0 ? to : end + 1;
  }

  private int endOfWord() {
    int i = position;
    while (i < text.length() && ",; \t".indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  /** The end of a group's name (RFC 5322 section 3.4), or a character in a name or address. */
  private void colon() {
    if (hasBrackets || hasAt || hasEncodedWord) {
      word.append(':');
    } else {
      clear();
    }
  }

  private void endWord() {
    name.append(word);
    word.setLength(0);
  }

  private void endAddress(boolean byComma) {
    boolean begun = word.length() > 0 || hasQuotes;
    if (hasBrackets) {
      endWord();
      add(bracketed.toString(), name.toString());
    } else if (hasAt) {
      addBare();
    } else if (begun && byComma) {
      word.append(',');
      return;
    } else {
      leftOut |= begun;
    }
    clear();
  }

  /** An address without brackets: the word with the {@code @}; the other words are a name. */
  private void addBare() {
    StringBuilder others = new StringBuilder(name);
    String address = "";
    String bare = word.toString().strip();
    for (String each : hasQuotedLocalPart ? List.of(bare) : List.of(bare.split("[ \\t]+"))) {
      if (address.isEmpty() && each.indexOf('@') >= 0) {
        address = each;
      } else {
        others.append(others.length() == 0 ? "" : " ").append(each);
      }
    }
    add(address, others.toString());
  }

  private void add(String address, String writtenName) {
    Optional<EmailAddress> parsed = EmailAddress.parse(bare(address));
    String label = writtenName.isBlank() ? comment.toString() : writtenName;
    parsed.ifPresent(email -> found.add(new NamedAddress(oneLine(label), email)));
    leftOut |= parsed.isEmpty();
  }

  /** Without white space, quotes around the whole, {@code mailto:}, and source routes. */
  private static String bare(String address) {
    boolean spaced = address.startsWith("\"");
    String text = spaced ? address : BLANKS.matcher(address).replaceAll("");
    if (text.indexOf('(') >= 0) {
      text = withoutComments(text);
    }
    if (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    int colon = text.startsWith("@") || text.startsWith("mailto:") ? text.indexOf(':') : -1;
    String routed = text.substring(colon + 1);
    boolean quoted = routed.length() > 2 && "'\"".indexOf(routed.charAt(0)) >= 0;
    boolean whole = quoted && routed.charAt(routed.length() - 1) == routed.charAt(0);
    return whole ? routed.substring(1, routed.length() - 1) : routed;
  }

  /** RFC 5322 allows comments between the words of an address too. */
  private static String withoutComments(String address) {
    StringBuilder plain = new StringBuilder(address.length());
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      quoted ^= c == '"' && depth == 0;
      depth += c == '(' && !quoted ? 1 : 0;
      if (depth == 0) {
        plain.append(c);
      }
      depth -= c == ')' && depth > 0 ? 1 : 0;
    }
    return depth == 0 ? plain.toString() : address;
  }

  private static String oneLine(String label) {
    return BLANKS.matcher(EncodedWords.decode(label)).replaceAll(" ").strip();
  }

  private void clear() {
    word.setLength(0);
    name.setLength(0);
    comment.setLength(0);
    bracketed.setLength(0);
    hasBrackets = false;
    hasQuotes = false;
    hasAt = false;
    hasQuotedLocalPart = false;
    hasEncodedWord = false;
  }
}
