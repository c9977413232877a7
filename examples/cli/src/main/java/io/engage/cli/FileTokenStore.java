package io.engage.cli;

import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.PortFailure;
import io.engage.spi.TokenStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The refresh token of the account of one command, in a file that holds nothing else. A rotated one
 * is written beside it, forced to the disk and moved into its place.
 */
final class FileTokenStore implements TokenStore {
  private final Path file;
  private final Map<AccountId, Grant> grants = new HashMap<>();
  private Secret written;

  private FileTokenStore(Path file, Secret written) {
    this.file = file;
    this.written = written;
  }

  static FileTokenStore open(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw new PortFailure("The refresh token file '%s' is empty".formatted(file), false);
      }
      return new FileTokenStore(file, Secret.of(token));
    } catch (IOException unreadable) {
      throw new PortFailure(
          "The refresh token file '%s' cannot be read".formatted(file), false, unreadable);
    }
  }

  synchronized Secret firstToken() {
    return written;
  }

  @Override
  public synchronized Optional<Grant> find(AccountId account) {
    return Optional.ofNullable(grants.get(account));
  }

  @Override
  public synchronized boolean save(AccountId account, Grant grant) {
    long version = find(account).map(Grant::version).orElse(0L);
    if (version != grant.version()) {
      return false;
    }
    if (!grant.refreshToken().equals(written)) {
      write(grant.refreshToken());
      written = grant.refreshToken();
    }
    grants.put(account, grant.withVersion(version + 1));
    return true;
  }

  @Override
  public synchronized void forget(AccountId account) {
    grants.remove(account);
  }

  private void write(Secret token) {
    Path target = file.toAbsolutePath();
    Path beside = target.resolveSibling(target.getFileName() + ".new");
    try {
      Files.deleteIfExists(beside);
      createForOwnerAlone(beside);
      Files.writeString(beside, token.reveal() + "\n");
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException full) {
      throw new PortFailure(
          "The new refresh token cannot be written to '%s'".formatted(file), true, full);
    }
  }

  private static void createForOwnerAlone(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(path);
    }
  }
}
