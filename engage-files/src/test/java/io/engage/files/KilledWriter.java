package io.engage.files;

import io.engage.model.message.ContentDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes without end and says what is durable, until it is killed. */
final class KilledWriter {
  private KilledWriter() {}

  public static void main(String[] args) throws IOException {
    SegmentBlobStore store =
        SegmentBlobStore.open(Path.of(args[0]), new SegmentBlobStore.Options(1 << 20));
    Random random = new Random(Long.parseLong(args[1]));
    List<ContentDigest> kept = new ArrayList<>();
    while (true) {
      List<ContentDigest> batch = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int size = random.nextInt(10) == 0 ? 1_500_000 : random.nextInt(30_000);
        batch.add(Folders.put(store, Folders.mail(size, random.nextLong())).digest());
      }
      store.makeDurable();
      say("+", batch);
      kept.addAll(batch);
      List<ContentDigest> unwanted = new ArrayList<>(kept.subList(0, kept.size() / 2));
      say("?", unwanted);
      store.delete(unwanted, Duration.ZERO);
      say("-", unwanted);
      kept.removeAll(unwanted);
    }
  }

  private static void say(String what, List<ContentDigest> digests) {
    StringBuilder lines = new StringBuilder();
    digests.forEach(digest -> lines.append(what).append(digest.value()).append('\n'));
    System.out.print(lines);
    System.out.flush();
  }
}
