package io.engage.core.classifying;

import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Delivery reports written for people: older Exim, qmail, sendmail, Exchange, Domino, providers. A
 * mail system must have sent them; a person's mail that quotes one stays a person's.
 */
final class FreeFormBounces {
  private static final int MOST_LINES = 4_000;
  private static final int LONGEST_HEAD = 6_000;

  private FreeFormBounces() {}

  static Optional<Classification> find(ParsedMail mail, Sender sender) {
    if (!mayReport(mail, sender)) {
      return Optional.empty();
    }
    List<String> lines = mail.text().lines().limit(MOST_LINES).map(FreeFormBounces::plain).toList();
    int copy = startOfCopy(lines);
    List<String> report = lines.subList(0, copy);
    String head = head(report);
    String subject = mail.headers().subject().toLowerCase(Locale.ROOT);
    return BounceForms.findAction(subject + '\n' + head)
        .filter(action -> sender.isMailSystemAddress() || isReport(mail) || saysSo(head, mail))
        .map(action -> classified(mail, action, report, lines.subList(copy, lines.size())))
        .filter(found -> sender.isMailSystemAddress() || isReport(mail) || namesSomebody(found));
  }

  /** An empty reverse-path alone is no proof: some programs forward people's mail with it. */
  private static boolean saysSo(String head, ParsedMail mail) {
    return !failedRecipients(mail).isEmpty() || BounceForms.findAction(head).isPresent();
  }

  private static boolean namesSomebody(Classification report) {
    return report.bounce() != null && !report.bounce().recipients().isEmpty();
  }

  private static boolean mayReport(ParsedMail mail, Sender sender) {
    return sender.isMailSystem() || isReport(mail) || !failedRecipients(mail).isEmpty();
  }

  private static boolean isReport(ParsedMail mail) {
    String type = mail.contentType().toLowerCase(Locale.ROOT);
    return type.startsWith("multipart/report") && type.contains("delivery-status");
  }

  private static Classification classified(
      ParsedMail mail, String action, List<String> report, List<String> copy) {
    ReturnedMail returned = ReturnedMail.of(mail).orElse(ReturnedMail.inText(copy, report));
    FailedRecipients.Known known =
        new FailedRecipients.Known(
            failedRecipients(mail), returned.recipients(), ownAddresses(mail));
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

  private static Set<String> failedRecipients(ParsedMail mail) {
    return mail.allFields("X-Failed-Recipients").stream()
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
