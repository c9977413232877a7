package io.engage.testkit;

import io.engage.spi.Storage;
import org.junit.jupiter.api.Nested;

/**
 * All suites of a {@link Storage} at once: extend it and return an empty storage, and each side is
 * tested in a nested class of its own.
 */
public abstract class StorageContract {

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  /** Inboxes, conversations, messages and commits. */
  @Nested
  class Inboxes extends InboxStoreContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** Cursors and endings of mails. */
  @Nested
  class Ledger extends IngestLedgerContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** Lists and histories. */
  @Nested
  class Search extends ConversationSearchContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** What happened. */
  @Nested
  class Audit extends AuditTrailContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** What is owed to mail servers. */
  @Nested
  class Sending extends OutboxContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** What listeners have still to be told. */
  @Nested
  class Events extends EventQueueContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** Who may do what only one at a time may do. */
  @Nested
  class Leasing extends LeasesContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** All that is held on a person. */
  @Nested
  class Persons extends PersonSearchContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** Small things that are kept whole. */
  @Nested
  class SmallThings extends DocumentsContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** What agents have begun to write. */
  @Nested
  class Writing extends DraftsContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** Who is in which conversation just now. */
  @Nested
  class Attending extends AttendanceContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** Who waits and who works. */
  @Nested
  class Queueing extends QueuesContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** Which agents give signs of life. */
  @Nested
  class Beating extends HeartbeatsContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** To whom campaigns are sent. */
  @Nested
  class Mailing extends RecipientsContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }

  /** How much of a rate is used up. */
  @Nested
  class Pacing extends PacesContract {
    @Override
    protected Storage emptyStorage() {
      return StorageContract.this.emptyStorage();
    }
  }
}
