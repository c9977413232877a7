package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page that tells newcomers what can be done with campaigns names all of it. */
@Tag("DL-1")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CampaignPageTest {
  private static final Path PAGE = Path.of("..", "docs", "campaigns.md");
  private static final Pattern NAMED = Pattern.compile("`CampaignDesk\\.([a-z]\\w+)`");

  @Test
  void every_ability_of_the_desk_is_named_and_nothing_that_is_not_there() throws IOException {
    Set<String> there =
        Arrays.stream(CampaignDesk.class.getDeclaredMethods())
            .filter(each -> Modifier.isPublic(each.getModifiers()) && !each.isSynthetic())
            .map(each -> each.getName())
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> named =
        NAMED
            .matcher(Files.readString(PAGE))
            .results()
            .map(each -> each.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).isEqualTo(there);
  }
}
