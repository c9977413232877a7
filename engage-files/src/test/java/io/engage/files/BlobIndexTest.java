package io.engage.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BlobIndexTest {
  @RepeatedTest(20)
  void it_behaves_like_a_map(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    List<Digest> digests = digests(random, 600);
    Map<Digest, BlobIndex.Entry> model = new HashMap<>();
    BlobIndex index = new BlobIndex();

    for (int i = 0; i < 20_000; i++) {
      Digest digest = digests.get(random.nextInt(digests.size()));
      if (random.nextInt(5) < 3) {
        index.put(digest, new BlobIndex.Entry(i % 70, i * 3L, i, i % 90));
        model.put(digest, new BlobIndex.Entry(i % 70, i * 3L, i, i % 90));
      } else {
        index.remove(digest);
        model.remove(digest);
      }
    }

    assertThat(index.count()).isEqualTo(model.size());
    assertThat(walked(index)).containsExactlyInAnyOrderElementsOf(model.keySet());
    assertThat(digests).allSatisfy(each -> assertThat(index.find(each)).isEqualTo(model.get(each)));
  }

  @Test
  void the_largest_segment_number_offset_size_and_moment_come_back() {
    BlobIndex index = new BlobIndex();
    Digest digest = new Digest(1, 2, 3, 4);

    BlobIndex.Entry largest =
        new BlobIndex.Entry((1 << 24) - 1, (1L << 40) - 1, (1L << 36) - 1, (1 << 28) - 1);

    index.put(digest, largest);

    assertThat(index.find(digest)).isEqualTo(largest);
  }

  private static List<Digest> walked(BlobIndex index) {
    return IntStream.iterate(
            0, stretch -> index.firstsIn(stretch).length > 0, stretch -> stretch + 1)
        .mapToObj(index::firstsIn)
        .flatMapToLong(Arrays::stream)
        .distinct()
        .mapToObj(index::startingWith)
        .flatMap(List::stream)
        .toList();
  }

  /** Many that differ only behind their first eight bytes, which are what is hashed. */
  private static List<Digest> digests(Random random, int count) {
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long first = i % 3 == 0 ? 7 : random.nextLong();
      digests.add(new Digest(first, random.nextLong(), 0, i));
    }
    return digests;
  }
}
