package io.engage.core;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks through everything that is reachable from an object of ours for a text, in any case. */
final class MemoryGrep {
  private static final int MOST_ATTEMPTS = 1000;

  private final String wanted;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Place> open = new ArrayDeque<>();
  private final Set<String> found = new TreeSet<>();

  private record Place(Object thing, String path) {}

  private MemoryGrep(String wanted) {
    this.wanted = wanted.toLowerCase(Locale.ROOT);
  }

  /** Where it stands; empty when nowhere. */
  static Set<String> find(String wanted, Object... roots) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return findOnce(wanted, roots);
      } catch (ConcurrentModificationException theListenerIsBeingTold) {
        Thread.yield();
      }
    }
    throw new AssertionError("What is looked through changes all the time");
  }

  private static Set<String> findOnce(String wanted, Object... roots) {
    MemoryGrep grep = new MemoryGrep(wanted);
    for (Object root : roots) {
      grep.push(root, root.getClass().getSimpleName());
    }
    while (!grep.open.isEmpty()) {
      grep.look(grep.open.pop());
    }
    return grep.found;
  }

  private void push(Object thing, String path) {
    if (thing != null && seen.add(thing)) {
      open.push(new Place(thing, path));
    }
  }

  private void look(Place place) {
    Object thing = place.thing();
    if (thing instanceof String text) {
      check(text, place);
    } else if (thing instanceof byte[] bytes) {
      check(new String(bytes, StandardCharsets.ISO_8859_1), place);
    } else if (thing instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            push(key, place.path() + ".key");
            push(value, place.path() + "[]");
          });
    } else if (thing instanceof Collection<?> all) {
      all.forEach(each -> push(each, place.path() + "[]"));
    } else if (thing instanceof Optional<?> some) {
      some.ifPresent(each -> push(each, place.path()));
    } else if (thing.getClass().isArray() && !thing.getClass().getComponentType().isPrimitive()) {
      for (int i = 0; i < Array.getLength(thing); i++) {
        push(Array.get(thing, i), place.path() + "[]");
      }
    } else if (thing.getClass().getName().startsWith("io.engage.")) {
      lookInto(thing, place);
    }
  }

  private void lookInto(Object thing, Place place) {
    for (Class<?> type = thing.getClass();
        type.getName().startsWith("io.engage.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          push(valueOf(field, thing), place.path() + "." + field.getName());
        }
      }
    }
  }

  private static Object valueOf(Field field, Object thing) {
    try {
      field.setAccessible(true);
      return field.get(thing);
    } catch (IllegalAccessException closed) {
      throw new AssertionError("Nobody may look into " + field, closed);
    }
  }

  private void check(String text, Place place) {
    if (text.toLowerCase(Locale.ROOT).contains(wanted)) {
      found.add(place.path());
    }
  }
}
