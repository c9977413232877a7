package io.engage.dialer.listing;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes characters of the bytes of a list, in one pass. A byte order mark decides on UTF-8 or
 * UTF-16; without one, the first {@value #SAMPLE} bytes that hold anything beyond ASCII decide:
 * when they are UTF-8 the list is, else it is Windows-1252. What then does not fit becomes U+FFFD,
 * which makes a bad row of its row alone.
 */
final class Decoding {
  private static final int SAMPLE = 64 * 1024;
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final ListBytes source;
  private final ByteBuffer bytes = ByteBuffer.allocate(SAMPLE).flip();
  private CharsetDecoder decoder = lenient(StandardCharsets.UTF_8);
  private boolean begun;
  private boolean decided;
  private boolean starving = true;
  private boolean ended;
  private boolean finished;

  Decoding(ListBytes source) {
    this.source = source;
  }

  /**
   * @return how many characters stand in {@code buffer} now; -1 at the end
   */
  int read(char[] buffer) {
    CharBuffer characters = CharBuffer.wrap(buffer);
    while (!finished && characters.position() == 0) {
      if (starving && !ended) {
        refill();
      }
      CoderResult result = decoder.decode(bytes, characters, ended);
      starving = result.isUnderflow();
      finished = starving && ended;
    }
    return characters.position() == 0 ? -1 : characters.position();
  }

  private void refill() {
    bytes.compact();
    while (bytes.hasRemaining() && !ended) {
      int count = source.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      bytes.position(bytes.position() + Math.max(count, 0));
    }
    bytes.flip();
    if (!begun) {
      begun = true;
      decideByFirstBytes();
    }
    if (!decided) {
      decideBySample();
    }
  }

  private void decideByFirstBytes() {
    if (startsWith(0xEF, 0xBB, 0xBF)) {
      use(StandardCharsets.UTF_8, 3);
    } else if (startsWith(0xFE, 0xFF)) {
      use(StandardCharsets.UTF_16BE, 2);
    } else if (startsWith(0xFF, 0xFE)) {
      use(StandardCharsets.UTF_16LE, 2);
    } else if (bytes.limit() >= 4 && isZeroAt(1) && isZeroAt(3) && !isZeroAt(0) && !isZeroAt(2)) {
      use(StandardCharsets.UTF_16LE, 0);
    } else if (bytes.limit() >= 4 && isZeroAt(0) && isZeroAt(2) && !isZeroAt(1) && !isZeroAt(3)) {
      use(StandardCharsets.UTF_16BE, 0);
    }
  }

  /** A character that the sample cuts off decides nothing. */
  private void decideBySample() {
    CharBuffer trial = CharBuffer.allocate(bytes.remaining());
    CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    if (strict.decode(bytes.duplicate(), trial, ended).isError()) {
      use(WINDOWS, 0);
    } else {
      decided = trial.flip().chars().anyMatch(c -> c > 127);
    }
  }

  private void use(Charset charset, int skipped) {
    decoder = lenient(charset);
    decided = true;
    bytes.position(bytes.position() + skipped);
  }

  private boolean startsWith(int... mark) {
    if (bytes.limit() < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes.get(i) & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean isZeroAt(int index) {
    return bytes.get(index) == 0;
  }

  private static CharsetDecoder lenient(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }
}
