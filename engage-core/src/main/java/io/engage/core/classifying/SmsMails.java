package io.engage.core.classifying;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.message.HeaderField;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.ParsedMail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text messages that a gateway forwards as mails (SY-8): the number stands in a header field, in
 * the sender's address or name, in the subject, or beside a label in the text. Only what a trusted
 * gateway sends is read so.
 */
final class SmsMails {
  private static final Pattern NUMBER = Pattern.compile("\\+?\\(?[0-9][0-9 ().\\-/]{5,22}[0-9]");
  private static final Pattern ONLY_NUMBER =
      Pattern.compile("(?:sms|text|tel|from|00)?[.:_-]?(\\+?[0-9(][0-9 ().\\-]{5,22})");
  private static final Pattern LABEL =
      Pattern.compile("\\s*+[*_]{0,2}+([\\p{L} .'-]{2,30}?)[*_]{0,2}\\s?[:：]\\s?(.{0,2000})");
  private static final List<String> NUMBER_LABELS =
      List.of(
          "sender",
          "from",
          "number",
          "phone",
          "phone number",
          "mobile",
          "mobile number",
          "from number",
          "sms from",
          "message from",
          "text from",
          "caller",
          "originator",
          "absender",
          "von",
          "rufnummer",
          "nummer",
          "mittente",
          "numero",
          "da",
          "de",
          "expéditeur",
          "numéro",
          "remitente",
          "número",
          "remetente",
          "afzender",
          "van",
          "telefon",
          "telefono",
          "teléfono",
          "telefone",
          "téléphone",
          "sender number",
          "source");
  private static final List<String> TEXT_LABELS =
      List.of(
          "body",
          "message",
          "text",
          "sms",
          "content",
          "sms text",
          "message text",
          "message body",
          "reply",
          "nachricht",
          "messaggio",
          "testo",
          "mensaje",
          "texto",
          "texte",
          "mensagem",
          "bericht",
          "tekst",
          "contenu",
          "contenido");
  private static final List<String> END_LABELS =
      List.of(
          "original message",
          "original",
          "originalnachricht",
          "in reply to",
          "received",
          "received at",
          "date",
          "time",
          "sent",
          "to",
          "recipient",
          "message id",
          "timestamp",
          "datum",
          "data",
          "fecha",
          "an",
          "a",
          "para",
          "subject",
          "sent at",
          "messaggio originale",
          "mensaje original",
          "message original",
          "message d'origine");

  /** With these a gateway begins to speak for itself. */
  private static final List<String> FOOTERS =
      List.of(
          "your account <",
          "to respond to this text message",
          "to reply to this text message",
          "to reply to this message",
          "reply to this email to",
          "this email was sent to you because",
          "this message was sent to you by",
          "this mobile text message",
          "to stop receiving",
          "powered by ");

  private final List<SmsGatewaySender> gateways;
  private final String region;

  SmsMails(List<SmsGatewaySender> gateways, String region) {
    this.gateways = List.copyOf(gateways);
    this.region = region;
  }

  /**
   * @param regionOf where the numbers of a mail are, when not where those of the others are; asked
   *     only for what a gateway sent
   */
  Optional<SmsText> find(ParsedMail mail, Function<MailHeaders, Optional<String>> regionOf) {
    return isFromGateway(mail)
        ? number(mail, regionOf.apply(mail.headers()).orElse(region))
            .map(number -> new SmsText(number, text(mail)))
        : Optional.empty();
  }

  /** Exactly one sender, and he is trusted: a second From is how a stranger borrows trust. */
  private boolean isFromGateway(ParsedMail mail) {
    List<NamedAddress> from = mail.headers().from();
    return from.size() == 1
        && mail.allFields("From").size() <= 1
        && gateways.stream().anyMatch(gateway -> gateway.isSenderOf(from.get(0).address()));
  }

  private Optional<PhoneNumber> number(ParsedMail mail, String region) {
    NamedAddress from = mail.headers().from().get(0);
    return Stream.of(
            mail.fields().stream()
                .filter(SmsMails::holdsNumber)
                .map(HeaderField::value)
                .flatMap(value -> whole(value).stream()),
            whole(from.address().localPart()).stream(),
            whole(from.name()).stream(),
            mail.headers().replyTo().stream()
                .filter(reply -> gateways.stream().anyMatch(g -> g.isSenderOf(reply.address())))
                .flatMap(reply -> whole(reply.address().localPart()).stream()),
            within(mail.headers().subject()).stream(),
            labelled(mail.text()))
        .flatMap(found -> found)
        .flatMap(candidate -> parsed(candidate, region).stream())
        .findFirst();
  }

  /** Such as X-SMS-From, X-DIDHub-From, X-Originator-Number. */
  private static boolean holdsNumber(HeaderField field) {
    String name = field.name().toLowerCase(Locale.ROOT);
    return name.startsWith("x-")
        && !name.contains("envelope")
        && (name.endsWith("-from") || name.endsWith("-number") || name.endsWith("-sender"));
  }

  private static Optional<String> whole(String text) {
    Matcher matcher = ONLY_NUMBER.matcher(text.strip().toLowerCase(Locale.ROOT));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<String> within(String text) {
    Matcher matcher = NUMBER.matcher(text.length() > 500 ? text.substring(0, 500) : text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static Stream<String> labelled(String text) {
    return text.lines()
        .limit(40)
        .map(LABEL::matcher)
        .filter(Matcher::matches)
        .filter(label -> NUMBER_LABELS.contains(label.group(1).strip().toLowerCase(Locale.ROOT)))
        .flatMap(label -> within(label.group(2)).stream());
  }

  private static Optional<PhoneNumber> parsed(String candidate, String region) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    return Stream.of(candidate, "+" + candidate)
        .filter(text -> !text.startsWith("++"))
        .flatMap(text -> parsed(text, numbers, region).stream())
        .findFirst();
  }

  /** Gateways often leave out the plus, so a number that is none here is tried with it. */
  private static Optional<PhoneNumber> parsed(String text, PhoneNumberUtil numbers, String region) {
    try {
      var number = numbers.parse(text, region);
      return numbers.isPossibleNumber(number)
          ? Optional.of(
              PhoneNumber.of(numbers.format(number, PhoneNumberUtil.PhoneNumberFormat.E164)))
          : Optional.empty();
    } catch (NumberParseException | IllegalArgumentException notANumber) {
      return Optional.empty();
    }
  }

  /**
   * What stands after the label for the text, to the next label; else all but labels and footer.
   */
  private static String text(ParsedMail mail) {
    List<String> lines = mail.text().lines().limit(2_000).toList();
    List<String> found = new ArrayList<>();
    boolean within = false;
    boolean labelled = lines.stream().anyMatch(line -> isLabel(line, TEXT_LABELS));
    for (String line : lines) {
      if (line.equals("-- ") || line.equals("--") || (isEnd(line) && (within || !labelled))) {
        break;
      }
      if (isLabel(line, TEXT_LABELS) && !within) {
        within = true;
        found.add(afterLabel(line));
      } else if (within || (!labelled && !isLabel(line, NUMBER_LABELS) && !isLogo(line))) {
        found.add(line);
      }
    }
    return String.join("\n", found).strip();
  }

  /** A picture that links home: what is left of it in plain text. */
  private static boolean isLogo(String line) {
    String word = line.strip();
    return word.startsWith("<http") && word.endsWith(">") && word.indexOf(' ') < 0;
  }

  private static boolean isEnd(String line) {
    String dashes = line.strip();
    return isLabel(line, END_LABELS)
        || dashes.startsWith("-----")
        || dashes.startsWith("_____")
        || FOOTERS.stream()
            .anyMatch(words -> dashes.regionMatches(true, 0, words, 0, words.length()));
  }

  private static boolean isLabel(String line, List<String> labels) {
    Matcher matcher = LABEL.matcher(line.length() > 2_000 ? line.substring(0, 2_000) : line);
    return matcher.matches() && labels.contains(matcher.group(1).strip().toLowerCase(Locale.ROOT));
  }

  private static String afterLabel(String line) {
    return line.substring(line.indexOf(line.indexOf(':') >= 0 ? ':' : '：') + 1).strip();
  }
}
