package io.engage.jpa.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.engage.spi.EngageException;

/**
 * How values of one type stand in a column, as JSON.
 *
 * <p><b>Stability.</b> What was written once is read for ever. Components are stored by their
 * names, enums by their codes, and the types of a sealed interface by the names that {@link
 * SealedTypes} gives them; files of stored forms beside the tests guard all three. A component may
 * be added when its type can do without it, or {@link Absent} says what stands for it; every other
 * change raises {@link #CURRENT} and comes with a step that turns the older form into the newer
 * one.
 *
 * @param <T> what is stored
 */
public final class StoredForm<T> {
  /** The version in which values are written now; it stands in a column beside them. */
  public static final int CURRENT = 1;

  private final Class<T> type;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  private StoredForm(Class<T> type) {
    this.type = type;
    this.writer = StoredJson.MAPPER.writerFor(type);
    this.reader = StoredJson.MAPPER.readerFor(type);
  }

  public static <T> StoredForm<T> of(Class<T> type) {
    return new StoredForm<>(type);
  }

  /** The JSON of a value; it holds neither NUL nor half a surrogate pair. */
  public String write(T value) {
    try {
      return Surrogates.escaped(writer.writeValueAsString(value));
    } catch (JsonProcessingException failed) {
      throw new IllegalStateException(
          "A value of type '%s' has no stored form".formatted(type.getSimpleName()), failed);
    }
  }

  /**
   * The value of a form.
   *
   * @param version in which it was written
   */
  public T read(String json, int version) {
    if (version > CURRENT) {
      throw new EngageException(
          ("A stored '%s' has the form of version %d, but this Engage knows forms up to %d. Bring"
                  + " this node to the version of the others.")
              .formatted(type.getSimpleName(), version, CURRENT));
    }
    try {
      return reader.readValue(json);
    } catch (JsonProcessingException unreadable) {
      unreadable.clearLocation();
      throw new EngageException(
          "A stored '%s' cannot be read; it was changed from outside, or written by another version"
              .formatted(type.getSimpleName()));
    }
  }
}
