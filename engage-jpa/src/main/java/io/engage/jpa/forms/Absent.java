package io.engage.jpa.forms;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import io.engage.model.queue.Service;
import java.util.Map;

/** What stands for a component that was added to its record later, where a form is older. */
final class Absent extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1L;

  /** A conversation from before there were queues: nobody is known to wait in it. */
  private static final Map<Class<?>, Object> VALUES = Map.of(Service.class, Service.NONE);

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription type, JsonDeserializer<?> usual) {
    Object value = VALUES.get(type.getBeanClass());
    return value == null ? usual : new Reader(usual, value);
  }

  private static final class Reader extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final transient Object value;

    Reader(JsonDeserializer<?> usual, Object value) {
      super(usual);
      this.value = value;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> newUsual) {
      return new Reader(newUsual, value);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return value;
    }
  }
}
