package io.engage.core.classifying;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Mail to many: lists and newsletters (RFC 2919, RFC 2369, and Precedence). */
final class BulkMail {
  private static final List<String> LIST_FIELDS =
      List.of(
          "list-id",
          "list-unsubscribe",
          "list-post",
          "list-help",
          "list-subscribe",
          "list-owner",
          "list-archive",
          "mailing-list",
          "x-mailing-list");
  private static final List<String> DELIVERY_FIELDS =
      List.of("delivered-to", "x-original-to", "envelope-to", "x-envelope-to");
  private static final Set<String> BULK = Set.of("bulk", "list", "junk");

  private BulkMail() {}

  static Optional<Classification> find(ParsedMail mail, Fields fields) {
    return evidence(fields)
        .filter(by -> !isOwnGroup(mail, fields))
        .or(() -> notice(mail))
        .map(by -> Classification.of(MessageKind.BULK, by, Answerable.no("mail to many: " + by)));
  }

  /**
   * A shop's notice to a customer: it starts a thread, and nobody reads what is answered. A form on
   * one's own site looks the same, but comes from the own domain or names the visitor in Reply-To.
   */
  private static Optional<String> notice(ParsedMail mail) {
    List<NamedAddress> from = mail.headers().from();
    boolean refusing =
        !from.isEmpty()
            && mail.headers().inReplyTo().isEmpty()
            && Stream.concat(from.stream(), mail.headers().replyTo().stream())
                .allMatch(named -> Sender.asksForNoReply(named.address()))
            && from.stream().noneMatch(named -> isOwnDomain(mail, named.address().domain()));
    return refusing ? Optional.of("its sender reads no answers") : Optional.empty();
  }

  private static boolean isOwnDomain(ParsedMail mail, String domain) {
    return mail.headers().recipients().stream()
        .anyMatch(to -> isWithin(domain, to.domain()) || isWithin(to.domain(), domain));
  }

  static Optional<String> evidence(Fields fields) {
    for (String name : LIST_FIELDS) {
      if (fields.says(name)) {
        return Optional.of("it has the header field " + name);
      }
    }
    return AutomaticMail.precedence(fields)
        .filter(BULK::contains)
        .map(word -> "its Precedence is " + word);
  }

  static boolean isFromList(Fields fields) {
    return LIST_FIELDS.stream().anyMatch(fields::says);
  }

  /**
   * Whether the list is how this house shares a mailbox: its List-Id lies in the domain that the
   * mail was delivered to, and the sender's does not. What customers write to such an address
   * carries the header of a list.
   */
  private static boolean isOwnGroup(ParsedMail mail, Fields fields) {
    String list = fields.find("list-id").map(BulkMail::listDomain).orElse("");
    return !list.isEmpty()
        && AutomaticMail.precedence(fields).filter(word -> !word.equals("list")).isEmpty()
        && DELIVERY_FIELDS.stream()
            .flatMap(name -> fields.all(name).stream())
            .map(BulkMail::domain)
            .anyMatch(own -> own.indexOf('.') > 0 && isWithin(list, own) && !isFrom(mail, own));
  }

  private static boolean isFrom(ParsedMail mail, String own) {
    return mail.headers().from().stream()
        .map(NamedAddress::address)
        .anyMatch(address -> isWithin(address.domain(), own));
  }

  private static boolean isWithin(String domain, String own) {
    return domain.equals(own) || domain.endsWith("." + own);
  }

  /** {@code Name <hello.shop.example>} (RFC 2919 section 3). */
  private static String listDomain(String field) {
    int open = field.lastIndexOf('<');
    int close = field.indexOf('>', open + 1);
    String id = open >= 0 && close > open ? field.substring(open + 1, close) : field;
    return id.strip().toLowerCase(Locale.ROOT);
  }

  private static String domain(String field) {
    String value = field.strip().toLowerCase(Locale.ROOT);
    int end = value.endsWith(">") ? value.length() - 1 : value.length();
    return value.substring(Math.min(value.lastIndexOf('@') + 1, end), end);
  }
}
