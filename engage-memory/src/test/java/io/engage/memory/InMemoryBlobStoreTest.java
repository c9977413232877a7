package io.engage.memory;

import io.engage.spi.BlobStore;
import io.engage.testkit.BlobStoreContract;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.time.Duration;

class InMemoryBlobStoreTest extends BlobStoreContract {
  private final ManualClock clock = ManualClock.at(Sample.MONDAY);

  @Override
  protected BlobStore emptyStore() {
    return InMemoryBlobStore.create(clock);
  }

  @Override
  protected BlobStore restarted(BlobStore store) {
    return InMemoryBlobStore.create(clock);
  }

  @Override
  protected void letPass(Duration time) {
    clock.advance(time);
  }

  @Override
  protected boolean outlivesItsProcess() {
    return false;
  }
}
