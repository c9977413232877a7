package io.engage.core.classifying;

import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.ReportPart;
import io.engage.model.message.RfcMessageId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Delivery status notifications in the form of RFC 3464. */
final class DeliveryReports {
  private static final Set<String> ONCE = Set.of("final-recipient", "original-recipient", "action");
  private static final int MOST_RECIPIENTS = 1_000;
  private static final int LONGEST_EXPLANATION = 4_000;
  private static final Map<String, Integer> SEVERITY =
      Map.of("failed", 4, "delayed", 3, "delivered", 2, "relayed", 1, "expanded", 1);

  private static final Pattern XTEXT = Pattern.compile("\\+([2-7][0-9A-F])");

  private DeliveryReports() {}

  static Optional<Classification> find(ParsedMail mail, Sender sender) {
    if (!ReportForm.isReport(mail) && !sender.isMailSystem()) {
      // Somebody forwards a report that they got: their mail, about a mail of theirs.
      return Optional.empty();
    }
    List<BouncedRecipient> recipients =
        mail.reports().stream()
            .filter(DeliveryReports::isDeliveryStatus)
            .findFirst()
            .map(part -> recipients(part, mail))
            .orElse(List.of());
    return recipients.isEmpty() ? Optional.empty() : Optional.of(classified(mail, recipients));
  }

  private static boolean isDeliveryStatus(ReportPart part) {
    return part.contentType().equals("message/delivery-status")
        || part.contentType().equals("message/global-delivery-status");
  }

  private static Classification classified(ParsedMail mail, List<BouncedRecipient> recipients) {
    String worst =
        recipients.stream()
            .map(BouncedRecipient::action)
            .max((a, b) -> SEVERITY.getOrDefault(a, 0) - SEVERITY.getOrDefault(b, 0))
            .orElse("failed");
    return Classification.ofReport(
        kindOf(worst),
        "it has a delivery status (RFC 3464), action " + worst,
        new Bounce(originalMessageId(mail), recipients));
  }

  static MessageKind kindOf(String action) {
    return switch (action) {
      case "delayed" -> MessageKind.DELAY;
      case "delivered", "relayed", "expanded" -> MessageKind.DELIVERED;
      default -> MessageKind.BOUNCE;
    };
  }

  private static List<BouncedRecipient> recipients(ReportPart part, ParsedMail mail) {
    List<FieldBlock> blocks =
        FieldBlock.parse(part.text(), ONCE).stream()
            .filter(DeliveryReports::namesRecipient)
            .limit(MOST_RECIPIENTS)
            .toList();
    String explained = blocks.size() == 1 ? explanation(mail) : "";
    Map<String, BouncedRecipient> found = new LinkedHashMap<>();
    for (FieldBlock block : blocks) {
      // Some servers report a recipient twice; the first time counts.
      BouncedRecipient recipient = recipient(block, mail, explained);
      found.putIfAbsent(recipient.address().toLowerCase(Locale.ROOT), recipient);
    }
    return List.copyOf(found.values());
  }

  /** What the report tells people, which is about its only recipient then. */
  private static String explanation(ParsedMail mail) {
    return mail.text().substring(0, Math.min(mail.text().length(), LONGEST_EXPLANATION));
  }

  private static boolean namesRecipient(FieldBlock block) {
    return block.has("final-recipient")
        || block.has("original-recipient")
        || (block.has("action") && block.has("status"));
  }

  private static BouncedRecipient recipient(FieldBlock block, ParsedMail mail, String explained) {
    String diagnostic = diagnostic(block);
    BounceReason reason = BounceReason.of(block.find("status").orElse(""), diagnostic, explained);
    String action = action(block, reason.status());
    boolean failed = action.equals("failed");
    return new BouncedRecipient(
        address(block, mail),
        action,
        reason.status(),
        failed ? reason.replyCode() : BounceReason.findAnswerCode(diagnostic),
        diagnostic,
        failed ? reason.category() : softened(action),
        failed && reason.isPermanent());
  }

  private static BounceCategory softened(String action) {
    return action.equals("delayed") ? BounceCategory.TEMPORARY : BounceCategory.OTHER;
  }

  /** Original-Recipient is whom we wrote to; the final one may be where that was forwarded. */
  private static String address(FieldBlock block, ParsedMail mail) {
    return Optional.<String>empty()
        .or(() -> originalRecipient(block))
        .or(() -> block.find("final-recipient").flatMap(DeliveryReports::mailbox))
        .or(() -> block.find("x-actual-recipient").flatMap(DeliveryReports::mailbox))
        .or(() -> onlyRecipient(mail))
        .or(() -> block.find("final-recipient").map(DeliveryReports::withoutType))
        .orElse("");
  }

  /** Some servers leave it in the form in which SMTP carries it (xtext, RFC 3461 section 4). */
  private static Optional<String> originalRecipient(FieldBlock block) {
    Optional<String> original = block.find("original-recipient").flatMap(DeliveryReports::mailbox);
    Optional<String> decoded = original.map(DeliveryReports::decoded);
    return block
        .find("final-recipient")
        .flatMap(DeliveryReports::mailbox)
        .filter(last -> decoded.filter(last::equalsIgnoreCase).isPresent())
        .or(() -> original);
  }

  private static String decoded(String xtext) {
    return XTEXT
        .matcher(xtext)
        .replaceAll(
            hex ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(hex.group(1), 16))));
  }

  private static Optional<String> onlyRecipient(ParsedMail mail) {
    List<String> returned = ReturnedMail.of(mail).recipients();
    return returned.size() == 1 ? Optional.of(returned.get(0)) : Optional.empty();
  }

  private static Optional<String> mailbox(String field) {
    String value = withoutType(field);
    return value.indexOf('@') > 0 ? Optional.of(value) : Optional.empty();
  }

  /** Without {@code rfc822;} and angle brackets. */
  private static String withoutType(String field) {
    String value = field.substring(field.indexOf(';') + 1).strip();
    int open = value.indexOf('<');
    int close = value.indexOf('>', open + 1);
    String inside = open >= 0 && close > open ? value.substring(open + 1, close) : value;
    return inside.replaceAll("[\\s<>\"]", "");
  }

  private static String action(FieldBlock block, @Nullable String status) {
    String written = block.find("action").orElse("").toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < written.length() && Character.isLetter(written.charAt(end))) {
      end++;
    }
    String action = written.substring(0, end);
    if (action.equals("deliverable")) {
      return "delivered";
    }
    return SEVERITY.containsKey(action) ? action : actionOf(status);
  }

  private static String actionOf(@Nullable String status) {
    if (status == null) {
      return "failed";
    }
    return switch (status.charAt(0)) {
      case '2' -> "delivered";
      case '4' -> "delayed";
      default -> "failed";
    };
  }

  private static String diagnostic(FieldBlock block) {
    return block
        .find("diagnostic-code")
        .or(() -> block.find("x-supplementary-info"))
        .or(() -> block.find("x-notes"))
        .map(DeliveryReports::withoutDiagnosticType)
        .orElse("");
  }

  private static String withoutDiagnosticType(String value) {
    int semicolon = value.indexOf(';');
    boolean typed =
        semicolon > 0
            && semicolon < 30
            && value.substring(0, semicolon).strip().chars().allMatch(c -> c > 32 && c < 127);
    return (typed ? value.substring(semicolon + 1) : value).strip();
  }

  private static @Nullable RfcMessageId originalMessageId(ParsedMail mail) {
    RfcMessageId returned = ReturnedMail.of(mail).messageId();
    return returned != null
        ? returned
        : inStatus(mail)
            .or(() -> inExplanation(mail))
            .orElseGet(() -> ReturnedMail.inReportsOwnHeader(mail));
  }

  private static Optional<RfcMessageId> inExplanation(ParsedMail mail) {
    return Optional.ofNullable(ReturnedMail.messageIdLine(explanation(mail).lines().toList()));
  }

  /** Some servers name the mail among the fields about the whole report. */
  private static Optional<RfcMessageId> inStatus(ParsedMail mail) {
    return mail.reports().stream()
        .filter(DeliveryReports::isDeliveryStatus)
        .flatMap(part -> FieldBlock.parse(part.text(), ONCE).stream())
        .flatMap(
            block ->
                block
                    .find("x-original-message-id")
                    .or(() -> block.find("original-message-id"))
                    .stream())
        .flatMap(value -> ReturnedMail.findMessageId(value).stream())
        .findFirst();
  }
}
