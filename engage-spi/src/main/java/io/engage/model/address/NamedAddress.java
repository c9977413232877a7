package io.engage.model.address;

import static java.util.Objects.requireNonNull;

/**
 * An e-mail address with the name written beside it ("mailbox" in RFC 5322 section 3.4).
 *
 * @param name decoded, without line breaks or other control characters; empty when there is none
 */
public record NamedAddress(String name, EmailAddress address) {
  public NamedAddress {
    requireNonNull(name, "name");
    requireNonNull(address, "address");
    name = withoutControls(name).strip();
  }

  public static NamedAddress of(String address) {
    return new NamedAddress("", EmailAddress.of(address));
  }

  public static NamedAddress of(String name, String address) {
    return new NamedAddress(name, EmailAddress.of(address));
  }

  /** What to show a person: the name, else the address. */
  public String label() {
    return name.isEmpty() ? address.value() : name;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? address.value() : name + " <" + address.value() + ">";
  }

  private static String withoutControls(String text) {
    return isClean(text)
        ? text
        : text.chars()
            .map(c -> isControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }
}
