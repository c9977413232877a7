package io.engage.files;

import io.engage.model.message.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Another process in the middle of a deletion: it has looked at the time and is about to delete.
 */
final class DeletingNode {
  static final int LOOKED = '+';

  private DeletingNode() {}

  static Process start(Path folder, ContentDigest digest) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DeletingNode.class.getName(),
            folder.toString(),
            digest.value())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] args) throws IOException {
    BlobFolder folder = new BlobFolder(Path.of(args[0]));
    ContentDigest digest = ContentDigest.of(args[1]);
    BucketLocks.in(folder.locks())
        .alone(
            Digest.of(digest),
            () -> {
              System.out.write(LOOKED);
              System.out.flush();
              int untilTold = System.in.read();
              Files.delete(folder.fileOf(digest));
              return untilTold;
            });
  }
}
