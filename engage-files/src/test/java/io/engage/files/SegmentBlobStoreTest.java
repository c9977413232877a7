package io.engage.files;

import io.engage.files.SegmentBlobStore.Options;
import io.engage.spi.BlobStore;
import io.engage.testkit.BlobWalkContract;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SegmentBlobStoreTest {

  @Nested
  class With_segments_as_they_are_used extends InFolders {
    @Override
    Options options() {
      return Options.STANDARD;
    }
  }

  @Nested
  class With_segments_that_are_full_after_a_few_records extends InFolders {
    @Override
    Options options() {
      return new Options(5000);
    }
  }

  @Nested
  class With_a_segment_for_each_record extends InFolders {
    @Override
    Options options() {
      return new Options(1);
    }
  }

  abstract static class InFolders extends BlobWalkContract {
    @TempDir private Path folders;
    private final List<SegmentBlobStore> open = new ArrayList<>();
    private final ManualClock clock = ManualClock.at(Sample.MONDAY);

    abstract Options options();

    @Override
    protected BlobStore emptyStore() {
      return opened(folders.resolve("0"));
    }

    @Override
    protected BlobStore restarted(BlobStore store) {
      Path before = folders.resolve(Integer.toString(open.size() - 1));
      return opened(Folders.copied(before, folders.resolve(Integer.toString(open.size()))));
    }

    @Override
    protected void letPass(Duration time) {
      clock.advance(time);
    }

    @AfterEach
    void close() {
      open.forEach(SegmentBlobStore::close);
    }

    private SegmentBlobStore opened(Path folder) {
      open.add(SegmentBlobStore.open(folder, options(), clock));
      return open.get(open.size() - 1);
    }
  }
}
