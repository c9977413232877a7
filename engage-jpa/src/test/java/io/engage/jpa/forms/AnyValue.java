package io.engage.jpa.forms;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.PartPath;
import io.engage.model.message.RfcMessageId;
import io.engage.testkit.Sample;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Random values of any type of the model, also of those that come to be. What a record refuses is
 * tried again otherwise.
 */
final class AnyValue {
  private static final int MOST_TRIES = 400;
  private static final List<Integer> NUMBERS = List.of(0, 1, 2, 3, 7, 50, 250, 993);
  private static final List<Long> LONG_NUMBERS = List.of(0L, 1L, 7L, 4_294_967_295L);
  private static final List<String> PLAIN = List.of("first", "second", "localhost", "ES");

  private final Random random;
  private final List<String> texts;
  private final int mostInSets;
  private final Map<Class<?>, Supplier<Object>> known = new HashMap<>();

  /**
   * @param texts to be taken where a record takes them
   * @param mostInSets 1 when what is written of a value has to be the same each time
   */
  AnyValue(Random random, List<String> texts, int mostInSets) {
    this.random = random;
    this.texts = texts;
    this.mostInSets = mostInSets;
    known.put(int.class, () -> one(NUMBERS));
    known.put(long.class, () -> one(LONG_NUMBERS));
    known.put(boolean.class, random::nextBoolean);
    known.put(Instant.class, this::moment);
    known.put(Duration.class, () -> Duration.ofMillis(1 + random.nextInt(5_000_000)));
    known.put(LocalTime.class, () -> LocalTime.of(random.nextInt(24), random.nextInt(60)));
    known.put(LocalDate.class, () -> LocalDate.of(2026, 1 + random.nextInt(12), 28));
    known.put(
        OffsetDateTime.class,
        () -> moment().atOffset(ZoneOffset.ofTotalSeconds(900 * (random.nextInt(96) - 48))));
    known.put(ZoneId.class, () -> ZoneId.of(one(List.of("Europe/Madrid", "UTC", "+05:30"))));
    known.put(
        EmailAddress.class,
        () -> EmailAddress.of(one(List.of("Ana.Álvarez@EXAMPLE.com", "ben@example.org"))));
    known.put(
        PhoneNumber.class, () -> PhoneNumber.of("+1415555010" + (char) ('0' + random.nextInt(10))));
    known.put(ContentDigest.class, () -> Sample.digest(new byte[] {(byte) random.nextInt()}));
    known.put(RfcMessageId.class, () -> RfcMessageId.of(random.nextInt(9) + "@shop.example"));
    known.put(PartPath.class, () -> PartPath.of("2." + (1 + random.nextInt(3))));
  }

  <T> T of(Class<T> type) {
    return type.cast(value(type, 0));
  }

  private Object value(Type type, int tries) {
    return type instanceof ParameterizedType several
        ? collection(several, tries)
        : value((Class<?>) type, tries);
  }

  private Object value(Class<?> type, int tries) {
    if (known.containsKey(type)) {
      return known.get(type).get();
    } else if (type == String.class) {
      return random.nextInt(4) > 0 && random.nextInt(1 + tries / 10) == 0 ? one(texts) : one(PLAIN);
    } else if (type.isEnum()) {
      return one(Arrays.asList(type.getEnumConstants()));
    }
    return type.isSealed()
        ? value(one(Arrays.asList(type.getPermittedSubclasses())), tries)
        : record(type);
  }

  private Object collection(ParameterizedType type, int tries) {
    Type[] of = type.getActualTypeArguments();
    Class<?> raw = (Class<?>) type.getRawType();
    int size = random.nextInt(3);
    if (raw == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(size, mostInSets); i++) {
        map.put(value(of[0], tries), value(of[1], tries));
      }
      return map;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < (raw == Set.class ? Math.min(size, mostInSets) : size); i++) {
      list.add(value(of[0], tries));
    }
    return raw == Set.class ? new HashSet<>(list) : list;
  }

  private Object record(Class<?> type) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Object made = tryToMake(type, tries);
      if (made != null) {
        return made;
      }
    }
    throw new AssertionError(
        "No value of '%s' could be made. Tell AnyValue what it takes."
            .formatted(type.getSimpleName()));
  }

  private @Nullable Object tryToMake(Class<?> type, int tries) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new AssertionError(
          "There is no value of '%s'. Add one to AnyValue.".formatted(type.getName()));
    }
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(
          Arrays.stream(components).map(each -> valueOf(each, tries)).toArray());
    } catch (InvocationTargetException refused) {
      return null;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private @Nullable Object valueOf(RecordComponent component, int tries) {
    boolean mayMiss = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return mayMiss && random.nextInt(3) == 0 ? null : value(component.getGenericType(), tries);
  }

  private Instant moment() {
    return Sample.MONDAY.plusSeconds(random.nextInt(1_000_000)).plusNanos(random.nextInt());
  }

  private <T> T one(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
