package io.engage.imap.connecting;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/**
 * A socket whose writes end in time and which takes no more bytes than it is allowed, so that a
 * server that never stops talking fills no memory.
 */
final class GuardedSocket extends WriteTimeoutSocket {
  private final AtomicLong allowance;

  GuardedSocket(
      Socket raw, int writeMillis, ScheduledExecutorService executor, AtomicLong allowance)
      throws IOException {
    super(raw, writeMillis, executor);
    this.allowance = allowance;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Counted(super.getInputStream());
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      spend(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      spend(Math.max(count, 0));
      return count;
    }

    private void spend(int count) throws IOException {
      if (allowance.addAndGet(-count) < 0) {
        throw new IOException("The server answers with more than can belong to one answer");
      }
    }
  }
}
