package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.core.templating.Compilation;
import io.engage.core.templating.Templating;
import io.engage.core.templating.Variable;
import io.engage.dialer.listing.CheckedRow;
import io.engage.dialer.listing.ListReading;
import io.engage.dialer.listing.ListRules;
import io.engage.dialer.listing.RowProblem;
import io.engage.dialer.rendering.FormReading;
import io.engage.dialer.rendering.Rendering;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Inbox;
import io.engage.model.template.Template;
import io.engage.spi.Recipients;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads lists into campaigns: one row after the other, one batch after the other, a few storage
 * calls for each.
 */
final class ListImporting {
  private static final int BATCH = 500;

  private final CampaignActs acts;
  private final Foundation foundation;
  private final ImportTurns turns;

  ListImporting(CampaignActs acts) {
    this.acts = acts;
    this.foundation = acts.foundation();
    this.turns = new ImportTurns(foundation);
  }

  Outcome<ImportReport> run(Campaign campaign, Inbox inbox, ListImport order, InputStream rows) {
    return turns.during(campaign.id(), hold -> run(campaign, inbox, order, rows, hold));
  }

  private Outcome<ImportReport> run(
      Campaign campaign, Inbox inbox, ListImport order, InputStream rows, ImportTurns.Hold hold) {
    Optional<CampaignList> begun = Optional.ofNullable(order.list()).flatMap(acts.shelf()::find);
    if (order.list() != null) {
      Optional<Outcome<ImportReport>> no = refusal(campaign, begun);
      if (no.isPresent()) {
        return no.get();
      }
    }
    CampaignList list = begun.orElseGet(() -> newList(campaign, order));
    ListReading reading = ListReading.open(ListStream.of(rows), rules(campaign, list, inbox));
    if (!reading.problems().isEmpty()) {
      reading.problems().forEach(order.onProblem());
      return new Outcome.Refused<>(
          "The list cannot be read: "
              + reading.problems().stream()
                  .map(RowProblem::toString)
                  .collect(Collectors.joining("; ")));
    }
    CampaignList stored = begun.orElseGet(() -> begin(campaign, list));
    return new Reading(campaign, stored, order, hold).readAll(reading);
  }

  private static Optional<Outcome<ImportReport>> refusal(
      Campaign campaign, Optional<CampaignList> begun) {
    if (begun.filter(each -> each.campaign().equals(campaign.id())).isEmpty()) {
      return Optional.of(new Outcome.Unknown<>());
    }
    return begun.get().status() == CampaignList.Status.IMPORTING
        ? Optional.empty()
        : Optional.of(
            new Outcome.Refused<>(
                "List '%s' was read to its end before. Import what is new as another list."
                    .formatted(begun.get().name())));
  }

  private CampaignList newList(Campaign campaign, ListImport order) {
    return new CampaignList(
            ListId.of(acts.shortId()),
            campaign.id(),
            order.name().strip(),
            order.subject(),
            CampaignList.Status.IMPORTING,
            foundation.clock().instant(),
            0,
            0,
            0)
        .signedBy(foundation.keys().current());
  }

  private CampaignList begin(Campaign campaign, CampaignList list) {
    acts.commit(
        InboxChange.builder().document(list),
        campaign,
        new AuditFact.ListImportBegun(campaign.id(), list.id()));
    return list.withVersion(1);
  }

  /** What a template cannot be filled with is found again before the start. */
  private ListRules rules(Campaign campaign, CampaignList list, Inbox inbox) {
    Set<String> fields =
        Rendering.decide(acts.shelf().sheet(campaign, list, inbox))
                instanceof FormReading.Ready ready
            ? ready.form().fields()
            : Set.of();
    return ListRules.of(campaign.name())
        .withAttachments(
            acts.shelf().files(campaign.id()).stream()
                .map(CampaignAttachment::token)
                .collect(Collectors.toSet()))
        .withFields(ofEveryRow(campaign.plan(), list))
        .withTemplateFields(fields)
        .withGiven(
            Variable.offeredIn(Template.Purpose.DIALER).stream()
                .map(Variable::field)
                .collect(Collectors.toSet()));
  }

  private static Set<String> ofEveryRow(CampaignPlan plan, CampaignList list) {
    EventTemplate event = plan.event();
    Stream<String> subject = Stream.of(list.subject().isBlank() ? plan.subject() : list.subject());
    Stream<String> invitation =
        event == null
            ? Stream.of()
            : Stream.of(
                event.title(),
                event.organizer(),
                event.start(),
                event.end(),
                event.location(),
                event.description());
    Set<String> fields = new HashSet<>();
    Stream.concat(subject, invitation)
        .map(text -> new Templating().decide(text))
        .filter(Compilation.Ready.class::isInstance)
        .forEach(each -> fields.addAll(((Compilation.Ready) each).form().fields()));
    return fields;
  }

  /** One import as it goes on. */
  private final class Reading {
    private final Campaign campaign;
    private final CampaignList list;
    private final ListImport order;
    private final ImportTurns.Hold hold;
    private final Recipients recipients = foundation.storage().recipients();
    private final List<ListId> all;
    private final List<RowProblem> problems = new ArrayList<>();
    private long problemCount;
    private long rows;
    private long taken;
    private long failed;
    private long refused;
    private long duplicates;

    Reading(Campaign campaign, CampaignList list, ListImport order, ImportTurns.Hold hold) {
      this.campaign = campaign;
      this.list = list;
      this.order = order;
      this.hold = hold;
      this.all = acts.shelf().listIds(campaign.id());
    }

    Outcome<ImportReport> readAll(ListReading reading) {
      List<Recipient> batch = new ArrayList<>(BATCH);
      while (reading.hasNext()) {
        read(reading.next(), batch);
        if (rows % BATCH == 0 && !store(batch)) {
          return overtaken();
        }
      }
      return store(batch) ? end() : overtaken();
    }

    private void read(CheckedRow checked, List<Recipient> batch) {
      rows++;
      for (RowProblem problem : checked.problems()) {
        problemCount++;
        order.onProblem().accept(problem);
        if (problems.size() < ImportReport.MOST_PROBLEMS) {
          problems.add(problem);
        }
      }
      Optional<Recipient> recipient =
          ImportedRows.decide(list.id(), checked, foundation.clock().instant());
      recipient.ifPresentOrElse(batch::add, () -> refused++);
    }

    /** What comes twice is passed over by the store, so a batch may be cut anywhere. */
    private boolean store(List<Recipient> batch) {
      if (!hold.prolong()) {
        return false;
      }
      List<Recipient> decided = decided(batch);
      if (!decided.isEmpty()) {
        recipients.add(decided);
      }
      taken += decided.size();
      failed += decided.stream().filter(Reading::isFailed).count();
      duplicates +=
          decided.stream().filter(Reading::isFailed).count()
              - batch.stream().filter(Reading::isFailed).count();
      batch.clear();
      order.onProgress().accept(progress());
      return true;
    }

    private List<Recipient> decided(List<Recipient> batch) {
      return campaign.plan().duplicates() == CampaignPlan.Duplicates.SEND_EACH || batch.isEmpty()
          ? List.copyOf(batch)
          : ImportedRows.withoutDuplicates(batch, first(batch), foundation.clock().instant());
    }

    private Map<EmailAddress, RecipientId> first(List<Recipient> batch) {
      return recipients.first(all, ImportedRows.addresses(batch));
    }

    private static boolean isFailed(Recipient recipient) {
      return recipient.state().status() == RecipientStatus.FAILED;
    }

    private Outcome<ImportReport> end() {
      CampaignList.Status status =
          order.activated() ? CampaignList.Status.ACTIVE : CampaignList.Status.INACTIVE;
      CampaignList done = list.imported(status, taken, refused, foundation.clock().instant());
      foundation.retrying(() -> commit(done));
      return new Outcome.Done<>(
          new ImportReport(
              done.withVersion(list.version() + 1),
              progress(),
              duplicates,
              problems,
              problemCount));
    }

    private CampaignList commit(CampaignList done) {
      InboxChange.Builder change = InboxChange.builder().document(done);
      acts.commit(
          order.activated() ? acts.renewing(campaign.id(), change) : change,
          campaign,
          new AuditFact.ListImported(campaign.id(), list.id(), taken, refused));
      return done;
    }

    private Outcome<ImportReport> overtaken() {
      return new Outcome.Refused<>(
          "Reading list '%s' took a rest for so long that another import began. Import it again."
              .formatted(list.name()));
    }

    private ImportProgress progress() {
      return new ImportProgress(list.id(), rows, taken, failed, refused);
    }
  }
}
