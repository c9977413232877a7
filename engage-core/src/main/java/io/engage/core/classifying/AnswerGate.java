package io.engage.core.classifying;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.ParsedMail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a program may answer what a person seems to have written (RFC 3834 section 2). */
final class AnswerGate {
  /** As Postfix: a mail that passed so many servers goes in circles. */
  private static final int MOST_HOPS = 50;

  private AnswerGate() {}

  static Answerable decide(ParsedMail mail, Fields fields, Sender sender) {
    return noSender(mail)
        .or(() -> reversePath(sender))
        .or(() -> suppressed(fields))
        .or(() -> AutomaticMail.autoSubmitted(fields).map(word -> "Auto-Submitted is not no"))
        .or(() -> BulkMail.evidence(fields))
        .or(() -> program(mail))
        .or(() -> spam(fields))
        .or(() -> circling(fields))
        .map(Answerable::no)
        .orElseGet(Answerable::yes);
  }

  private static Optional<String> noSender(ParsedMail mail) {
    return switch (mail.headers().from().size()) {
      case 0 -> Optional.of("it has no sender");
      case 1 -> Optional.empty();
      default -> Optional.of("it claims several senders");
    };
  }

  private static Optional<String> reversePath(Sender sender) {
    return sender.nullReversePath()
        ? Optional.of("its Return-Path is empty")
        : Optional.of(sender.reversePathLocal())
            .filter(Sender::isProgram)
            .map(local -> "its Return-Path is that of a program");
  }

  private static Optional<String> suppressed(Fields fields) {
    return fields
        .find("x-auto-response-suppress")
        .map(value -> value.toLowerCase(Locale.ROOT))
        .filter(v -> v.contains("all") || v.contains("oof") || v.contains("autoreply"))
        .map(value -> "X-Auto-Response-Suppress asks for no answer");
  }

  private static Optional<String> program(ParsedMail mail) {
    List<NamedAddress> to =
        mail.headers().replyTo().isEmpty() ? mail.headers().from() : mail.headers().replyTo();
    return to.stream()
        .map(named -> named.address().localPart().toLowerCase(Locale.ROOT))
        .filter(Sender::isProgram)
        .findFirst()
        .map(local -> "the address to answer is that of a program");
  }

  private static Optional<String> spam(Fields fields) {
    return fields
        .find("x-spam-flag")
        .filter(value -> value.strip().equalsIgnoreCase("yes"))
        .map(value -> "a server called it spam");
  }

  private static Optional<String> circling(Fields fields) {
    return fields.all("received").size() > MOST_HOPS
        ? Optional.of("it passed more than %d servers".formatted(MOST_HOPS))
        : Optional.empty();
  }
}
