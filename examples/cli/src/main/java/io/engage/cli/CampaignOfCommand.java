package io.engage.cli;

import io.engage.core.Engage;
import io.engage.core.Foundation;
import io.engage.dialer.CampaignProgress;
import io.engage.dialer.Dialer;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
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
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.template.Template;
import io.engage.model.template.Template.Purpose;
import io.engage.model.template.TemplateId;
import io.engage.spi.Storage;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A campaign that is imported and dialed by one run of the command, or by several: it is known
 * again by its name and the bytes of its list.
 */
final class CampaignOfCommand {
  private final MailAccount account;
  private final Credential credential;
  private final Secret signingKey;
  private final Inbox inbox;
  private final Wish wish;
  private final PrintStream complaints;
  private final Storage storage;
  private final ListFile list;
  private final CampaignId id;
  private final ListId listId;
  private final TemplateId templateId;

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
      Storage storage,
      MailAccount account,
      Credential credential,
      Secret signingKey,
      String from,
      Wish wish,
      PrintStream complaints)
      throws IOException {
    this.storage = storage;
    this.account = account;
    this.credential = credential;
    this.signingKey = signingKey;
    this.inbox = Inbox.of("inbox", from, from, account.id());
    this.wish = wish;
    this.complaints = complaints;
    this.list = ListFile.of(wish.list(), wish.campaign());
    String known = list.digest();
    this.id = CampaignId.of("campaign-" + known);
    this.listId = ListId.of("list-" + known);
    this.templateId = TemplateId.of("template-" + known);
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
      engage.foundation().retrying(() -> prepare(engage.foundation()));
      dialer.start();
      while (!ended.await(1, TimeUnit.SECONDS) && isRunning()) {
        // Another process may be the one that sends the last mail.
      }
      complain();
    }
    return end.get() == null ? stored() : end.get();
  }

  private boolean isRunning() {
    return find().filter(each -> each.state().status() == Status.RUNNING).isPresent();
  }

  private CampaignProgress stored() {
    return new CampaignProgress(
        id, find().orElseThrow().state().status(), storage.recipients().counts(List.of(listId)));
  }

  private Optional<Campaign> find() {
    return storage.documents().find(List.of(Campaign.keyOf(id))).stream()
        .map(Campaign.class::cast)
        .findFirst();
  }

  /** Why it was held, if it was. */
  private void complain() {
    find().stream()
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
        .signingKeys(signingKey)
        .build();
  }

  /** What an earlier run has done is not done again; what it was killed in begins anew. */
  private Status prepare(Foundation foundation) {
    Optional<Campaign> earlier = find();
    if (earlier.isEmpty()) {
      begin(foundation);
    } else {
      refuseOtherWords(earlier.get());
      goOn(foundation, earlier.get());
    }
    return Status.RUNNING;
  }

  /** Whoever was written to has the words of the first run; the others are not to get others. */
  private void refuseOtherWords(Campaign earlier) {
    boolean sameTemplate =
        storage.documents().find(List.of(Template.keyOf(templateId))).stream()
            .map(Template.class::cast)
            .allMatch(stored -> stored.equals(template().withVersion(stored.version())));
    if (!sameTemplate || !earlier.plan().subject().equals(wish.subject())) {
      throw new IllegalArgumentException(
          "Campaign '%s' was begun with %s. Give the same again to go on with those who are left, or write to all of them anew with rows that name another campaign."
              .formatted(
                  earlier.name(),
                  sameTemplate
                      ? "the subject '%s'".formatted(earlier.plan().subject())
                      : "another template than '%s'".formatted(wish.template())));
    }
  }

  private void goOn(Foundation foundation, Campaign earlier) {
    Campaign paced = earlier.withPlan(earlier.name(), earlier.plan().withPace(pace()));
    if (earlier.state().status() == Status.STOPPED) {
      run(foundation, paced);
    } else if (earlier.state().status() == Status.RUNNING && !paced.equals(earlier)) {
      keep(foundation, paced);
    }
  }

  private Pace pace() {
    return Pace.UNLIMITED.withConnections(wish.connections()).withPerMinute(wish.perMinute());
  }

  private void begin(Foundation foundation) {
    try {
      Template template = template();
      keep(foundation, template.withVersion(versionOf(template.key())));
      ListFile.Counts counts = list.store(listId, storage.recipients(), complaints);
      CampaignList stored =
          new CampaignList(
              listId,
              id,
              "List",
              "",
              CampaignList.Status.ACTIVE,
              Instant.now(),
              counts.recipients(),
              counts.refused(),
              0);
      keep(foundation, stored.withVersion(versionOf(stored.key())));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    run(
        foundation,
        Campaign.of(
            id,
            inbox.id(),
            list.campaign().isEmpty() ? "Campaign" : list.campaign(),
            CampaignPlan.of(wish.subject()).withTemplate(templateId).withPace(pace())));
  }

  private void run(Foundation foundation, Campaign campaign) {
    keep(foundation, campaign.withState(campaign.state().to(Status.RUNNING, Instant.now(), null)));
  }

  private long versionOf(DocumentKey key) {
    return storage.documents().find(List.of(key)).stream()
        .mapToLong(Document::version)
        .findFirst()
        .orElse(0);
  }

  private void keep(Foundation foundation, Document document) {
    foundation.commit(
        InboxChange.builder().document(document),
        Actor.CONFIGURATION,
        AuditSubject.of(inbox.id()),
        new AuditFact.CampaignSaved(id, "Campaign", List.of()));
  }

  private Template template() {
    try {
      return template(Files.readString(wish.template(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Template template(String text) {
    String name = wish.template().toString().toLowerCase(Locale.ROOT);
    boolean html = name.endsWith(".html") || name.endsWith(".htm") || text.startsWith("<");
    return new Template(
        templateId, "Template", null, Purpose.DIALER, "", html ? "" : text, html ? text : null, 0);
  }
}
