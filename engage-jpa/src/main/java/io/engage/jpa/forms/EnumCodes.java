package io.engage.jpa.forms;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/** The names under which enums are stored: their codes, or their own names with hyphens. */
final class EnumCodes {
  private EnumCodes() {}

  static String of(Enum<?> value) {
    try {
      return (String) value.getDeclaringClass().getMethod("code").invoke(value);
    } catch (NoSuchMethodException hasNone) {
      return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          "The code of '%s' cannot be read".formatted(value.getDeclaringClass().getSimpleName()),
          e);
    }
  }
}
