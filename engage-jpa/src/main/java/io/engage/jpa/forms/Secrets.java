package io.engage.jpa.forms;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.engage.model.inbox.Secret;
import java.io.IOException;

/** A secret has no form: who stores one seals it first. */
final class Secrets {
  private static final String NONE = "A secret is stored sealed, and never as part of another form";

  private Secrets() {}

  static final class Writer extends JsonSerializer<Secret> {
    @Override
    public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      throw new IllegalStateException(NONE);
    }
  }

  static final class Reader extends JsonDeserializer<Secret> {
    @Override
    public Secret deserialize(JsonParser json, DeserializationContext context) {
      throw new IllegalStateException(NONE);
    }
  }
}
