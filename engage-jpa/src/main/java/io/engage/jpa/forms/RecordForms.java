package io.engage.jpa.forms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * What annotations would say, if the words of Engage carried any: a record of one {@code value} is
 * that value, an enum is its code, and a sealed interface names the type in {@code "is"}.
 */
final class RecordForms extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;
  private static final String TYPE = "is";

  @Override
  public @Nullable Boolean hasAsValue(Annotated accessor) {
    return accessor instanceof AnnotatedMethod method
            && method.getName().equals("value")
            && isValue(method.getDeclaringClass())
        ? true
        : null;
  }

  @Override
  public JsonCreator.@Nullable Mode findCreatorAnnotation(
      MapperConfig<?> config, Annotated creator) {
    return creator instanceof AnnotatedConstructor constructor
            && isValue(constructor.getDeclaringClass())
            && constructor.getParameterCount() == 1
        ? JsonCreator.Mode.DELEGATING
        : null;
  }

  @Override
  public String[] findEnumValues(
      MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
    for (int i = 0; i < values.length; i++) {
      if (names[i] == null) {
        names[i] = EnumCodes.of(values[i]);
      }
    }
    return names;
  }

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass annotated, JavaType type) {
    Class<?> raw = type.getRawClass();
    return raw.isInterface() && raw.isSealed()
        ? new StdTypeResolverBuilder()
            .init(JsonTypeInfo.Id.CUSTOM, new SealedTypes(type))
            .inclusion(JsonTypeInfo.As.PROPERTY)
            .typeProperty(TYPE)
        : null;
  }

  private static boolean isValue(Class<?> type) {
    RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : null;
    return components != null && components.length == 1 && components[0].getName().equals("value");
  }
}
