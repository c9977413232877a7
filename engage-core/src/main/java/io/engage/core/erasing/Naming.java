package io.engage.core.erasing;

import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.customer.Person;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Decides whether words that somebody typed name a person: by an address, a phone number however it
 * was written, or the name. Better one too many.
 */
public final class Naming {
  /** What people leave away before them is the country and the area. */
  private static final int DIGITS_THAT_TELL = 7;

  private Naming() {}

  /**
   * @param names what they are called in the host's directory
   */
  public static boolean decide(String text, Person person, Collection<String> names) {
    String plain = plain(text);
    return names.stream()
            .map(Naming::plain)
            .anyMatch(each -> !each.isEmpty() && holds(plain, each, at -> false))
        || person.addresses().stream().anyMatch(each -> holds(plain, each));
  }

  /** Spaces and accents may be written in several ways. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("\\s+", " ");
  }

  private static boolean holds(String text, Address address) {
    if (address instanceof PhoneNumber number) {
      return digitsOf(text).contains(end(digitsOf(number.value())));
    }
    return address instanceof EmailAddress
        && holds(text, plain(address.value()), at -> isPartOfAddress(text, at));
  }

  /** What may stand between the digits of a number is left out. */
  private static String digitsOf(String text) {
    return text.replaceAll("[\\s().+/-]", "");
  }

  private static String end(String digits) {
    return digits.substring(Math.max(0, digits.length() - DIGITS_THAT_TELL));
  }

  /**
   * As a whole: Ana is not Diana.
   *
   * @param goesOn whether what stands at a place belongs to the words beside it
   */
  private static boolean holds(String text, String wanted, IntPredicate goesOn) {
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      int end = at + wanted.length();
      boolean begins = at == 0 || !(isWord(text, at - 1) || goesOn.test(at - 1));
      boolean ends =
          end == text.length()
              || !(isWord(text, end) || (goesOn.test(end) && isWord(text, end + 1)));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWord(String text, int at) {
    return at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  private static boolean isPartOfAddress(String text, int at) {
    return "._-+".indexOf(text.charAt(at)) >= 0;
  }
}
