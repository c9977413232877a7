package io.engage.cli;

import io.engage.core.Engage;
import io.engage.core.RecordingDesk;
import io.engage.files.SegmentBlobStore;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.model.inbox.Agent;
import io.engage.spi.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where recordings are, and who looks at them. */
final class RecordingsStore {
  @Mixin private StoreOptions store = new StoreOptions();

  @Mixin private SigningOptions signing = new SigningOptions();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Option(
      names = "--blobs",
      paramLabel = "FOLDER",
      description = "Where the bytes of mails are kept, if not in the database.")
  private @Nullable Path blobFolder;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description =
          "Who looks: the audit trail keeps it (default: the user who runs this command).")
  private @Nullable String name;

  /** Does something at the desk. */
  @FunctionalInterface
  interface Act {
    int at(RecordingDesk desk) throws IOException;
  }

  /**
   * @throws io.engage.spi.PortFailure when the database does not let us in
   */
  int with(Act act) throws IOException {
    try (OpenStore opened = store.open()) {
      if (blobFolder == null) {
        return with(opened, opened.blobs().orElseGet(InMemoryBlobStore::create), act);
      }
      try (SegmentBlobStore blobs = SegmentBlobStore.open(blobFolder)) {
        return with(opened, blobs, act);
      }
    }
  }

  private int with(OpenStore opened, BlobStore blobs, Act act) throws IOException {
    try (Engage engage =
        reading
            .builder()
            .signingKeys(signing.key(true))
            .storage(opened.storage())
            .blobs(blobs)
            .mail(ImapMail.create(InMemoryCredentials.create()))
            .customers(InMemoryCustomerDirectory.create())
            .build()) {
      return act.at(engage.recordingsOf(agent()));
    }
  }

  private Agent agent() {
    String user = name == null ? System.getProperty("user.name", "engage") : name;
    return Agent.of(user, user);
  }
}
