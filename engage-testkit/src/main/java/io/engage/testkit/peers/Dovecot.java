package io.engage.testkit.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Dovecot of our own on loopback, below a temporary folder: any user, password {@code watch},
 * IMAP with STARTTLS and IMAPS with the certificate of {@link ShopCertificate}.
 */
public final class Dovecot implements AutoCloseable {
  /** Of every user. */
  public static final String PASSWORD = "watch";

  private final Path folder;
  private final Path binary;
  private final int port;
  private final int tlsPort;

  private Dovecot(Path binary) throws IOException {
    this.binary = binary;
    this.folder = Files.createTempDirectory("engage-dovecot");
    this.port = Peers.freePort();
    this.tlsPort = Peers.freePort();
  }

  /** Starts one. Where there is no Dovecot the test fails under CI, and is aborted elsewhere. */
  public static Dovecot start() {
    Path binary = Peers.find("dovecot", "ENGAGE_DOVECOT", "dovecot-imapd");
    try {
      Dovecot dovecot = new Dovecot(binary);
      dovecot.run();
      return dovecot;
    } catch (IOException broken) {
      throw new AssertionError("Dovecot cannot be started", broken);
    }
  }

  /** IMAP in clear text, and with STARTTLS. */
  public int port() {
    return port;
  }

  /** IMAPS. */
  public int tlsPort() {
    return tlsPort;
  }

  private void run() throws IOException {
    boolean root = "root".equals(System.getProperty("user.name"));
    String me = System.getProperty("user.name");
    Path mail = Files.createDirectory(folder.resolve("mail"));
    Files.createDirectory(folder.resolve("run"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (root) {
      // Dovecot refuses to serve mail as root.
      Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    ShopCertificate certificate = ShopCertificate.create();
    Files.writeString(folder.resolve("cert.pem"), certificate.certificatePem());
    Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
    Path configuration = folder.resolve("dovecot.conf");
    Files.writeString(
        configuration, root ? settings("mail", "dovecot", "dovenull") : settings(me, me, me));
    execute(List.of(binary.toString(), "-c", configuration.toString()));
    Peers.awaitGreeting(port, '*');
  }

  private String settings(String mailUser, String user, String loginUser) throws IOException {
    String group = "mail".equals(mailUser) ? "mail" : groupOf(folder);
    String inner = "mail".equals(mailUser) ? "dovecot" : group;
    return """
        base_dir = %1$s/run
        state_dir = %1$s/run
        log_path = %1$s/log
        protocols = imap
        listen = 127.0.0.1
        disable_plaintext_auth = no
        auth_mechanisms = plain login
        auth_username_format = %%n
        default_internal_user = %3$s
        default_internal_group = %6$s
        default_login_user = %4$s
        first_valid_uid = 1
        first_valid_gid = 1
        mail_uid = %2$s
        mail_gid = %5$s
        mail_location = sdbox:%1$s/mail/%%n/sdbox
        mail_home = %1$s/mail/%%n
        mail_fsync = never
        mail_max_userip_connections = 1000
        default_vsz_limit = 1G
        ssl = yes
        ssl_cert = <%1$s/cert.pem
        ssl_key = <%1$s/key.pem
        passdb {
          driver = static
          args = password=%9$s
        }
        userdb {
          driver = static
          args = uid=%2$s gid=%5$s home=%1$s/mail/%%n
        }
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Abgeschickt {
            special_use = \\Sent
          }
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = %7$d
          }
          inet_listener imaps {
            port = %8$d
            ssl = yes
          }
        }
        service anvil {
          chroot =
        }
        service stats {
          chroot =
          unix_listener stats-writer {
            mode = 0666
          }
        }
        """
        .formatted(folder, mailUser, user, loginUser, group, inner, port, tlsPort, PASSWORD);
  }

  private static String groupOf(Path path) throws IOException {
    return Files.getAttribute(path, "posix:group", LinkOption.NOFOLLOW_LINKS).toString();
  }

  /** The daemon must not inherit our pipes, or it would hold them open. */
  private void execute(List<String> command) throws IOException {
    Path output = folder.resolve("start.out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("Dovecot says: " + Files.readString(output, UTF_8));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", stop);
    }
  }

  @Override
  public void close() {
    try {
      String pid = Files.readString(folder.resolve("run/master.pid")).strip();
      Optional<ProcessHandle> master = ProcessHandle.of(Long.parseLong(pid));
      master.ifPresent(Dovecot::stop);
      deleteAll();
    } catch (IOException left) {
      System.err.println("Left behind: " + folder);
    }
  }

  private static void stop(ProcessHandle master) {
    master.destroy();
    try {
      master.onExit().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException alive) {
      master.destroyForcibly();
    }
  }

  private void deleteAll() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, IOException thrown)
              throws IOException {
            Files.deleteIfExists(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
