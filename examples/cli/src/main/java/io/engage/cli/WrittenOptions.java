package io.engage.cli;

import io.engage.core.ExportedRecordings;
import io.engage.core.Outcome;
import io.engage.core.RecordingForm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where recordings are written, and what goes along. */
final class WrittenOptions {
  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file; it stands there when all of it was written. Standard output if not.")
  private @Nullable Path output;

  @Option(names = "--notes", description = "With what colleagues wrote beside it.")
  private boolean notes;

  @Option(names = "--trail", description = "With the audit trail.")
  private boolean trail;

  /** Writes something. */
  @FunctionalInterface
  interface Writing {
    Outcome<ExportedRecordings> to(OutputStream to) throws IOException;
  }

  RecordingForm form(ZoneId zone) {
    return new RecordingForm(notes, trail, zone);
  }

  Outcome<ExportedRecordings> write(Console console, Writing writing) throws IOException {
    if (output == null) {
      Outcome<ExportedRecordings> written = writing.to(console.out());
      console.out().flush();
      return written;
    }
    Path part = output.resolveSibling(output.getFileName() + ".part");
    try {
      return written(writing, part, output);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Outcome<ExportedRecordings> written(Writing writing, Path part, Path whole)
      throws IOException {
    Outcome<ExportedRecordings> written;
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(part))) {
      written = writing.to(to);
    }
    if (written.isDone()) {
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    }
    return written;
  }
}
