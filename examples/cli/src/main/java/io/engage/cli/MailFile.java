package io.engage.cli;

import io.engage.model.message.MailContent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mail that lies in a file. */
record MailFile(Path path, long size) implements MailContent {

  static MailFile of(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(Files.exists(path) ? "it is not a file" : "there is no such file");
    }
    return new MailFile(path, Files.size(path));
  }

  @Override
  public InputStream open() throws IOException {
    return new BufferedInputStream(Files.newInputStream(path), 64 * 1024);
  }
}
