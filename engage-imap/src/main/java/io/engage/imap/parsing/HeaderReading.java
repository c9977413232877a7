package io.engage.imap.parsing;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.HeaderField;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.RfcMessageId;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of a mail, field by field. Of fields that may stand once the first one counts. */
final class HeaderReading {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern FOR_ONE =
      Pattern.compile("\\bfor\\s++<([^<>\\s]{3,320})>", Pattern.CASE_INSENSITIVE);
  private static final int MOST_REFERENCES = 20_000;
  private static final int MOST_IN_REPLY_TO = 100;

  private final Warnings warnings;
  private final List<HeaderField> fields = new ArrayList<>();
  private final Map<String, List<NamedAddress>> addresses = new HashMap<>();
  private final Map<String, String> once = new HashMap<>();
  private final List<EmailAddress> deliveredTo = new ArrayList<>();
  private int fieldsLeft = Bounds.FIELDS;

  HeaderReading(Warnings warnings) {
    this.warnings = warnings;
  }

  void field(String name, String value) {
    keep(name, value);
    String lower = name.toLowerCase(Locale.ROOT);
    switch (lower) {
      case "from", "to", "cc", "bcc", "reply-to" -> addresses(lower, value);
      case "delivered-to", "x-original-to", "envelope-to" -> delivered(value);
      case "received" -> received(value);
      case "subject", "date", "message-id", "in-reply-to", "references", "content-type" ->
          once.putIfAbsent(lower, value);
      default -> {}
    }
  }

  List<HeaderField> fields() {
    return fields;
  }

  /** As it stands there. */
  String contentType() {
    String type = once.getOrDefault("content-type", "");
    return type.isBlank() ? "text/plain" : shortened(type);
  }

  MailHeaders headers() {
    warnings.addIf(!addresses.containsKey("from"), "It has no From field");
    return new MailHeaders(
        addresses("from"),
        addresses("to"),
        addresses("cc"),
        addresses("bcc"),
        addresses("reply-to"),
        deliveredTo,
        subject(),
        date(),
        messageId(),
        inReplyTo(),
        references());
  }

  private void keep(String name, String value) {
    int length = name.length() + value.length();
    if (fieldsLeft < length) {
      warnings.add("The header is too long; not all of its fields are kept");
    }
    if (name.length() <= fieldsLeft) {
      String kept = value.substring(0, Math.min(value.length(), fieldsLeft - name.length()));
      fields.add(new HeaderField(name, kept));
    }
    fieldsLeft = Math.max(0, fieldsLeft - length);
  }

  private void addresses(String name, String value) {
    List<NamedAddress> all = addresses.computeIfAbsent(name, unused -> new ArrayList<>());
    warnings.addIf(
        name.equals("from") && once.putIfAbsent("from", value) != null,
        "It has several From fields");
    all.addAll(AddressList.read(value, Bounds.ADDRESSES - all.size(), warnings));
  }

  private List<NamedAddress> addresses(String name) {
    return addresses.getOrDefault(name, List.of());
  }

  private void delivered(String value) {
    AddressList.read(value, Bounds.ADDRESSES - deliveredTo.size(), warnings).stream()
        .map(NamedAddress::address)
        .forEach(deliveredTo::add);
  }

  /** For whom a server took it, which it says when that is one mailbox (RFC 5321 section 4.4). */
  private void received(String value) {
    if (deliveredTo.size() >= Bounds.ADDRESSES || !mayNameOne(value)) {
      return;
    }
    Matcher taken = FOR_ONE.matcher(value);
    if (taken.find()) {
      EmailAddress.parse(taken.group(1))
          .filter(address -> !deliveredTo.contains(address))
          .ifPresent(deliveredTo::add);
    }
  }

  /** Whether somewhere stands a bracket behind {@code for}; most servers say more than that. */
  private static boolean mayNameOne(String value) {
    for (int i = value.indexOf('<'); i >= 0; i = value.indexOf('<', i + 1)) {
      int end = i;
      while (end > 0 && value.charAt(end - 1) <= ' ') {
        end--;
      }
      if (end < i && value.regionMatches(true, end - 3, "for", 0, 3)) {
        return true;
      }
    }
    return false;
  }

  private String subject() {
    String decoded = EncodedWords.decode(once.getOrDefault("subject", ""));
    String oneLine = hasWideBlanks(decoded) ? BLANKS.matcher(decoded).replaceAll(" ") : decoded;
    return shortened(oneLine.strip());
  }

  /** Whether there is white space that is not a single blank. */
  private static boolean hasWideBlanks(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || (c == ' ' && i + 1 < text.length() && text.charAt(i + 1) == ' ')) {
        return true;
      }
    }
    return false;
  }

  private static String shortened(String text) {
    if (text.length() <= Bounds.SUBJECT) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(Bounds.SUBJECT - 1));
    return text.substring(0, splits ? Bounds.SUBJECT - 1 : Bounds.SUBJECT);
  }

  private @Nullable OffsetDateTime date() {
    String text = once.get("date");
    if (text == null) {
      warnings.add("It has no Date field");
      return null;
    }
    Optional<OffsetDateTime> date = DateReading.read(text);
    warnings.addIf(date.isEmpty(), "Its Date field is no date");
    return date.orElse(null);
  }

  private @Nullable RfcMessageId messageId() {
    String text = once.get("message-id");
    Optional<RfcMessageId> id = text == null ? Optional.empty() : RfcMessageId.parse(text);
    warnings.addIf(id.isEmpty(), "It has no Message-ID that is one");
    return id.orElse(null);
  }

  private List<RfcMessageId> inReplyTo() {
    return RfcMessageId.parseAll(once.getOrDefault("in-reply-to", ""), MOST_IN_REPLY_TO);
  }

  /** The first, which began the thread, and the last ones, which are nearest. */
  private List<RfcMessageId> references() {
    List<RfcMessageId> all =
        RfcMessageId.parseAll(once.getOrDefault("references", ""), MOST_REFERENCES);
    if (all.size() <= Bounds.LAST_REFERENCES + 1) {
      return all;
    }
    warnings.add("It has too many References; those in the middle were left out");
    List<RfcMessageId> kept = new ArrayList<>(List.of(all.get(0)));
    kept.addAll(all.subList(all.size() - Bounds.LAST_REFERENCES, all.size()));
    return kept;
  }
}
