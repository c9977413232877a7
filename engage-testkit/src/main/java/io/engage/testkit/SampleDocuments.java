package io.engage.testkit;

import io.engage.model.address.PhoneNumber;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Pace;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.CustomerMove;
import io.engage.model.customer.Suppression;
import io.engage.model.document.Document;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.mailbox.AccountMailbox;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.HeldTrace;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.AnswerBudget;
import io.engage.model.message.BlobRemoval;
import io.engage.model.message.FileName;
import io.engage.model.message.MessageId;
import io.engage.model.message.Rating;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.InboxAlarms;
import io.engage.model.queue.Rotation;
import io.engage.model.queue.Threshold;
import io.engage.model.sms.SmsArrival;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsDispatch;
import io.engage.model.sms.SmsNumber;
import io.engage.model.sms.SmsPolicy;
import io.engage.model.template.QuickReplies;
import io.engage.model.template.QuickReply;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import io.engage.model.writing.SentDraft;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One new document of every kind, with what a careless store spoils. */
final class SampleDocuments {
  private static final PhoneNumber OURS = PhoneNumber.of("+14155550100");
  private static final PhoneNumber THEIRS = PhoneNumber.of("+14155550101");
  private static final String TEXT = "Ré “strap” 😀\r\n\t\\ \" ${name}";

  private SampleDocuments() {}

  /** Fails when a kind of document has no sample yet. */
  static List<Document> every() {
    List<Document> samples =
        List.of(
            new AgentMessage(
                "2026-03-02T09:00:00Z/1",
                Sample.clara().id(),
                Sample.dario(),
                TEXT,
                Sample.MONDAY,
                0),
            session(),
            new AnswerBudget("confirmation/ana@example.com", List.of(Sample.MONDAY), 0),
            new CustomerMerge(
                Sample.ana().id(),
                Sample.ben().id(),
                Sample.MONDAY,
                CustomerMerge.Stage.values()[1],
                3,
                7,
                0),
            campaign(),
            new CampaignList(
                ListId.of("buyers"),
                campaign().id(),
                TEXT,
                TEXT,
                CampaignList.Status.ACTIVE,
                Sample.MONDAY,
                Sample.MONDAY.plusSeconds(7),
                4_294_967_296L,
                3,
                new CampaignList.Sequel(ListId.of("guests"), CampaignList.Word.CANCELLED, TEXT),
                TEXT,
                0),
            new CampaignAttachment(
                "price-list",
                campaign().id(),
                FileName.of("Prix “été”.pdf"),
                "application/pdf",
                Sample.blob("prices"),
                0),
            new BlobRemoval("removal-1", Sample.MONDAY, List.of(Sample.blob("a").digest()), 0),
            new CustomerMove(
                "move-1",
                Sample.ben().id(),
                List.of(ConversationId.of("c1"), ConversationId.of("c2")),
                List.of(MessageId.of("m1")),
                0),
            new Suppression("pseudonym-1", "inbox/workshop", "erased", Sample.MONDAY, 0),
            held(),
            new HeldTrace(
                Sample.blob("held").digest(), Set.of(held().id()), Set.of(Sample.SHOP), 0),
            new InboxAlarms(
                Sample.workshop().id(),
                Map.of(
                    Threshold.MOST_WAITING,
                    Sample.MONDAY,
                    Threshold.LONGEST_WAIT,
                    Sample.MONDAY.plusSeconds(1)),
                0),
            note("note-1", "watch-strap"),
            new Rotation(Sample.workshop().id(), Sample.clara().id(), 3, 0),
            new SentDraft(MessageId.of("m3"), draft(), 0),
            new QuickReplies(List.of(new QuickReply("q1", "Ready", TEXT)), 0),
            new Rating(
                MessageId.of("m1"),
                Sample.workshop().id(),
                Sample.clara().id(),
                4,
                Sample.MONDAY,
                0),
            new SmsArrival("gateway/1", MessageId.of("m1"), Sample.MONDAY, 0),
            consent(),
            new SmsDispatch("gateway/2", MessageId.of("m2"), OURS, null, Sample.MONDAY, 0),
            new SmsNumber(OURS, Sample.workshop().id(), 0),
            new SmsPolicy(TEXT, List.of("stop", "arrêt"), List.of("start"), TEXT, TEXT, 0),
            new StoredAccount(account(), 0),
            new AccountMailbox(account().id(), TEXT, "imap.shop.example", 0),
            template());
    requireEveryKind(samples);
    return samples;
  }

  static Note note(String id, String conversation) {
    return new Note(
        NoteId.of(id), ConversationId.of(conversation), Sample.clara(), TEXT, Sample.MONDAY, 0);
  }

  static HeldMail held() {
    ServerFolder folder = new ServerFolder(Sample.SHOP, "INBOX");
    return new HeldMail(
        HeldMail.idOf(Sample.workshop().id(), Sample.blob("held"), Sample.MONDAY),
        List.of(new ServerUid(folder, 1, 7), new ServerUid(folder, 2, 1)),
        Sample.workshop().id(),
        HeldMail.Cause.RULE,
        "the rule “ads”",
        Sample.blob("held"),
        Sample.MONDAY,
        "ads@example.com",
        TEXT,
        0);
  }

  private static Draft draft() {
    return new Draft(
        DraftId.of("draft-1"),
        Draft.Kind.REPLY,
        Sample.workshop().id(),
        ConversationId.of("watch-strap"),
        MessageId.of("m1"),
        Sample.ana().id(),
        Sample.clara().id(),
        new Draft.Seen(2, MessageId.of("m2")),
        Composition.empty().withText(TEXT),
        Sample.MONDAY,
        3);
  }

  private static AgentSession session() {
    return new AgentSession(
        Sample.clara(),
        true,
        "Mittag “é”",
        Sample.MONDAY.plusSeconds(60),
        Sample.MONDAY,
        Map.of(
            Sample.workshop().id(),
            new AgentSession.Served(7, LocalDate.parse("2026-03-02"), Sample.MONDAY),
            Sample.sales().id(),
            new AgentSession.Served(1, LocalDate.parse("2024-02-29"), Sample.MONDAY)),
        0);
  }

  private static Campaign campaign() {
    ZoneId madrid = ZoneId.of("Europe/Madrid");
    WeeklySchedule afternoons =
        new WeeklySchedule(
            madrid,
            List.of(WeeklySchedule.Window.of(DayOfWeek.MONDAY, "13:00", "18:00")),
            Map.of());
    CampaignPlan plan =
        CampaignPlan.of(TEXT)
            .withTemplate(TemplateId.of("ready"))
            .withUnsubscribeHtml("<a id=\"unsubscribe_link\">" + TEXT + "</a>")
            .withEvent(EventTemplate.of(TEXT, "${start}", "${end}", madrid).withOrganizer("Dirk"))
            .withPace(Pace.every(Duration.ofMillis(1_500)).withPerDomainPerMinute(7))
            .withWindows(afternoons, CampaignPlan.Missed.EXPIRE)
            .withUntil(Sample.MONDAY)
            .withDoubt(CampaignPlan.Doubt.NEVER_MISS)
            .withDuplicates(CampaignPlan.Duplicates.SEND_FIRST)
            .withOpensCounted(true);
    return Campaign.of(CampaignId.of("spring"), Sample.workshop().id(), TEXT, plan)
        .withState(
            new Campaign.State(
                Campaign.Status.STOPPED, Sample.MONDAY, Sample.MONDAY.plusSeconds(1), TEXT));
  }

  private static SmsConsent consent() {
    return new SmsConsent(
        OURS,
        THEIRS,
        SmsConsent.State.REQUESTED,
        true,
        List.of(
            new SmsConsent.Evidence(
                Sample.MONDAY, SmsConsent.State.REQUESTED, "request", "message “m1”")),
        0);
  }

  private static MailAccount account() {
    return MailAccount.of(
        "shop", "shop@example.com", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  }

  private static Template template() {
    return new Template(
        TemplateId.of("ready"),
        "Ready “é”",
        Sample.workshop().id(),
        Template.Purpose.REPLY,
        "Re: ${subject}",
        TEXT,
        "<p>" + TEXT + "</p>",
        0);
  }

  private static void requireEveryKind(List<Document> samples) {
    Set<String> missing = new TreeSet<>();
    for (Class<?> kind : Document.class.getPermittedSubclasses()) {
      if (samples.stream().noneMatch(kind::isInstance)) {
        missing.add(kind.getSimpleName());
      }
    }
    if (!missing.isEmpty()) {
      throw new AssertionError(
          "There is no sample of %s. Add one to SampleDocuments.".formatted(missing));
    }
  }
}
