import io.engage.core.Engage;
import io.engage.dialer.Dialer;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The most live heap, and the time for each mail, while a campaign is sent by what Engage itself
 * holds: the rows are made when they are claimed and forgotten when they are settled, as if they
 * lay in a database, and the server takes every mail.
 *
 * <p>{@code dialheap.sh} starts it: {@code DialHeapBenchmark ROWS}.
 */
public final class DialHeapBenchmark {
  private static final ListId LIST = ListId.of("riders");
  private static final int LOOKS = 20;

  private final long rows;
  private final List<Long> live = new ArrayList<>();
  private final List<Long> nanos = new ArrayList<>();
  private long begun = System.nanoTime();

  private DialHeapBenchmark(long rows) {
    this.rows = rows;
  }

  public static void main(String[] arguments) {
    new DialHeapBenchmark(Long.parseLong(arguments[0])).run();
  }

  private void run() {
    MailAccount account =
        MailAccount.of("shop", "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
    Inbox shop = Inbox.of("shop", "Our shop", "shop@shop.example", account.id());
    Template template =
        Template.of(
            "spring",
            "Spring",
            Template.Purpose.DIALER,
            "Spring is here, ${name}",
            "Dear ${name},\n\n" + "Your watch is ready. Come whenever you like.\n".repeat(80));
    Campaign campaign =
        Campaign.of(
            CampaignId.of("spring"),
            shop.id(),
            "Spring",
            CampaignPlan.of("Spring is here, ${name}").withTemplate(TemplateId.of("spring")));
    Rows recipients = new Rows();
    try (Engage engage =
            Engage.builder()
                .storage(with(InMemoryStorage.create(), recipients))
                .blobs(InMemoryBlobStore.create(Clock.systemUTC()))
                .mail(taking(InMemoryMail.create(MimeFormat.create(), Clock.systemUTC())))
                .customers(InMemoryCustomerDirectory.create())
                .account(account)
                .inbox(shop)
                .publicUrl(URI.create("https://shop.example/engage"))
                .signingKeys(Secret.of("a key that nobody can guess"))
                .build();
        Dialer dialer = Dialer.over(engage)) {
      Instant now = Instant.now();
      engage
          .foundation()
          .commit(
              InboxChange.builder()
                  .document(template)
                  .document(
                      campaign.withState(campaign.state().to(Campaign.Status.RUNNING, now, null)))
                  .document(
                      new CampaignList(
                          LIST,
                          campaign.id(),
                          "Riders",
                          "",
                          CampaignList.Status.ACTIVE,
                          now,
                          rows,
                          0,
                          0)),
              Actor.CONFIGURATION,
              AuditSubject.NONE,
              new AuditFact.CampaignStarted(campaign.id(), rows));
      dialer.workOff();
    }
    System.out.printf(
        Locale.ROOT,
        "%d mails (%s): live heap %.1f MB at most; %.0f us a mail in the first twentieth, %.0f in"
            + " the last%n",
        rows,
        recipients.counts(List.of()),
        live.stream().max(Comparator.naturalOrder()).orElseThrow() / 1e6,
        nanos.get(0) / 1e3 / (rows / LOOKS),
        nanos.get(nanos.size() - 1) / 1e3 / (rows / LOOKS));
  }

  private void look() {
    nanos.add(System.nanoTime() - begun);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    live.add(runtime.totalMemory() - runtime.freeMemory());
    begun = System.nanoTime();
  }

  /** Rows that are there only while somebody has claimed them. */
  private final class Rows implements Recipients {
    private final Map<RecipientId, Recipient> claimed = new HashMap<>();
    private final Deque<Recipient> back = new ArrayDeque<>();
    private long next = 1;
    private long tokens;
    private RecipientCounts done = RecipientCounts.NONE;
    private @Nullable Instant last;

    @Override
    public synchronized List<RecipientClaim> claim(
        List<ListId> lists, int limit, Instant now, Instant leaseUntil) {
      List<RecipientClaim> claims = new ArrayList<>();
      while (claims.size() < limit && (next <= rows || !back.isEmpty())) {
        Recipient each = back.isEmpty() ? made(next++) : back.removeFirst();
        claimed.put(each.id(), each);
        claims.add(new RecipientClaim(each, ++tokens, false));
      }
      last = now;
      return claims;
    }

    @Override
    public List<RecipientClaim> claimAbandoned(
        Collection<ListId> lists, int limit, Instant now, Instant leaseUntil) {
      return List.of();
    }

    @Override
    public List<RecipientClaim> prolong(Collection<RecipientClaim> claims, Instant leaseUntil) {
      return List.copyOf(claims);
    }

    private Recipient made(long row) {
      return new Recipient(
          RecipientId.of(LIST, row),
          "rider" + row + "@customer.example",
          Recipient.USUAL_PRIORITY,
          new Recipient.Row("", List.of(), Map.of("name", "Rider " + row)),
          RecipientState.PENDING.claimed());
    }

    @Override
    public List<RecipientClaim> markAttempting(Collection<RecipientClaim> claims) {
      return List.copyOf(claims);
    }

    @Override
    public synchronized void release(Collection<RecipientClaim> claims, Instant until) {
      for (RecipientClaim each : claims) {
        back.add(claimed.remove(each.recipient().id()));
      }
    }

    @Override
    public synchronized List<RecipientSettlement> settle(
        Collection<RecipientSettlement> settlements) {
      for (RecipientSettlement each : settlements) {
        Recipient settled = claimed.remove(each.recipient());
        if (each.status() == RecipientStatus.PENDING) {
          back.add(settled);
        } else {
          done = done.plus(RecipientCounts.of(settled.state().settled(each)));
          if (done.processed() % (rows / LOOKS) == 0) {
            look();
          }
        }
      }
      return List.of();
    }

    @Override
    public synchronized RecipientCounts counts(Collection<ListId> lists) {
      return done.plus(
          new RecipientCounts(
              rows - done.processed() - claimed.size(),
              claimed.size(),
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0));
    }

    @Override
    public RecipientCounts recount(Collection<ListId> lists) {
      return counts(lists);
    }

    @Override
    public synchronized Optional<Instant> nextDue(Collection<ListId> lists) {
      return next <= rows || !back.isEmpty() || !claimed.isEmpty()
          ? Optional.of(Instant.EPOCH)
          : Optional.empty();
    }

    @Override
    public synchronized Optional<Instant> lastWorkedOn(Collection<ListId> lists) {
      return Optional.ofNullable(last);
    }

    @Override
    public synchronized List<Recipient> find(Collection<RecipientId> ids) {
      return ids.stream().flatMap(id -> Stream.ofNullable(claimed.get(id))).toList();
    }

    @Override
    public int add(Collection<Recipient> recipients) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<EmailAddress, RecipientId> first(
        Collection<ListId> lists, Collection<EmailAddress> addresses) {
      return Map.of();
    }

    @Override
    public List<Recipient> note(Collection<RecipientNote> notes) {
      return List.of();
    }

    @Override
    public List<Recipient> of(
        ListId list, Set<RecipientStatus> statuses, long afterRow, int limit) {
      return List.of();
    }

    @Override
    public List<Recipient> withAddress(
        EmailAddress address, @Nullable RecipientId after, int limit) {
      return List.of();
    }

    @Override
    public void erase(Collection<RecipientId> recipients, String pseudonym, Instant at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int remove(ListId list, int limit) {
      return 0;
    }
  }

  private static Storage with(Storage real, Recipients recipients) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                method.getName().equals("recipients") ? recipients : call(real, method, arguments));
  }

  private static MailSystem taking(MailSystem real) {
    MailTransport transport =
        account ->
            new TransportSession() {
              @Override
              public SendOutcome send(MailTransport.Envelope envelope) {
                return new SendOutcome.Accepted(new SmtpReply(250, "2.0.0", "OK"), Map.of());
              }

              @Override
              public boolean isUsable() {
                return true;
              }

              @Override
              public void close() {
                // There is nothing to close.
              }
            };
    return (MailSystem)
        Proxy.newProxyInstance(
            MailSystem.class.getClassLoader(),
            new Class<?>[] {MailSystem.class},
            (proxy, method, arguments) ->
                method.getName().equals("transport") ? transport : call(real, method, arguments));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }
}
