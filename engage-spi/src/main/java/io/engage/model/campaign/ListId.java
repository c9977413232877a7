package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Names one list of a campaign. It stands in addresses and Message-IDs of mails that go out, so it
 * has 1 to 40 lower-case letters (a to z), digits and hyphens.
 */
public record ListId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,40}");

  public ListId {
    requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A ListId has 1 to 40 characters of a-z, 0-9 and '-', but this is '%s'".formatted(value));
    }
  }

  public static ListId of(String value) {
    return new ListId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
