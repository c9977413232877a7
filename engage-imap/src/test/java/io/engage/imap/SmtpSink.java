package io.engage.imap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Postfix' own sink, on loopback, keeping what it takes in files below a temporary folder. */
public final class SmtpSink implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final Process process;

  private SmtpSink(Path binary, List<String> options) throws IOException {
    folder = Files.createTempDirectory("engage-sink");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    port = freePort();
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
    Optional<Path> binary = find();
    if (binary.isEmpty()) {
      Dovecot.missing("smtp-sink is not installed, so nothing is sent to it (Debian: postfix)");
    }
    try {
      SmtpSink sink = new SmtpSink(binary.orElseThrow(), List.of(options));
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(sink::answers);
      return sink;
    } catch (IOException broken) {
      throw new AssertionError("smtp-sink cannot be started", broken);
    }
  }

  private static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/bin";
    Stream<Path> named = Stream.ofNullable(System.getenv("ENGAGE_SMTP_SINK")).map(Path::of);
    Stream<Path> onPath =
        Stream.of(path.split(":"))
            .filter(part -> !part.isBlank())
            .map(part -> Path.of(part, "smtp-sink"));
    return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
  }

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

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return socket.getInputStream().read() == '2';
    } catch (IOException notYet) {
      return false;
    }
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
