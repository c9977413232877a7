package io.engage.core.classifying;

import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Delivery reports written for people: older Exim, qmail, sendmail, Exchange, Domino, providers. A
 * mail system must have sent them; a person's mail that quotes one stays a person's.
 */
final class FreeFormBounces {
  private static final int MOST_LINES = 4_000;
  private static final int LONGEST_HEAD = 6_000;
  private static final int LONGEST_REFUSAL = 1_000;
  private static final String FAILED_RECIPIENTS = "x-failed-recipients";
  private static final Pattern REFUSAL =
      Pattern.compile("(?<![0-9.])5[0-5][0-9][ -](?:5\\.[0-9]\\.[0-9]|\\p{L})|#5\\.[0-9]\\.[0-9]");

  private FreeFormBounces() {}

  static Optional<Classification> find(ParsedMail mail, Fields fields, Sender sender) {
    if (!mayReport(mail, fields, sender)) {
      return Optional.empty();
    }
    return read(mail, fields, sender);
  }

  private static Optional<Classification> read(ParsedMail mail, Fields fields, Sender sender) {
    List<String> lines = mail.text().lines().limit(MOST_LINES).map(FreeFormBounces::plain).toList();
    int copy = startOfCopy(lines);
    List<String> report = lines.subList(0, copy);
    String head = head(report);
    String subject = mail.headers().subject().toLowerCase(Locale.ROOT);
    if (ChallengeWords.heads(subject) && ChallengeWords.says(head)) {
      return Optional.empty();
    }
    boolean sure =
        (sender.isMailSystemAddress() && !sender.isPostmasterInPerson())
            || ReportForm.isDeliveryReport(mail);
    boolean named = fields.has(FAILED_RECIPIENTS);
    boolean copied = copy < lines.size() || ReturnedMail.findHeader(mail).isPresent();
    return (sure || named
            ? BounceForms.findAction(subject + '\n' + head)
                .or(() -> refusal(report))
                .or(() -> denied(mail, subject + '\n' + head, report))
                .or(() -> returned(mail, report, copied))
            : BounceForms.findAction(head))
        .map(action -> classified(mail, fields, action, report, lines.subList(copy, lines.size())))
        .filter(found -> sure || named || isProven(found, copied || isExplained(found, sender)));
  }

  /** A mail system that names a recipient and quotes a refusal reports it, in any language. */
  private static Optional<String> refusal(List<String> report) {
    boolean refused =
        report.stream()
            .filter(line -> line.length() < LONGEST_REFUSAL)
            .anyMatch(line -> REFUSAL.matcher(line).find());
    return refused ? Optional.of("failed") : Optional.empty();
  }

  /** A mail system that names somebody else and says that something did not arrive. */
  private static Optional<String> denied(ParsedMail mail, String words, List<String> report) {
    Set<String> own = ownAddresses(mail);
    boolean names =
        report.stream()
            .filter(line -> line.indexOf('@') > 0)
            .flatMap(line -> ReturnedMail.findAddresses(line).stream())
            .anyMatch(address -> !own.contains(address.toLowerCase(Locale.ROOT)));
    return names && BounceForms.deniesArrival(words) ? Optional.of("failed") : Optional.empty();
  }

  /** A mail system that names a recipient and returns the mail did not deliver it. */
  private static Optional<String> returned(ParsedMail mail, List<String> report, boolean copied) {
    FailedRecipients.Known nobody =
        new FailedRecipients.Known(Set.of(), List.of(), ownAddresses(mail));
    return copied && FailedRecipients.namesOnOwnLine(report, nobody)
        ? Optional.of("failed")
        : Optional.empty();
  }

  /**
   * An empty reverse-path alone is no proof, since some programs forward people's mail with it: a
   * report names a recipient, and quotes an answer or returns the mail.
   */
  /** Older Exchange returns nothing and gives no code, but says plainly why. */
  private static boolean isExplained(Classification report, Sender sender) {
    return sender.soundsLikeMailSystem()
        && report.bounce() != null
        && report.bounce().recipients().stream()
            .anyMatch(one -> one.category() != BounceCategory.OTHER);
  }

  private static boolean isProven(Classification report, boolean copied) {
    List<BouncedRecipient> recipients =
        report.bounce() == null ? List.of() : report.bounce().recipients();
    boolean answered =
        recipients.stream().anyMatch(one -> one.status() != null || one.replyCode() != null);
    return !recipients.isEmpty() && (answered || copied);
  }

  private static boolean mayReport(ParsedMail mail, Fields fields, Sender sender) {
    return sender.isMailSystem()
        || sender.soundsLikeMailSystem()
        || fields.has(FAILED_RECIPIENTS)
        || ReportForm.isDeliveryReport(mail);
  }

  private static Classification classified(
      ParsedMail mail, Fields fields, String action, List<String> report, List<String> copy) {
    ReturnedMail returned = ReturnedMail.of(mail).orElse(ReturnedMail.inText(copy, report));
    FailedRecipients.Known known =
        new FailedRecipients.Known(
            failedRecipients(fields), returned.recipients(), ownAddresses(mail));
    MessageKind kind = DeliveryReports.kindOf(action);
    return Classification.ofReport(
        kind,
        "a mail system reports in words, action " + action,
        new Bounce(
            originalMessageId(mail, returned), FailedRecipients.decide(report, known, action)));
  }

  private static @Nullable RfcMessageId originalMessageId(ParsedMail mail, ReturnedMail returned) {
    RfcMessageId own = ReturnedMail.inReportsOwnHeader(mail);
    return returned.messageId() != null ? returned.messageId() : own;
  }

  private static Set<String> failedRecipients(Fields fields) {
    return fields.all(FAILED_RECIPIENTS).stream()
        .flatMap(field -> ReturnedMail.findAddresses(field).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> ownAddresses(ParsedMail mail) {
    return mail.headers().recipients().stream()
        .map(address -> address.value().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static int startOfCopy(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (BounceForms.startsCopy(lines.get(i).strip().toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    return lines.size();
  }

  /** What the report itself says, without what it quotes. */
  private static String head(List<String> report) {
    StringBuilder head = new StringBuilder();
    for (String line : report) {
      if (head.length() < LONGEST_HEAD && (!line.startsWith(">") || line.startsWith(">>>"))) {
        head.append(line.strip().toLowerCase(Locale.ROOT)).append(' ');
      }
    }
    return head.toString();
  }

  private static String plain(String line) {
    String cut = line.length() > 2_000 ? line.substring(0, 2_000) : line;
    return cut.replace('\u00a0', ' ').replace('\u2019', '\'');
  }
}
