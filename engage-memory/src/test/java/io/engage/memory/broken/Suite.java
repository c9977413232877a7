package io.engage.memory.broken;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a contract suite against something, and tells which of its tests failed. */
final class Suite {
  /** What the suites of this thread are run against. */
  private static final ThreadLocal<Supplier<?>> SUBJECT = new ThreadLocal<>();

  private Suite() {}

  static Set<String> failuresOf(Class<?> suite, Supplier<?> subject) {
    SUBJECT.set(subject);
    try {
      Events tests =
          EngineTestKit.engine("junit-jupiter")
              .selectors(selectClass(suite))
              .execute()
              .testEvents();
      if (tests.finished().count() == 0) {
        throw new AssertionError("No test ran in " + suite);
      }
      return tests.failed().stream().map(Suite::nameOf).collect(Collectors.toSet());
    } finally {
      SUBJECT.remove();
    }
  }

  static <T> T subject(Class<T> port) {
    return port.cast(SUBJECT.get().get());
  }

  private static String nameOf(Event event) {
    TestDescriptor test = event.getTestDescriptor();
    return test.getSource().map(MethodSource.class::cast).orElseThrow().getMethodName();
  }
}
