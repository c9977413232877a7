package io.engage.files;

import io.engage.model.message.ContentDigest;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of a {@link FolderBlobs} lie: {@code ab/cd/abcd…} what is kept, {@code incoming}
 * what is not yet, {@code locks} what keeps writers apart. A file that has its final name is whole
 * and on the disk, and the time that it was changed is when its bytes were put.
 */
final class BlobFolder {
  private static final Logger LOG = LoggerFactory.getLogger(BlobFolder.class);
  private static final Pattern TWO_DIGITS = Pattern.compile("[0-9a-f]{2}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final Path root;
  private final Path incoming;

  /** The folders that this process has seen reach the disk; none is ever removed. */
  private final BitSet rooted = new BitSet();

  BlobFolder(Path root) {
    this.root = root;
    this.incoming = root.resolve("incoming");
  }

  void create() throws IOException {
    Files.createDirectories(incoming);
  }

  PortFailure failure(String what, IOException why) {
    return new PortFailure(
        "Blob folder '%s' could not %s. Look at the disk (room, rights, errors), then try again."
            .formatted(root, what),
        true,
        why);
  }

  Path locks() {
    return root.resolve("locks");
  }

  Path fileOf(ContentDigest digest) {
    String name = digest.value();
    return root.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
  }

  /** A name that nobody else has. */
  Path newFile() {
    return incoming.resolve(UUID.randomUUID().toString());
  }

  /** Removes what nobody will ask for; what cannot be removed now goes with the next walk. */
  void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException later) {
      LOG.warn("A file that was not written to its end could not be removed now", later);
    }
  }

  /** The time by the clock of the file system, which is the same for all nodes. */
  FileTime now() throws IOException {
    Path probe = newFile();
    Files.createFile(probe);
    try {
      return Files.getLastModifiedTime(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /**
   * When the bytes of a file were put; null when it is not there. It is opened for that, since a
   * network folder then asks its server instead of believing what it knew some seconds ago.
   */
  static @Nullable FileTime putAt(Path file) throws IOException {
    try (InputStream asked = Files.newInputStream(file)) {
      return Files.getLastModifiedTime(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Brings bytes that are on the disk to where they are found. */
  static void keep(Path from, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.move(from, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A channel gives up when its thread is interrupted; a promise of durability must not. */
  static void force(Path file) throws IOException {
    boolean interrupted = Thread.interrupted();
    while (!forced(file)) {
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean forced(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }

  /** Makes the names of these files durable, and once those of the folders that they lie in. */
  void forceNames(Collection<Path> files) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      Path above = root.resolve(name.substring(0, 2));
      folders.add(above.resolve(name.substring(2, 4)));
      if (!isRooted(name)) {
        folders.add(above);
        folders.add(root);
      }
    }
    for (Path folder : folders) {
      Durability.forceNames(folder);
    }
    files.forEach(file -> root(file.getFileName().toString()));
  }

  private synchronized boolean isRooted(String name) {
    return rooted.get(leafOf(name));
  }

  private synchronized void root(String name) {
    rooted.set(leafOf(name));
  }

  private static int leafOf(String name) {
    return Integer.parseInt(name, 0, 4, 16);
  }

  /** Removes what dead processes have left half done. */
  void tidy(FileTime before) throws IOException {
    for (String name : names(incoming)) {
      Path file = incoming.resolve(name);
      FileTime changed = changedAt(file);
      if (changed != null && changed.compareTo(before) < 0) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What was put before, behind this name, in the order of names. */
  List<String> putBefore(FileTime moment, String after, int limit) throws IOException {
    List<String> found = new ArrayList<>();
    for (String first : foldersIn(root, "", after)) {
      Path below = root.resolve(first);
      List<String> seconds = found.size() < limit ? foldersIn(below, first, after) : List.of();
      for (String second : seconds) {
        if (found.size() < limit) {
          addOld(below.resolve(second), moment, after, found);
        }
      }
    }
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  private static List<String> foldersIn(Path folder, String begin, String after)
      throws IOException {
    int length = Math.min(after.length(), begin.length() + 2);
    return names(folder).stream()
        .filter(name -> TWO_DIGITS.matcher(name).matches())
        .filter(name -> (begin + name).compareTo(after.substring(0, length)) >= 0)
        .toList();
  }

  private static void addOld(Path leaf, FileTime moment, String after, List<String> to)
      throws IOException {
    for (String name : names(leaf)) {
      if (DIGEST.matcher(name).matches() && name.compareTo(after) > 0) {
        FileTime changed = changedAt(leaf.resolve(name));
        if (changed != null && changed.compareTo(moment) <= 0) {
          to.add(name);
        }
      }
    }
  }

  private static @Nullable FileTime changedAt(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file);
    } catch (NoSuchFileException goneMeanwhile) {
      return null;
    }
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(names);
    return names;
  }
}
