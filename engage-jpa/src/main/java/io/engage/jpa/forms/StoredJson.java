package io.engage.jpa.forms;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Secret;
import java.util.function.Function;

/** The one mapper; it is made once, since looking at types costs. */
final class StoredJson {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(words())
          .annotationIntrospector(
              AnnotationIntrospector.pair(new RecordForms(), new JacksonAnnotationIntrospector()))
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private StoredJson() {}

  private static SimpleModule words() {
    return new SimpleModule()
        .setDeserializerModifier(new Absent())
        .addKeySerializer(String.class, new Names.Writer<>(Function.identity()))
        .addKeyDeserializer(String.class, new Names.Reader(Function.identity()))
        .addKeySerializer(InboxId.class, new Names.Writer<>(InboxId::value))
        .addKeyDeserializer(InboxId.class, new Names.Reader(InboxId::of))
        .addSerializer(Secret.class, new Secrets.Writer())
        .addDeserializer(Secret.class, new Secrets.Reader());
  }
}
