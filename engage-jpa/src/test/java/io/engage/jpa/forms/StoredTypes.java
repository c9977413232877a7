package io.engage.jpa.forms;

import io.engage.jpa.JpaStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tables store, found in their classes, and what it consists of. */
final class StoredTypes {
  private StoredTypes() {}

  /** The type of every form that a table has. */
  static List<Class<?>> roots() {
    Set<Class<?>> roots = new HashSet<>();
    for (Class<?> table : classesOfTheModule()) {
      for (Field field : table.getDeclaredFields()) {
        if (field.getGenericType() instanceof ParameterizedType form
            && List.of("StoredForm", "Body")
                .contains(((Class<?>) form.getRawType()).getSimpleName())
            && form.getActualTypeArguments()[0] instanceof Class<?> type) {
          roots.add(type);
        }
      }
    }
    return roots.stream().sorted(Comparator.comparing(Class::getSimpleName)).toList();
  }

  private static List<Class<?>> classesOfTheModule() {
    try {
      Path classes =
          Path.of(JpaStorage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(classes)) {
        List<Class<?>> found = new ArrayList<>();
        for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          String name = classes.relativize(file).toString().replace('/', '.');
          found.add(Class.forName(name.substring(0, name.length() - ".class".length())));
        }
        return found;
      }
    } catch (URISyntaxException | ClassNotFoundException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that a line is wanted for: components of records, types and constants. */
  static Set<String> partsOf(Class<?> root) {
    Set<String> parts = new TreeSet<>();
    collect(root, parts, new HashSet<>());
    return parts;
  }

  private static void collect(Type type, Set<String> parts, Set<Type> seen) {
    if (type instanceof ParameterizedType several) {
      Arrays.stream(several.getActualTypeArguments()).forEach(each -> collect(each, parts, seen));
    } else if (type instanceof Class<?> plain && seen.add(plain)) {
      collect(plain, parts, seen);
    }
  }

  private static void collect(Class<?> type, Set<String> parts, Set<Type> seen) {
    if (isOurs(type) && type.isEnum()) {
      Arrays.stream(type.getEnumConstants()).forEach(each -> parts.add(nameOf(type) + "." + each));
    } else if (type.isSealed()) {
      Arrays.stream(type.getPermittedSubclasses()).forEach(each -> collect(each, parts, seen));
    } else if (type.isRecord()) {
      parts.add(nameOf(type));
      for (RecordComponent each : type.getRecordComponents()) {
        parts.add(nameOf(type) + "." + each.getName());
        collect(each.getGenericType(), parts, seen);
      }
    } else if (isOurs(type)) {
      parts.add(nameOf(type));
    }
  }

  /** What of that a value has. */
  static void addPartsIn(@Nullable Object value, Set<String> parts) {
    if (value instanceof Collection<?> some) {
      some.forEach(each -> addPartsIn(each, parts));
    } else if (value instanceof Map<?, ?> map) {
      addPartsIn(map.keySet(), parts);
      addPartsIn(map.values(), parts);
    } else if (value instanceof Enum<?> constant) {
      parts.add(nameOf(constant.getDeclaringClass()) + "." + constant);
    } else if (value instanceof Record record) {
      parts.add(nameOf(record.getClass()));
      for (RecordComponent each : record.getClass().getRecordComponents()) {
        addPart(record, each, parts);
      }
    }
  }

  private static void addPart(Record record, RecordComponent component, Set<String> parts) {
    try {
      component.getAccessor().setAccessible(true);
      Object value = component.getAccessor().invoke(record);
      if (value != null && !(value instanceof Collection<?> some && some.isEmpty())) {
        parts.add(nameOf(record.getClass()) + "." + component.getName());
      }
      addPartsIn(value, parts);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("io.engage.");
  }

  private static String nameOf(Class<?> type) {
    return type.getName().substring(type.getName().lastIndexOf('.') + 1).replace('$', '.');
  }
}
