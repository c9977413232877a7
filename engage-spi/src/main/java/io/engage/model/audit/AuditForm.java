package io.engage.model.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An audit entry as a tree of names and values: the form in which it is sealed and exported.
 *
 * <p>{@code {"actor": {"id", "kind", "name"}, "at", "details": {…}, "fact", "id", "subject": {…}}}.
 * The details are the components of the fact by their names. An id is its text, a moment its ISO
 * 8601 text in UTC, a number that not every JSON reader can hold exactly (above 2<sup>53</sup> - 1)
 * its digits as text.
 *
 * <p><b>Stability.</b> What is null is left out, and {@link CanonicalJson} sorts names. So a fact
 * may get a further component in a later version that is null for the facts which exist, and its
 * components may change places. A component must never be renamed, nor change its meaning.
 */
public final class AuditForm {
  private static final long LARGEST_EXACT = (1L << 53) - 1;

  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return accessorsOf(type);
        }
      };

  private AuditForm() {}

  /** The form of an entry. It holds maps, lists, texts, numbers and truth values only. */
  public static Map<String, Object> of(AuditEntry entry) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("id", entry.id().value());
    form.put("at", entry.at().toString());
    form.put("actor", actor(entry.actor()));
    form.put("subject", components(entry.subject()));
    form.put("fact", entry.fact().code());
    form.put("details", components(entry.fact()));
    return form;
  }

  /**
   * A link as one line of canonical JSON: the form of its entry with {@code sequence} and {@code
   * seal}.
   */
  public static String lineOf(AuditLink link) {
    Map<String, Object> line = of(link.entry());
    line.put("sequence", link.sequence());
    line.put("seal", link.seal().value());
    return CanonicalJson.of(line);
  }

  private static Map<String, Object> actor(Actor actor) {
    return Map.of("kind", actor.kind().code(), "id", actor.id(), "name", actor.name());
  }

  private static Map<String, Object> components(Object components) {
    Map<String, Object> form = new LinkedHashMap<>();
    for (Method accessor : ACCESSORS.get(components.getClass())) {
      Object value = valueOf(accessor, components);
      if (value != null) {
        form.put(accessor.getName(), formOf(value));
      }
    }
    return form;
  }

  private static Object formOf(Object value) {
    if (value instanceof Record) {
      List<Method> accessors = ACCESSORS.get(value.getClass());
      return isId(accessors) ? idOf(accessors.get(0), value) : components(value);
    } else if (value instanceof List<?> items) {
      List<Object> forms = new ArrayList<>();
      items.forEach(item -> forms.add(formOf(item)));
      return forms;
    } else if (value instanceof Number number) {
      return Math.abs(number.longValue()) > LARGEST_EXACT ? number.toString() : number.longValue();
    }
    return value instanceof Instant ? value.toString() : value;
  }

  private static boolean isId(List<Method> accessors) {
    return accessors.size() == 1 && accessors.get(0).getName().equals("value");
  }

  private static Object idOf(Method accessor, Object id) {
    Object value = valueOf(accessor, id);
    if (value == null) {
      throw new IllegalStateException(
          "A '%s' in an audit fact has no value".formatted(id.getClass().getSimpleName()));
    }
    return formOf(value);
  }

  /** Looked at once for each type, so that no fact is committed that has no form. */
  private static List<Method> accessorsOf(Class<?> type) {
    List<Method> accessors = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      require(component.getGenericType(), type, component.getName());
      accessors.add(component.getAccessor());
    }
    return List.copyOf(accessors);
  }

  /** An interface could stand for two types that have the same form. */
  private static void require(Type component, Class<?> type, String name) {
    boolean hasForm =
        component instanceof ParameterizedType list
            ? list.getRawType() == List.class && isPlain(list.getActualTypeArguments()[0])
            : isPlain(component);
    if (!hasForm || name.equals("code")) {
      throw new IllegalStateException(
          ("An audit fact cannot hold '%s' of '%s'. Use text, numbers, truth values, instants,"
                  + " records, or lists of them, and no component 'code'.")
              .formatted(name, type.getSimpleName()));
    }
  }

  private static boolean isPlain(Type type) {
    return type == String.class
        || type == int.class
        || type == long.class
        || type == boolean.class
        || type == Instant.class
        || (type instanceof Class<?> named && named.isRecord());
  }

  private static @Nullable Object valueOf(Method accessor, Object components) {
    try {
      return accessor.invoke(components);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          "The component '%s' of an audit fact cannot be read".formatted(accessor.getName()), e);
    }
  }
}
