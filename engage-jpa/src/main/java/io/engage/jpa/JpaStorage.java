package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import io.engage.spi.Attendance;
import io.engage.spi.AuditTrail;
import io.engage.spi.BlobStore;
import io.engage.spi.ConversationSearch;
import io.engage.spi.Documents;
import io.engage.spi.Drafts;
import io.engage.spi.EventQueue;
import io.engage.spi.Heartbeats;
import io.engage.spi.InboxStore;
import io.engage.spi.IngestLedger;
import io.engage.spi.Leases;
import io.engage.spi.Outbox;
import io.engage.spi.Paces;
import io.engage.spi.PersonSearch;
import io.engage.spi.PortFailure;
import io.engage.spi.Queues;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import io.engage.spi.TokenStore;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that Engage keeps, in the tables of one database. */
public final class JpaStorage implements Storage {
  private static final Logger LOG = LoggerFactory.getLogger(JpaStorage.class);

  private final Database database;
  private final InboxStore inboxes;
  private final TableLedger ledger;
  private final TableOutbox outbox;
  private final DocumentTable documents;
  private final DraftTable drafts;
  private final TableAudit audit;
  private final TableBlobs blobs;

  private JpaStorage(Database database) {
    this.database = database;
    this.ledger = new TableLedger(database);
    this.outbox = new TableOutbox(database);
    this.documents = new DocumentTable(database);
    this.drafts = new DraftTable(database);
    this.audit = new TableAudit(database);
    this.blobs = new TableBlobs(database);
    this.inboxes = new CommittingStore(database, parts());
  }

  /** What comes behind inboxes, conversations and messages. */
  private List<Part> parts() {
    List<Part> parts = new ArrayList<>(ledger.parts());
    parts.addAll(List.of(outbox.table(), documents, drafts, audit.part()));
    return parts;
  }

  /** Over a pool of connections. */
  public static Builder over(DataSource connections) {
    return over(new DataSourceTransactions(requireNonNull(connections, "connections")));
  }

  /**
   * Over a persistence unit, in transactions of our own. {@link JpaTransactions#joining} has Engage
   * take part in the host's. It has a name of its own so that a host without Jakarta Persistence
   * compiles what it gives to the others.
   */
  public static Builder overPersistenceUnit(EntityManagerFactory factory) {
    return over(JpaTransactions.over(factory));
  }

  /** Over transactions that the host may have open. */
  public static Builder over(Transactions transactions) {
    return new Builder(transactions);
  }

  @Override
  public InboxStore inboxes() {
    return inboxes;
  }

  @Override
  public IngestLedger ledger() {
    return ledger;
  }

  @Override
  public ConversationSearch search() {
    return new TableSearch(database);
  }

  @Override
  public AuditTrail audit() {
    return audit;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public EventQueue events() {
    return audit;
  }

  @Override
  public Leases leases() {
    return new LeaseTable(database);
  }

  @Override
  public Documents documents() {
    return documents;
  }

  @Override
  public Drafts drafts() {
    return drafts;
  }

  @Override
  public PersonSearch persons() {
    return new TablePersons(database);
  }

  @Override
  public Attendance attendance() {
    return new AttendanceTable(database);
  }

  @Override
  public Queues queues() {
    return new TableQueues(database);
  }

  @Override
  public Heartbeats heartbeats() {
    return new HeartbeatTable(database);
  }

  @Override
  public Recipients recipients() {
    return new RecipientTable(database);
  }

  @Override
  public Paces paces() {
    return new PaceTable(database);
  }

  /**
   * What access tokens are got with, in the same database, for the adapter that gets them. It holds
   * secrets, so there is none without a way to seal them.
   *
   * @param sealing {@link KeySealing} with a key that is kept outside this database, or the host's
   */
  public TokenStore tokens(Sealing sealing) {
    return new TokenTable(database, requireNonNull(sealing, "sealing"));
  }

  /** The bytes of mails and files, in the same database, for hosts that want no folder of files. */
  public BlobStore blobs() {
    return blobs;
  }

  /** What becomes of the tables when the storage is made. */
  public enum SchemaMode {
    /** They are the host's business. */
    NONE,
    /** Their version is compared with the one that this Engage needs. */
    VALIDATE,
    /** They are brought to it. */
    UPDATE
  }

  /** How the storage is to be. */
  public static final class Builder {
    private final Transactions transactions;
    private String prefix = Prefix.USUAL;
    private SchemaMode schema = SchemaMode.UPDATE;

    private Builder(Transactions transactions) {
      this.transactions = requireNonNull(transactions, "transactions");
    }

    /** What the names of all tables begin with; {@code engage_} when not given. */
    public Builder prefix(String wanted) {
      this.prefix = Prefix.checked(wanted);
      return this;
    }

    /** What becomes of the tables now; they are updated when not given. */
    public Builder schema(SchemaMode wanted) {
      this.schema = requireNonNull(wanted, "wanted");
      return this;
    }

    /**
     * Asks the database what it is and sees to its tables, on this thread and outside any
     * transaction of the host. Nodes that begin at once wait for each other; whoever finds the
     * tables as they have to be changes nothing. A migration that was cut short is gone on with.
     *
     * @throws IllegalArgumentException when the database is neither PostgreSQL nor H2
     * @throws PortFailure when it cannot be reached, which may be tried again, or when its tables
     *     are not those that this Engage needs and it may not bring them there: the message says
     *     which is missing, which was changed, and which is of a newer Engage
     */
    public JpaStorage build() {
      Dialect dialect = Dialect.of(transactions);
      Database database = new Database(transactions, dialect, prefix);
      new Migrations(database).apply(schema);
      writeAtOnce(database);
      return new JpaStorage(database);
    }

    /** Only an administrator of the database may say so, and somebody else may have. */
    private static void writeAtOnce(Database database) {
      try {
        database.changeApart(
            session -> {
              session.dialect().writeAtOnce(session);
              return true;
            });
      } catch (PortFailure refused) {
        LOG.warn(
            "H2 was not told to write each commit at once: {} Have its administrator say"
                + " 'set write_delay 0', else half a second is lost when the process dies",
            refused.getMessage());
      }
    }
  }
}
