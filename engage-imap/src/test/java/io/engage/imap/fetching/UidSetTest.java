package io.engage.imap.fetching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-1")
class UidSetTest {

  @Test
  void runs_become_ranges_in_order_and_doubles_go() {
    assertThat(UidSet.of(List.of(9L, 3L, 4L, 5L, 3L, 4_294_967_295L)))
        .isEqualTo("3:5,9,4294967295");
    assertThat(UidSet.split(List.of())).isEmpty();
  }

  @Test
  void long_sets_are_split_into_lines_that_servers_take() {
    List<Long> odd = LongStream.range(0, 5_000).mapToObj(i -> 100_000 + 2 * i).toList();

    List<String> sets = UidSet.split(odd);

    assertThat(sets).hasSizeGreaterThan(1).allMatch(set -> set.length() <= 6_000);
    assertThat(String.join(",", sets)).isEqualTo(UidSet.of(odd));
  }
}
