package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.BlobWalk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BlobStore} must do that is a {@link BlobWalk} besides: all that was put long
 * ago is found. Extend it in place of {@link BlobStoreContract}.
 */
@Tag("G-8")
public abstract class BlobWalkContract extends BlobStoreContract {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void what_was_put_long_ago_is_walked_through_in_order_page_by_page() throws IOException {
    BlobStore store = store();
    Set<ContentDigest> old = putSome(store, 23);
    letPass(Duration.ofHours(2));

    List<ContentDigest> walked = walked(store, 4);

    assertThat(walked).containsExactlyElementsOf(old);
    assertThat(walked(store, 23)).containsExactlyElementsOf(old);
    assertThat(walked(store, 100)).containsExactlyElementsOf(old);
  }

  @Test
  void what_was_put_lately_or_again_is_passed_over() throws IOException {
    BlobStore store = store();
    Set<ContentDigest> old = putSome(store, 7);
    letPass(Duration.ofHours(2));
    Blob again = put(store, "mail 3");
    put(store, "just now");
    store.makeDurable();
    old.remove(again.digest());

    List<ContentDigest> walked = walked(store, 2);

    assertThat(walked).containsExactlyElementsOf(old);
  }

  @Test
  void bytes_that_are_deleted_and_put_during_a_walk_do_not_disturb_it() throws IOException {
    BlobStore store = store();
    List<ContentDigest> old = List.copyOf(putSome(store, 40));
    letPass(Duration.ofHours(2));
    BlobWalk walk = (BlobWalk) store;
    List<ContentDigest> page = walk.putBefore(HOUR, null, 10);
    Set<ContentDigest> deleted = new HashSet<>(old.subList(8, 10));
    deleted.addAll(old.subList(20, 22));

    store.delete(deleted, HOUR);
    for (int i = 0; i < 100; i++) {
      put(store, "new " + i);
    }

    List<ContentDigest> walked = new ArrayList<>(page);
    walkOn(walk, page, 10, walked);
    assertThat(walked).containsExactlyElementsOf(without(old, old.subList(20, 22)));
  }

  @Test
  void a_walk_of_a_store_that_holds_nothing_ends_at_once() {
    BlobWalk walk = (BlobWalk) store();

    assertThat(walk.putBefore(Duration.ZERO, null, 10)).isEmpty();
    assertThat(walk.putBefore(Duration.ZERO, Sample.blob("unknown").digest(), 10)).isEmpty();
  }

  @Test
  void a_walk_goes_on_behind_what_is_not_there() throws IOException {
    BlobStore store = store();
    List<ContentDigest> old = List.copyOf(putSome(store, 12));
    letPass(Duration.ofHours(2));
    store.delete(List.of(old.get(4)), HOUR);

    List<ContentDigest> page = ((BlobWalk) store).putBefore(HOUR, old.get(4), 3);

    assertThat(page).containsExactlyElementsOf(old.subList(5, 8));
  }

  private static List<ContentDigest> walked(BlobStore store, int limit) {
    BlobWalk walk = (BlobWalk) store;
    List<ContentDigest> first = walk.putBefore(HOUR, null, limit);
    List<ContentDigest> walked = new ArrayList<>(first);
    walkOn(walk, first, limit, walked);
    return walked;
  }

  private static void walkOn(
      BlobWalk walk, List<ContentDigest> from, int limit, List<ContentDigest> walked) {
    List<ContentDigest> page = from;
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      page = walk.putBefore(HOUR, page.get(page.size() - 1), limit);
      walked.addAll(page);
      assertThat(walked).doesNotHaveDuplicates();
    }
  }

  private static Set<ContentDigest> putSome(BlobStore store, int count) throws IOException {
    Set<ContentDigest> put = new TreeSet<>(Comparator.comparing(ContentDigest::value));
    for (int i = 0; i < count; i++) {
      put.add(put(store, "mail " + i).digest());
    }
    store.makeDurable();
    return put;
  }

  private static Blob put(BlobStore store, String text) throws IOException {
    return store.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<ContentDigest> without(List<ContentDigest> all, List<ContentDigest> some) {
    List<ContentDigest> rest = new ArrayList<>(all);
    rest.removeAll(some);
    return rest;
  }
}
