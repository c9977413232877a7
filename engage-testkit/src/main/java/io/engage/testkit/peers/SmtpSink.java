package io.engage.testkit.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Postfix' own sink, on loopback, keeping what it takes in files below a temporary folder. */
public final class SmtpSink implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final Process process;

  private SmtpSink(Path binary, List<String> options) throws IOException {
    folder = Files.createTempDirectory("engage-sink");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    port = Peers.freePort();
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.addAll(options);
    command.addAll(List.of("-d", folder + "/mail.", "127.0.0.1:" + port, "100"));
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
  }

  /** Starts one. Where there is none the test fails under CI, and is aborted elsewhere. */
  public static SmtpSink start(String... options) {
    Path binary = Peers.find("smtp-sink", "ENGAGE_SMTP_SINK", "postfix (see .ci/peers)");
    try {
      SmtpSink sink = new SmtpSink(binary, List.of(options));
      Peers.awaitGreeting(sink.port(), '2');
      return sink;
    } catch (IOException broken) {
      throw new AssertionError("smtp-sink cannot be started", broken);
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** What it took, each with the lines that it puts on top. */
  public List<String> mails() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> mails = new ArrayList<>();
      for (Path file : files.filter(SmtpSink::isMail).sorted().toList()) {
        mails.add(Files.readString(file));
      }
      return mails;
    }
  }

  private static boolean isMail(Path file) {
    return file.getFileName().toString().startsWith("mail.");
  }

  @Override
  public void close() {
    process.destroy();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException left) {
      System.err.println("Left behind: " + folder);
    }
  }
}
