package io.engage.cli;

import static java.util.Objects.requireNonNull;

import io.engage.core.Engage;
import io.engage.core.Foundation;
import io.engage.core.templating.Variable;
import io.engage.dialer.CampaignProgress;
import io.engage.dialer.Dialer;
import io.engage.dialer.ListStream;
import io.engage.dialer.listing.CheckedRow;
import io.engage.dialer.listing.ListReading;
import io.engage.dialer.listing.ListRow;
import io.engage.dialer.listing.ListRules;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.template.Template;
import io.engage.model.template.Template.Purpose;
import io.engage.model.template.TemplateId;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A campaign that is imported, dialed and forgotten by one run of the command. */
final class CampaignOfCommand {
  private static final CampaignId ID = CampaignId.of("campaign");
  private static final ListId LIST = ListId.of("list");
  private static final TemplateId TEMPLATE = TemplateId.of("template");
  private static final int ROWS_AT_ONCE = 500;

  private final MailAccount account;
  private final Credential credential;
  private final Inbox inbox;
  private final Wish wish;
  private final PrintStream complaints;
  private final InMemoryStorage storage = InMemoryStorage.create();

  /**
   * @param campaign null when the first row names it
   */
  record Wish(
      Path list,
      Path template,
      @Nullable String campaign,
      String subject,
      int connections,
      int perMinute) {}

  CampaignOfCommand(
      MailAccount account, Credential credential, String from, Wish wish, PrintStream complaints) {
    this.account = account;
    this.credential = credential;
    this.inbox = Inbox.of("inbox", from, from, account.id());
    this.wish = wish;
    this.complaints = complaints;
  }

  /** How it is when it has ended or is held. */
  CampaignProgress run(Consumer<CampaignProgress> progress)
      throws IOException, InterruptedException {
    AtomicReference<CampaignProgress> end = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    Consumer<CampaignProgress> listener =
        each -> {
          progress.accept(each);
          if (each.status() != Status.RUNNING) {
            end.set(each);
            ended.countDown();
          }
        };
    try (Engage engage = engage();
        Dialer dialer = Dialer.builder(engage).onProgress(listener).build()) {
      prepare(engage.foundation());
      dialer.start();
      ended.await();
      complain(engage.foundation());
    }
    return requireNonNull(end.get(), "end");
  }

  /** Why it was held, if it was. */
  private void complain(Foundation foundation) {
    foundation.storage().documents().find(List.of(Campaign.keyOf(ID))).stream()
        .map(Campaign.class::cast)
        .flatMap(campaign -> Stream.ofNullable(campaign.state().reason()))
        .forEach(reason -> complaints.println("The campaign was held: " + reason));
  }

  private Engage engage() {
    return Engage.builder()
        .storage(storage)
        .blobs(InMemoryBlobStore.create(Clock.systemUTC()))
        .mail(ImapMail.create(InMemoryCredentials.create().with(account.id(), credential)))
        .customers(InMemoryCustomerDirectory.create())
        .account(account)
        .inbox(inbox)
        .signingKeys(Secret.of(UUID.randomUUID().toString()))
        .build();
  }

  private void prepare(Foundation foundation) throws IOException {
    Instant now = Instant.now();
    Template template = template();
    keep(foundation, template);
    List<Long> counts = read(campaignName());
    keep(
        foundation,
        new CampaignList(
            LIST,
            ID,
            "List",
            "",
            CampaignList.Status.ACTIVE,
            now,
            counts.get(0),
            counts.get(1),
            0));
    Pace pace = Pace.UNLIMITED.withConnections(wish.connections()).withPerMinute(wish.perMinute());
    Campaign campaign =
        Campaign.of(
            ID,
            inbox.id(),
            "Campaign",
            CampaignPlan.of(wish.subject()).withTemplate(TEMPLATE).withPace(pace));
    keep(foundation, campaign.withState(campaign.state().to(Status.RUNNING, now, null)));
  }

  private void keep(Foundation foundation, Document document) {
    foundation.commit(
        InboxChange.builder().document(document),
        Actor.CONFIGURATION,
        AuditSubject.of(inbox.id()),
        new AuditFact.CampaignSaved(ID, "Campaign", List.of()));
  }

  private Template template() throws IOException {
    String text = Files.readString(wish.template(), StandardCharsets.UTF_8);
    String name = wish.template().toString().toLowerCase(Locale.ROOT);
    boolean html = name.endsWith(".html") || name.endsWith(".htm") || text.startsWith("<");
    return new Template(
        TEMPLATE, "Template", null, Purpose.DIALER, "", html ? "" : text, html ? text : null, 0);
  }

  /** How many recipients there are, and how many rows are none. */
  private List<Long> read(String campaign) throws IOException {
    Set<String> given =
        Variable.offeredIn(Purpose.DIALER).stream()
            .map(Variable::field)
            .collect(Collectors.toSet());
    long recipients = 0;
    long refused = 0;
    List<Recipient> batch = new ArrayList<>();
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(wish.list()))) {
      ListReading reading =
          ListReading.open(ListStream.of(bytes), ListRules.of(campaign).withGiven(given));
      reading.problems().forEach(problem -> complaints.println(problem));
      while (reading.hasNext()) {
        CheckedRow row = reading.next();
        row.problems().forEach(problem -> complaints.println(problem));
        if (row instanceof CheckedRow.Refused) {
          refused++;
        } else {
          batch.add(recipient(row));
          recipients++;
        }
        if (batch.size() == ROWS_AT_ONCE || !reading.hasNext()) {
          storage.recipients().add(batch);
          batch.clear();
        }
      }
    }
    return List.of(recipients, refused);
  }

  private static Recipient recipient(CheckedRow checked) {
    boolean good = checked instanceof CheckedRow.Good;
    ListRow row =
        checked instanceof CheckedRow.Failed failed
            ? failed.value()
            : ((CheckedRow.Good) checked).value();
    RecipientState failed =
        RecipientState.failed(
            RecipientOutcome.of(Why.INVALID_ROW, "The row cannot be sent"), Instant.now());
    return new Recipient(
        RecipientId.of(LIST, row.row()),
        row.address(),
        row.priority(),
        new Recipient.Row(row.message(), row.attachments(), row.variables()),
        good ? RecipientState.PENDING : failed);
  }

  /** As the first row says, when nobody says otherwise: whoever dials a file means all of it. */
  private String campaignName() throws IOException {
    String named = wish.campaign();
    if (named != null) {
      return named;
    }
    try (BufferedReader lines = Files.newBufferedReader(wish.list(), StandardCharsets.UTF_8)) {
      String header = String.valueOf(lines.readLine()).replace("\uFEFF", "");
      String separator = header.contains(";") ? ";" : header.contains("\t") ? "\t" : ",";
      List<String> columns = cells(header, separator);
      int column = Math.max(0, columns.indexOf("campaign"));
      List<String> first = cells(String.valueOf(lines.readLine()), separator);
      return column < first.size() ? first.get(column) : "";
    }
  }

  private static List<String> cells(String line, String separator) {
    return Arrays.stream(line.split(separator, -1))
        .map(cell -> cell.strip().replace("\"", "").toLowerCase(Locale.ROOT))
        .toList();
  }
}
