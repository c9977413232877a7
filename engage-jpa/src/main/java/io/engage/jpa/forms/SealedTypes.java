package io.engage.jpa.forms;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names the types of a sealed interface: the simple name in lower case with hyphens, {@code
 * AgentAssigned} as {@code agent-assigned}.
 */
final class SealedTypes extends TypeIdResolverBase {
  private final Map<String, Class<?>> types = new HashMap<>();

  SealedTypes(JavaType sealed) {
    super(sealed, null);
    permitted(sealed.getRawClass())
        .forEach(
            type -> {
              Class<?> other = types.put(name(type), type);
              if (other != null && other != type) {
                throw new IllegalStateException(
                    "Two types of '%s' would be stored as '%s'"
                        .formatted(sealed.getRawClass().getSimpleName(), name(type)));
              }
            });
  }

  @Override
  public String idFromValue(Object value) {
    return name(value.getClass());
  }

  @Override
  public String idFromValueAndType(Object value, Class<?> suggested) {
    return idFromValue(value);
  }

  @Override
  public JavaType typeFromId(DatabindContext context, String id) {
    @Nullable Class<?> type = types.get(id);
    if (type == null) {
      throw new IllegalArgumentException("There is no stored type '%s'".formatted(id));
    }
    return context.constructType(type);
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }

  /** The records behind a sealed interface, those of its own sealed interfaces too. */
  static Stream<Class<?>> permitted(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(SealedTypes::permitted)
        : Stream.of(type);
  }

  private static String name(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
