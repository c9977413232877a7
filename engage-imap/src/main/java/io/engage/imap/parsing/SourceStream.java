package io.engage.imap.parsing;

import io.engage.model.message.MailContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.james.mime4j.io.EOLConvertingInputStream;

/**
 * The bytes of a mail in a form that the parser knows: no byte order mark, lines that end in LF.
 */
final class SourceStream {
  private static final int LOOK_AHEAD = 8192;

  private SourceStream() {}

  static InputStream open(MailContent content, Warnings warnings) throws IOException {
    InputStream source = content.open();
    byte[] start = source.readNBytes(LOOK_AHEAD);
    int from = afterMark(start);
    warnings.addIf(start.length == 0, "The mail is empty");
    InputStream all =
        new SequenceInputStream(new ByteArrayInputStream(start, from, start.length - from), source);
    if (hasOnlyCarriageReturns(start)) {
      warnings.add("Its lines end in CR only");
      return new EOLConvertingInputStream(all, EOLConvertingInputStream.CONVERT_CR);
    }
    return all;
  }

  /** Also past blank lines, which would end the header before it begins. */
  private static int afterMark(byte[] start) {
    boolean marked =
        start.length >= 3
            && start[0] == (byte) 0xef
            && start[1] == (byte) 0xbb
            && start[2] == (byte) 0xbf;
    int from = marked ? 3 : 0;
    while (from < start.length && (start[from] == '\r' || start[from] == '\n')) {
      from++;
    }
    return from;
  }

  private static boolean hasOnlyCarriageReturns(byte[] start) {
    boolean found = false;
    for (int i = 0; i < start.length; i++) {
      if (start[i] == '\n') {
        return false;
      }
      found |= start[i] == '\r' && i + 1 < start.length;
    }
    return found;
  }
}
