package io.engage.model.audit;

import io.engage.model.message.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seals audit entries: SHA-256 over the seal before and the entry in a form that is the same on
 * every machine and in every version.
 *
 * <p>An entry is written as its values with the names of their components, each with its length, so
 * that no two entries have the same form. A value that is null is left out: a fact may get a
 * further component in a later version as long as that is null for the facts that exist.
 */
public final class AuditSeal {
  /** What stands for the seal before the first entry. */
  public static final ContentDigest BEFORE_ALL = ContentDigest.of("0".repeat(64));

  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .toList();
        }
      };

  private AuditSeal() {}

  /** The seal of an entry behind the one with the seal {@code before}. */
  public static ContentDigest of(ContentDigest before, AuditEntry entry) {
    MessageDigest digest = sha256();
    digest.update(HexFormat.of().parseHex(before.value()));
    digest.update(form(entry));
    return ContentDigest.of(digest.digest());
  }

  private static byte[] form(AuditEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream to = new DataOutputStream(bytes)) {
      write("id", entry.id(), to);
      write("at", entry.at(), to);
      write("actor-kind", entry.actor().kind().code(), to);
      write("actor", entry.actor().id(), to);
      write("actor-name", entry.actor().name(), to);
      write("subject", entry.subject(), to);
      write("fact", entry.fact().code(), to);
      writeComponents(entry.fact(), to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeComponents(Object components, DataOutputStream to) throws IOException {
    for (Method accessor : ACCESSORS.get(components.getClass())) {
      write(accessor.getName(), valueOf(accessor, components), to);
    }
  }

  private static void write(String name, @Nullable Object value, DataOutputStream to)
      throws IOException {
    if (value == null) {
      return;
    }
    writeText(name, to);
    if (value instanceof Record components) {
      writeText("{", to);
      writeComponents(components, to);
      writeText("}", to);
    } else if (value instanceof List<?> items) {
      to.writeInt(items.size());
      for (Object item : items) {
        write("", item, to);
      }
    } else {
      writeText(textOf(value), to);
    }
  }

  private static String textOf(Object value) {
    if (value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Instant) {
      return value.toString();
    }
    throw new IllegalStateException(
        "An audit fact cannot hold a '%s'. Use text, numbers, instants, records or lists."
            .formatted(value.getClass().getName()));
  }

  private static void writeText(String text, DataOutputStream to) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    to.writeInt(utf8.length);
    to.write(utf8);
  }

  private static @Nullable Object valueOf(Method accessor, Object components) {
    try {
      return accessor.invoke(components);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          "The component '%s' of an audit fact cannot be read".formatted(accessor.getName()), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
