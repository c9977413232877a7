package io.engage.memory.broken;

import io.engage.memory.InMemoryAgentDirectory;
import io.engage.memory.InMemoryBlobStore;
import io.engage.model.address.PhoneNumber;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.MessageId;
import io.engage.spi.AgentDirectory;
import io.engage.spi.Appointments;
import io.engage.spi.BlobStore;
import io.engage.spi.Credentials;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.IdSource;
import io.engage.spi.Permissions;
import io.engage.spi.Presence;
import io.engage.spi.ScreenMonitor;
import io.engage.spi.SmsGateway;
import io.engage.spi.Storage;
import io.engage.spi.ToDos;
import io.engage.spi.TokenStore;
import io.engage.testkit.AgentDirectoryContract;
import io.engage.testkit.AppointmentsContract;
import io.engage.testkit.AttendanceContract;
import io.engage.testkit.AuditTrailContract;
import io.engage.testkit.BlobStoreContract;
import io.engage.testkit.BlobWalkContract;
import io.engage.testkit.ConversationSearchContract;
import io.engage.testkit.CredentialsContract;
import io.engage.testkit.CustomerDirectoryContract;
import io.engage.testkit.DocumentsContract;
import io.engage.testkit.DraftsContract;
import io.engage.testkit.EventQueueContract;
import io.engage.testkit.HeartbeatsContract;
import io.engage.testkit.IdSourceContract;
import io.engage.testkit.InboxStoreContract;
import io.engage.testkit.IngestLedgerContract;
import io.engage.testkit.LeasesContract;
import io.engage.testkit.ManualClock;
import io.engage.testkit.OutboxContract;
import io.engage.testkit.PacesContract;
import io.engage.testkit.PermissionsContract;
import io.engage.testkit.PersonSearchContract;
import io.engage.testkit.PresenceContract;
import io.engage.testkit.QueuesContract;
import io.engage.testkit.RecipientsContract;
import io.engage.testkit.Sample;
import io.engage.testkit.ScreenMonitorContract;
import io.engage.testkit.SmsGatewayContract;
import io.engage.testkit.ToDosContract;
import io.engage.testkit.TokenStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/** The suites, run only through {@link Suite}: alone they have nothing to test. */
final class Suites {
  /** By which the blob stores tell how old bytes are. */
  static final ManualClock CLOCK = ManualClock.at(Sample.MONDAY);

  private Suites() {}

  static final class OfInboxes extends InboxStoreContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfLedger extends IngestLedgerContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfSearch extends ConversationSearchContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfAudit extends AuditTrailContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfOutbox extends OutboxContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfEvents extends EventQueueContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfLeases extends LeasesContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfPersons extends PersonSearchContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfDocuments extends DocumentsContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfDrafts extends DraftsContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfAttendance extends AttendanceContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfQueues extends QueuesContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfHeartbeats extends HeartbeatsContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfRecipients extends RecipientsContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  static final class OfPaces extends PacesContract {
    @Override
    protected Storage emptyStorage() {
      return Suite.subject(Storage.class);
    }
  }

  /** A store that claims to outlive its process and does not. */
  static final class OfForgetfulBlobs extends BlobStoreContract {
    @Override
    protected BlobStore emptyStore() {
      return Suite.subject(BlobStore.class);
    }

    @Override
    protected BlobStore restarted(BlobStore store) {
      return InMemoryBlobStore.create(CLOCK);
    }

    @Override
    protected void letPass(Duration time) {
      CLOCK.advance(time);
    }
  }

  /** A store that outlives its process, by never ending. */
  static final class OfBlobs extends BlobStoreContract {
    @Override
    protected BlobStore emptyStore() {
      return Suite.subject(BlobStore.class);
    }

    @Override
    protected BlobStore restarted(BlobStore store) {
      return store;
    }

    @Override
    protected void letPass(Duration time) {
      CLOCK.advance(time);
    }
  }

  /** The same, of a store that can be walked. */
  static final class OfWalks extends BlobWalkContract {
    @Override
    protected BlobStore emptyStore() {
      return Suite.subject(BlobStore.class);
    }

    @Override
    protected BlobStore restarted(BlobStore store) {
      return store;
    }

    @Override
    protected void letPass(Duration time) {
      CLOCK.advance(time);
    }
  }

  static final class OfDirectories extends CustomerDirectoryContract {
    @Override
    protected CustomerDirectory directory() {
      return Suite.subject(CustomerDirectory.class);
    }
  }

  static final class OfIds extends IdSourceContract {
    @Override
    protected IdSource source() {
      return Suite.subject(IdSource.class);
    }
  }

  /** A gateway, how often it sent a message, and where calls to its numbers go. */
  record Sms(
      SmsGateway gateway,
      ToIntFunction<MessageId> timesSent,
      UnaryOperator<PhoneNumber> callsGoTo) {}

  static final class OfSms extends SmsGatewayContract {
    private Sms sms;

    @Override
    protected SmsGateway gateway() {
      sms = Suite.subject(Sms.class);
      return sms.gateway();
    }

    @Override
    protected PhoneNumber sender() {
      return PhoneNumber.of("+14155550100");
    }

    @Override
    protected PhoneNumber reachable() {
      return PhoneNumber.of("+14155550101");
    }

    @Override
    protected PhoneNumber refused() {
      return PhoneNumber.of("+14155550199");
    }

    @Override
    protected int timesSent(MessageId id) {
      return sms.timesSent().applyAsInt(id);
    }

    @Override
    protected PhoneNumber callsGoTo() {
      return sms.callsGoTo().apply(sender());
    }
  }

  /** A list and how many of a title are in it. */
  record Counted(ToDos toDos, ToIntFunction<String> count) {}

  static final class OfToDos extends ToDosContract {
    private Counted counted;

    @Override
    protected ToDos toDos() {
      counted = Suite.subject(Counted.class);
      return counted.toDos();
    }

    @Override
    protected CustomerId customer() {
      return Sample.ana().id();
    }

    @Override
    protected int count(String title) {
      return counted.count().applyAsInt(title);
    }
  }

  static final class OfAppointments extends AppointmentsContract {
    @Override
    protected Appointments calendar() {
      return Suite.subject(Appointments.class);
    }

    @Override
    protected String type() {
      return "fitting";
    }

    @Override
    protected Instant from() {
      return Sample.MONDAY;
    }

    @Override
    protected Instant until() {
      return Sample.MONDAY.plusSeconds(86_400);
    }

    @Override
    protected CustomerId customer() {
      return Sample.ana().id();
    }
  }

  static final class OfPermissions extends PermissionsContract {
    @Override
    protected Permissions permissions() {
      return Suite.subject(Permissions.class);
    }

    @Override
    protected Agent agent() {
      return Sample.clara();
    }

    @Override
    protected AgentAction action() {
      return AgentAction.REPLY;
    }

    @Override
    protected InboxId granted() {
      return Sample.workshop().id();
    }

    @Override
    protected InboxId refused() {
      return Sample.sales().id();
    }
  }

  /** Makes a directory of agents that is broken out of a good one. */
  interface BreakingAgents {
    AgentDirectory of(AgentDirectory good);
  }

  static final class OfAgents extends AgentDirectoryContract {
    @Override
    protected AgentDirectory of(Agent... agents) {
      InMemoryAgentDirectory good = InMemoryAgentDirectory.create();
      List.of(agents).forEach(good::with);
      return Suite.subject(BreakingAgents.class).of(good);
    }
  }

  static final class OfPresence extends PresenceContract {
    @Override
    protected Presence presence() {
      return Suite.subject(Presence.class);
    }

    @Override
    protected AgentId inCall() {
      return Sample.clara().id();
    }

    @Override
    protected AgentId notInCall() {
      return Sample.dario().id();
    }
  }

  static final class OfScreens extends ScreenMonitorContract {
    @Override
    protected ScreenMonitor monitor() {
      return Suite.subject(ScreenMonitor.class);
    }

    @Override
    protected AgentId shown() {
      return Sample.clara().id();
    }

    @Override
    protected AgentId notShown() {
      return Sample.dario().id();
    }
  }

  static final class OfGrants extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return Suite.subject(TokenStore.class);
    }
  }

  static final class OfTokens extends CredentialsContract {
    @Override
    protected Credentials credentials() {
      return Suite.subject(Credentials.class);
    }

    @Override
    protected AccountId account() {
      return Sample.SHOP;
    }

    @Override
    protected boolean renews() {
      return true;
    }
  }

  static final List<Class<?>> OF_STORAGE =
      List.of(
          OfInboxes.class,
          OfLedger.class,
          OfSearch.class,
          OfAudit.class,
          OfOutbox.class,
          OfEvents.class,
          OfLeases.class,
          OfDocuments.class,
          OfDrafts.class,
          OfAttendance.class,
          OfQueues.class,
          OfHeartbeats.class,
          OfPersons.class,
          OfRecipients.class,
          OfPaces.class);
}
