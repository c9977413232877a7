package io.engage.testkit;

import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.ListId;
import io.engage.model.mailbox.ServerFolder;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One of every {@link AuditFact}, also of those that come to be: for tests that leave none out. */
public final class SampleFacts {
  private static final Map<Class<?>, Object> VALUES =
      Map.of(
          int.class,
          7,
          long.class,
          4_294_967_295L,
          boolean.class,
          true,
          Instant.class,
          Sample.MONDAY.plusNanos(123_456_000),
          PhoneNumber.class,
          PhoneNumber.of("+14155550100"),
          ServerFolder.class,
          Sample.SHOP_FOLDER,
          CampaignId.class,
          CampaignId.of("the-campaign"),
          ListId.class,
          ListId.of("the-list"));

  private SampleFacts() {}

  /** In order of their stored names; texts hold what a careless store spoils. */
  public static List<AuditFact> every() {
    return Arrays.stream(AuditFact.class.getPermittedSubclasses())
        .map(type -> (AuditFact) make(type))
        .sorted(Comparator.comparing(AuditFact::code))
        .toList();
  }

  private static Object make(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(SampleFacts::valueFor).toArray();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new AssertionError(
          "There is no sample of '%s'. Add one to SampleFacts.".formatted(type.getSimpleName()), e);
    }
  }

  private static Object valueFor(RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType list) {
      Class<?> item = (Class<?>) list.getActualTypeArguments()[0];
      return List.of(valueFor(item, "first"), valueFor(item, "second"));
    }
    return valueFor(component.getType(), component.getName());
  }

  private static Object valueFor(Class<?> type, String name) {
    if (type == String.class) {
      return name + " “é\" \\ 😀\n";
    } else if (VALUES.containsKey(type)) {
      return VALUES.get(type);
    }
    return isId(type) ? id(type, name) : make(type);
  }

  private static boolean isId(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1 && components[0].getType() == String.class;
  }

  private static Object id(Class<?> type, String name) {
    try {
      return type.getMethod("of", String.class).invoke(null, "the-" + name + "@shop");
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new AssertionError(
          "There is no sample of '%s'. Add one to SampleFacts.".formatted(type.getSimpleName()), e);
    }
  }
}
