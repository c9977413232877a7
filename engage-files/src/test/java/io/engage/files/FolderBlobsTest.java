package io.engage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.message.Blob;
import io.engage.spi.BlobStore;
import io.engage.spi.PortFailure;
import io.engage.testkit.BlobWalkContract;
import io.engage.testkit.Race;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobsTest extends BlobWalkContract {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;

  @Override
  protected BlobStore emptyStore() {
    return FolderBlobs.in(folder);
  }

  @Override
  protected BlobStore restarted(BlobStore store) {
    return FolderBlobs.in(folder);
  }

  /** The clock is the file system's, so the files are made older instead. */
  @Override
  protected void letPass(Duration time) {
    files(folder).forEach(file -> makeOlder(file, time));
  }

  @Test
  void another_node_finds_what_was_made_durable_and_nothing_before() throws IOException {
    FolderBlobs shop = FolderBlobs.in(folder);
    FolderBlobs workshop = FolderBlobs.in(folder);
    Blob blob = put(shop, "broken watch strap");
    boolean foundBefore = workshop.find(blob.digest()).isPresent();

    shop.makeDurable();

    assertThat(foundBefore).isFalse();
    assertThat(workshop.find(blob.digest())).contains(blob);
    try (InputStream bytes = workshop.open(blob.digest())) {
      assertThat(bytes.readAllBytes()).asString().isEqualTo("broken watch strap");
    }
  }

  @Test
  @Tag("G-8")
  void what_one_node_puts_again_another_does_not_delete() throws IOException {
    FolderBlobs shop = FolderBlobs.in(folder);
    FolderBlobs workshop = FolderBlobs.in(folder);
    Blob blob = put(shop, "ok thanks");
    shop.makeDurable();
    letPass(Duration.ofHours(2));

    put(workshop, "ok thanks");

    assertThat(shop.delete(List.of(blob.digest()), HOUR)).containsExactly(blob.digest());
    assertThat(workshop.find(blob.digest())).contains(blob);
  }

  @Test
  @Tag("G-8")
  void two_nodes_that_put_and_delete_the_same_at_once_end_with_it() throws IOException {
    FolderBlobs shop = FolderBlobs.in(folder);
    FolderBlobs workshop = FolderBlobs.in(folder);
    List<Blob> blobs = oldOnes(shop, 100);

    for (Blob blob : blobs) {
      int number = blobs.indexOf(blob);
      AtomicBoolean deletes = new AtomicBoolean();
      Race.run(
          2,
          () ->
              deletes.compareAndSet(false, true)
                  ? workshop.delete(List.of(blob.digest()), HOUR)
                  : put(shop, "mail " + number));
    }
    shop.makeDurable();

    assertThat(blobs).allSatisfy(each -> assertThat(workshop.find(each.digest())).contains(each));
  }

  @Test
  @Tag("G-8")
  void what_is_put_while_another_process_deletes_it_waits_and_is_there() throws Exception {
    FolderBlobs store = FolderBlobs.in(folder);
    Blob blob = oldOnes(store, 1).get(0);
    Process other = DeletingNode.start(folder, blob.digest());

    try (InputStream said = other.getInputStream()) {
      assertThat(said.read()).isEqualTo(DeletingNode.LOOKED);
      CompletableFuture<Blob> put = CompletableFuture.supplyAsync(() -> put(store, "mail 0"));
      assertThatThrownBy(() -> put.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.getOutputStream().close();
      put.get();
    } finally {
      other.destroyForcibly().waitFor();
    }

    store.makeDurable();
    assertThat(FolderBlobs.in(folder).find(blob.digest())).contains(blob);
  }

  @Test
  void nothing_is_left_of_what_was_deleted_failed_or_put_twice() throws IOException {
    FolderBlobs store = FolderBlobs.in(folder);
    Blob twice = put(store, "twice");
    put(store, "twice");
    store.makeDurable();
    put(store, "twice");
    assertThatThrownBy(() -> store.put(new Torn())).isInstanceOf(IOException.class);
    Blob once = put(store, "once");

    store.delete(List.of(twice.digest(), once.digest()), Duration.ZERO);

    assertThat(files(folder)).isEmpty();
  }

  @Test
  void what_a_dead_process_left_goes_with_the_walk_of_the_next_day() throws IOException {
    put(FolderBlobs.in(folder), "never committed");
    letPass(Duration.ofHours(25));
    FolderBlobs next = FolderBlobs.in(folder);
    FolderBlobs another = FolderBlobs.in(folder);
    Blob underWay = put(another, "under way");

    next.putBefore(Duration.ofDays(1), null, 10);

    assertThat(files(folder)).hasSize(1);
    another.makeDurable();
    assertThat(next.find(underWay.digest())).contains(underWay);
  }

  @Test
  @Tag("PO-3")
  void a_disk_that_takes_nothing_is_a_failure_of_the_port_and_what_was_durable_stays()
      throws IOException {
    FolderBlobs store = FolderBlobs.in(folder);
    Blob durable = put(store, "durable");
    store.makeDurable();
    Files.delete(folder.resolve("incoming"));
    Files.createFile(folder.resolve("incoming"));

    assertThatThrownBy(() -> put(store, "too much"))
        .isInstanceOfSatisfying(PortFailure.class, e -> assertThat(e.isRetryable()).isTrue());

    assertThat(store.find(durable.digest())).contains(durable);
    Files.delete(folder.resolve("incoming"));
    Files.createDirectory(folder.resolve("incoming"));
    assertThat(put(store, "too much").size()).isEqualTo(8);
  }

  @Test
  @Tag("G-8")
  void a_waiting_file_that_vanished_is_told_once_and_holds_nobody_up_after_that()
      throws IOException {
    FolderBlobs store = FolderBlobs.in(folder);
    Blob lost = put(store, "lost");
    for (Path file : files(folder)) {
      Files.delete(file);
    }

    assertThatThrownBy(store::makeDurable).isInstanceOf(PortFailure.class);

    store.makeDurable();
    assertThat(store.find(lost.digest())).isEmpty();
  }

  @Test
  void a_thread_that_is_interrupted_keeps_its_bytes_and_its_interruption() throws IOException {
    FolderBlobs store = FolderBlobs.in(folder);
    Thread.currentThread().interrupt();

    Blob blob = put(store, "kept");
    store.makeDurable();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(FolderBlobs.in(folder).find(blob.digest())).contains(blob);
  }

  static Blob put(FolderBlobs store, String text) {
    try {
      return store.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Blob> oldOnes(FolderBlobs store, int count) {
    List<Blob> blobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blobs.add(put(store, "mail " + i));
    }
    store.makeDurable();
    letPass(Duration.ofHours(2));
    return blobs;
  }

  private static void makeOlder(Path file, Duration time) {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      Files.setLastModifiedTime(file, FileTime.from(changed.toInstant().minus(time)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getParent().endsWith("locks"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Breaks after some bytes. */
  private static final class Torn extends InputStream {
    private int given;

    @Override
    public int read() throws IOException {
      if (given++ < 10) {
        return 1;
      }
      throw new IOException("the cable was pulled");
    }
  }
}
