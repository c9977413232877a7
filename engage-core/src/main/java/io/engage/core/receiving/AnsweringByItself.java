package io.engage.core.receiving;

import io.engage.core.confirming.AutomaticMail;
import io.engage.core.confirming.Candidate;
import io.engage.core.confirming.Confirming;
import io.engage.core.receiving.Filing.Filed;
import io.engage.core.receiving.Receiving.Turn;
import io.engage.core.threading.Threading;
import io.engage.core.trusting.Trusting.Trust;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.inbox.Confirmation;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.AnswerBudget;
import io.engage.model.message.Channel;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.MessageKind;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.RfcMessageId;
import io.engage.model.rule.RuleAction.SendTemplate;
import io.engage.model.template.TemplateId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides the automatic answers to a mail: what rules send, and the confirmation of one that opened
 * a conversation. Why there is none is said in the trail.
 */
final class AnsweringByItself {
  private final Threading threading;

  AnsweringByItself(Threading threading) {
    this.threading = threading;
  }

  /** A mail that was filed. */
  record Asked(Arrival.Readable arrival, Destination destination, Filed filed, Trust trust) {
    AuditSubject subject() {
      return AuditSubject.of(
          filed.message().inbox(), filed.message().conversation(), filed.message().id());
    }

    Inbox inbox() {
      return destination.inbox();
    }
  }

  /**
   * An answer that somebody configured.
   *
   * @param owner the inbox where they did, wherever the mail went since
   */
  private record Wanted(
      TemplateId template, InboxId owner, boolean withDisplayName, Instant since, String reason) {}

  void decide(Asked asked, Turn turn) {
    for (Wanted wanted : wanted(asked)) {
      answer(asked, wanted, turn);
    }
  }

  private static List<Wanted> wanted(Asked asked) {
    List<Wanted> all = new ArrayList<>();
    for (SendTemplate action : asked.destination().ruled().answers()) {
      all.add(
          new Wanted(
              action.template(),
              asked.destination().ruledBy(),
              true,
              action.since(),
              "a rule answers it with a template"));
    }
    Confirmation confirmation = asked.inbox().settings().confirmation();
    if (confirmation != null && isOpening(asked)) {
      all.add(
          new Wanted(
              confirmation.template(),
              asked.inbox().id(),
              confirmation.withDisplayName(),
              confirmation.since(),
              "it opened a conversation"));
    }
    return all;
  }

  private static boolean isOpening(Asked asked) {
    return asked.filed().isOpened()
        && asked.filed().message().channel() == Channel.EMAIL
        && asked.filed().message().kind().isWorthALook();
  }

  private void answer(Asked asked, Wanted wanted, Turn turn) {
    List<NamedAddress> from = asked.arrival().parsed().headers().from();
    if (!asked.inbox().settings().enabled()) {
      withhold(asked, "its inbox is switched off", turn);
      return;
    }
    if (from.size() != 1) {
      withhold(asked, "it does not name exactly one sender", turn);
      return;
    }
    EmailAddress to = from.get(0).address();
    Candidate candidate = candidate(asked, wanted, to, turn);
    Optional<String> withheld = Confirming.decide(candidate, turn.now());
    if (withheld.isPresent()) {
      withhold(asked, withheld.get(), turn);
      return;
    }
    Wording wording = new Wording(turn.known().answers(), turn.now());
    Wording.Result words =
        wording.decide(wanted.template(), wanted.owner(), asked.filed(), asked.inbox(), to);
    if (words.words() == null) {
      withhold(asked, words.problem(), turn);
      return;
    }
    turn.draft().put(candidate.ofSender().with(turn.now()));
    turn.draft().put(candidate.ofDomain().with(turn.now()));
    turn.draft()
        .put(
            new Answer(
                asked.subject(),
                asked.inbox().id(),
                asked.filed().conversation().id(),
                asked.inbox().account(),
                mail(asked, wanted, to, words.words(), turn),
                wanted.reason()));
  }

  private OutboundMessage mail(
      Asked asked, Wanted wanted, EmailAddress to, AutomaticMail.Words words, Turn turn) {
    NamedAddress sender = asked.inbox().sender();
    return AutomaticMail.decide(
        wanted.withDisplayName() ? sender : new NamedAddress("", sender.address()),
        to,
        words,
        threading.newMessageId(
            asked.filed().conversation().id(), turn.newIds().get(), sender.address().domain()),
        asked.arrival().parsed().headers().messageId(),
        turn.now()
            .atOffset(asked.inbox().settings().schedule().zone().getRules().getOffset(turn.now())));
  }

  private static Candidate candidate(Asked asked, Wanted wanted, EmailAddress to, Turn turn) {
    Arrival.Readable arrival = asked.arrival();
    OffsetDateTime written = arrival.parsed().headers().date();
    return new Candidate(
        notByItsForm(arrival),
        asked.trust().level(),
        Distributing.isKnown(arrival, asked.trust(), turn),
        isFromOurselves(arrival.parsed().headers(), turn),
        arrival.parsed().allFields("Received").size(),
        isAnswered(arrival.parsed().headers().messageId(), turn),
        arrival.mail().receivedAt(),
        written == null ? null : written.toInstant(),
        wanted.since(),
        budget(AnswerBudget.idOf(to), turn),
        budget(AnswerBudget.idOfDomain(to), turn));
  }

  private static @Nullable String notByItsForm(Arrival.Readable arrival) {
    MessageKind kind = arrival.classification().kind();
    if (!arrival.classification().answerable().allowed()) {
      return arrival.classification().answerable().reason();
    }
    return kind == MessageKind.PERSON ? null : "it is of kind '%s'".formatted(kind.code());
  }

  private static boolean isFromOurselves(MailHeaders headers, Turn turn) {
    return Stream.of(headers.from(), headers.replyTo())
        .flatMap(List::stream)
        .anyMatch(
            each -> turn.known().all().stream().anyMatch(inbox -> inbox.owns(each.address())));
  }

  private static boolean isAnswered(@Nullable RfcMessageId id, Turn turn) {
    return id != null && turn.draft().isAnswered(id);
  }

  private static AnswerBudget budget(String id, Turn turn) {
    return turn.draft().budget(id);
  }

  private static void withhold(Asked asked, String reason, Turn turn) {
    turn.draft().note(asked.subject(), new AuditFact.ConfirmationWithheld(reason));
  }
}
