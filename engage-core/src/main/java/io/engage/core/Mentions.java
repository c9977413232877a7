package io.engage.core;

import io.engage.model.address.Address;
import io.engage.model.customer.Person;
import io.engage.model.message.Blob;
import io.engage.spi.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells whether a mail that is no message names a person in its header. */
final class Mentions {
  /** Headers of people are shorter; what is no mail is not read to its end. */
  private static final int MOST_OF_A_HEADER = 1 << 18;

  private final Parts parts;

  Mentions(Parts parts) {
    this.parts = parts;
  }

  /** What cannot be read as a mail is searched for the addresses as they are written. */
  boolean of(Person person, Blob source) {
    try {
      return isNamed(person, source) || isWritten(person, source);
    } catch (IOException | NotFound unreadable) {
      return false;
    }
  }

  private boolean isNamed(Person person, Blob source) throws IOException {
    try {
      return person.isNamedIn(
          parts.mail().format().parse(new StoredContent(parts.blobs(), source)).headers());
    } catch (RuntimeException | StackOverflowError itWasPutAsideForThat) {
      return false;
    }
  }

  private boolean isWritten(Person person, Blob source) throws IOException {
    String header = header(source);
    return person.addresses().stream().anyMatch(each -> isWritten(each, header));
  }

  private String header(Blob source) throws IOException {
    try (InputStream bytes = parts.blobs().open(source.digest())) {
      String begin =
          new String(bytes.readNBytes(MOST_OF_A_HEADER), StandardCharsets.UTF_8)
              .replace("\r\n", "\n")
              .toLowerCase(Locale.ROOT);
      int end = begin.indexOf("\n\n");
      return end < 0 ? begin : begin.substring(0, end);
    }
  }

  /** As a whole: Ana is not Diana. */
  private static boolean isWritten(Address address, String header) {
    String wanted = address.value().toLowerCase(Locale.ROOT);
    for (int at = header.indexOf(wanted); at >= 0; at = header.indexOf(wanted, at + 1)) {
      int end = at + wanted.length();
      if ((at == 0 || !isPartOfAddress(header.charAt(at - 1)))
          && (end == header.length() || !isPartOfAddress(header.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPartOfAddress(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '+' || c == '.';
  }
}
