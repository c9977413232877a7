package io.engage.dialer;

import io.engage.spi.Paces;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Token buckets that all nodes share, over the port that keeps them. */
final class PaceBuckets extends AbstractCompareAndSwapBasedProxyManager<String> {
  private final Paces paces;

  PaceBuckets(Paces paces, Clock clock) {
    super(ClientSideConfig.getDefault().withClientClock(meter(clock)));
    this.paces = paces;
  }

  private static TimeMeter meter(Clock clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
      }

      @Override
      public boolean isWallClockBased() {
        return true;
      }
    };
  }

  @Override
  protected CompareAndSwapOperation beginCompareAndSwapOperation(String name) {
    return new CompareAndSwapOperation() {
      @Override
      public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
        return paces.find(name);
      }

      @Override
      public boolean compareAndSwap(
          byte[] original, byte[] next, RemoteBucketState state, Optional<Long> timeoutNanos) {
        return paces.swap(name, original, next);
      }
    };
  }

  @Override
  protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String name) {
    throw new UnsupportedOperationException("The pace is asked for on the thread that sends");
  }

  @Override
  protected CompletableFuture<Void> removeAsync(String name) {
    throw new UnsupportedOperationException("Rates are kept");
  }

  @Override
  public boolean isAsyncModeSupported() {
    return false;
  }

  /** A rate that nobody uses is a few bytes; it fills up by itself. */
  @Override
  public void removeProxy(String name) {
    throw new UnsupportedOperationException("Rates are kept");
  }
}
