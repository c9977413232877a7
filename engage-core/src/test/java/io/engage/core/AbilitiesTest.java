package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The page that tells newcomers what can be done names what there is, all of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AbilitiesTest {
  private static final Path PAGE = Path.of("..", "docs", "abilities.md");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+\\.[a-z]\\w+)`");

  /** Words about the desk itself. */
  private static final Set<String> UNTOLD = Set.of("AgentDesk.agent");

  @Test
  void every_ability_of_every_desk_is_named_and_nothing_that_is_not_there() throws IOException {
    Set<String> named =
        NAMED
            .matcher(Files.readString(PAGE))
            .results()
            .map(each -> each.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).containsAll(abilities()).isSubsetOf(all());
  }

  private static Set<String> abilities() {
    Set<String> abilities = new TreeSet<>(methodsOf(EveryActionTest.allDesks()));
    abilities.removeAll(UNTOLD);
    return abilities;
  }

  private static Set<String> all() {
    Set<String> all = abilities();
    all.addAll(methodsOf(Set.of(Engage.class, CustomerLinks.class)));
    return all;
  }

  private static Set<String> methodsOf(Set<Class<?>> types) {
    return types.stream()
        .flatMap(AbilitiesTest::publicMethods)
        .map(each -> each.getDeclaringClass().getSimpleName() + "." + each.getName())
        .collect(Collectors.toSet());
  }

  private static Stream<Method> publicMethods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(each -> Modifier.isPublic(each.getModifiers()) && !each.isSynthetic());
  }
}
