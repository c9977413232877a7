package io.engage.files;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.BlobWalk;
import io.engage.spi.NotFound;
import io.engage.spi.PortFailure;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each blob in a file of its own, in a folder that several nodes share.
 *
 * <p><b>Callers.</b> Any thread of any process. Two that change the same blob at the same moment
 * wait for each other by locks on files, so a network folder has to be mounted with locks; all
 * nodes run as the same user of the system.
 *
 * <p><b>After a crash</b>, of a process or a machine, a file under its final name is whole: it is
 * written under another name, brought to the disk, and renamed by {@link #makeDurable}. Until then
 * only the process that put it finds it. What a dead process left half done is removed by the walk
 * of the next day.
 *
 * <p><b>Costs.</b> Some fsyncs for each blob, where {@link SegmentBlobStore} has one for a batch,
 * and no memory for what is kept.
 *
 * <p><b>It belongs to one Engage</b> and its storage: bytes that those do not need are swept away
 * after a day.
 */
public final class FolderBlobs implements BlobStore, BlobWalk {
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final BlobFolder folder;
  private final WaitingFiles waiting;

  private FolderBlobs(BlobFolder folder, WaitingFiles waiting) {
    this.folder = folder;
    this.waiting = waiting;
  }

  /**
   * Keeps bytes in {@code folder}, which is made when it is not there.
   *
   * @throws PortFailure when it cannot be used
   */
  public static FolderBlobs in(Path folder) {
    BlobFolder opened = new BlobFolder(requireNonNull(folder, "folder"));
    try {
      opened.create();
      return new FolderBlobs(opened, new WaitingFiles(opened, BucketLocks.in(opened.locks())));
    } catch (IOException e) {
      throw opened.failure("be opened", e);
    }
  }

  @Override
  public Blob put(InputStream content) throws IOException {
    Path file = folder.newFile();
    boolean added = false;
    try {
      Blob blob = Writing.write(content, file, folder);
      add(blob, file);
      added = true;
      return blob;
    } finally {
      if (!added) {
        folder.discard(file);
      }
    }
  }

  @Override
  public void makeDurable() {
    try {
      waiting.keepAll();
    } catch (IOException e) {
      throw folder.failure("make bytes durable", e);
    }
  }

  @Override
  public InputStream open(ContentDigest digest) {
    WaitingFiles.@Nullable Waiting before = waiting.find(digest);
    while (true) {
      InputStream stream = opened(digest, before);
      WaitingFiles.@Nullable Waiting now = waiting.find(digest);
      if (stream != null) {
        return stream;
      }
      if (now == before || now == null) {
        throw new NotFound("blob", digest.value());
      }
      // It was put again while this looked for it.
      before = now;
    }
  }

  @Override
  public Optional<Blob> find(ContentDigest digest) {
    WaitingFiles.@Nullable Waiting here = waiting.find(digest);
    if (here != null) {
      return Optional.of(new Blob(digest, here.size()));
    }
    try {
      return Optional.of(new Blob(digest, Files.size(folder.fileOf(digest))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw folder.failure("be read", e);
    }
  }

  @Override
  public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
    if (digests.isEmpty()) {
      return Set.of();
    }
    Set<ContentDigest> stay = new HashSet<>();
    try {
      FileTime youngest = youngest(unlessPutWithin);
      for (ContentDigest digest : new LinkedHashSet<>(digests)) {
        if (!waiting.delete(digest, youngest)) {
          stay.add(digest);
        }
      }
      waiting.forceNames();
    } catch (IOException e) {
      throw folder.failure("delete", e);
    }
    return Set.copyOf(stay);
  }

  @Override
  public List<ContentDigest> putBefore(Duration ago, @Nullable ContentDigest after, int limit) {
    if (after == null) {
      makeDurable();
    }
    try {
      if (after == null) {
        folder.tidy(before(ABANDONED));
      }
      return folder.putBefore(before(ago), after == null ? "" : after.value(), limit).stream()
          .map(ContentDigest::of)
          .toList();
    } catch (IOException e) {
      throw folder.failure("be read", e);
    }
  }

  private void add(Blob blob, Path file) {
    try {
      waiting.add(blob, file);
    } catch (IOException e) {
      throw folder.failure("write", e);
    }
  }

  /** Null when it is neither here nor there. */
  private @Nullable InputStream opened(ContentDigest digest, WaitingFiles.@Nullable Waiting here) {
    InputStream stream = here == null ? null : opened(here.file());
    return stream == null ? opened(folder.fileOf(digest)) : stream;
  }

  private @Nullable InputStream opened(Path file) {
    try {
      return new FileInputStream(file.toFile());
    } catch (FileNotFoundException e) {
      if (Files.exists(file)) {
        throw folder.failure("be read", e);
      }
      return null;
    }
  }

  /** Nothing is too young where it does not matter when it was put. */
  private FileTime youngest(Duration unlessPutWithin) throws IOException {
    return unlessPutWithin.isZero() ? FileTime.fromMillis(Long.MAX_VALUE) : before(unlessPutWithin);
  }

  private FileTime before(Duration ago) throws IOException {
    return FileTime.from(folder.now().toInstant().minus(ago));
  }
}
