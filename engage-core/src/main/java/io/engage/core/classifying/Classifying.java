package io.engage.core.classifying;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.MailHeaders;
import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.ReportPart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides what kind of mail it is: reports first, because they look like answers; then text
 * messages, automatic answers and mail to many; what is left was written by a person.
 *
 * <p>What a mail says of itself decides. A customer who quotes or forwards a report, or writes
 * about holidays, stays a person.
 */
public final class Classifying {
  private final SmsMails smsMails;

  private Classifying(SmsMails smsMails) {
    this.smsMails = smsMails;
  }

  /**
   * @param gateways whose mails may be text messages; a number in anybody else's mail is only text
   * @param phoneRegion in which numbers without a country code are meant (ISO 3166-1, such as US)
   */
  public static Classifying of(List<SmsGatewaySender> gateways, String phoneRegion) {
    requireNonNull(phoneRegion, "phoneRegion");
    return new Classifying(new SmsMails(gateways, phoneRegion.toUpperCase(Locale.ROOT)));
  }

  /** Where no gateway forwards text messages. */
  public static Classifying withoutSms() {
    return of(List.of(), "ZZ");
  }

  public Classification decide(ParsedMail mail) {
    return decide(mail, any -> Optional.empty());
  }

  /**
   * @param regionOf where the phone numbers of a mail are, when not where those of the others are
   */
  public Classification decide(ParsedMail mail, Function<MailHeaders, Optional<String>> regionOf) {
    Fields fields = Fields.of(mail);
    Sender sender = Sender.of(mail, fields);
    return report(mail, fields, sender)
        .or(() -> smsMails.find(mail, regionOf).map(Classification::ofSms))
        .or(() -> FreeFormBounces.find(mail, fields, sender))
        .or(() -> exchangeReceipt(fields))
        .or(() -> AutomaticMail.find(mail, fields, sender))
        .or(() -> BulkMail.find(mail, fields))
        .orElseGet(() -> person(mail, fields, sender));
  }

  /** What a part for programs says; most mails have none. */
  private static Optional<Classification> report(ParsedMail mail, Fields fields, Sender sender) {
    return mail.reports().isEmpty()
        ? Optional.empty()
        : FeedbackReports.find(mail, fields, sender)
            .map(Classification::ofComplaint)
            .or(() -> DeliveryReports.find(mail, sender))
            .or(() -> disposition(mail, fields, sender))
            .or(() -> calendarReply(mail));
  }

  /** Exchange also sends receipts in words only, and says what they are. */
  private static Optional<Classification> exchangeReceipt(Fields fields) {
    return fields
        .find("content-class")
        .filter(value -> value.strip().toLowerCase(Locale.ROOT).endsWith(":mdn"))
        .map(value -> disposition("its Content-Class is that of a receipt"));
  }

  private static Classification disposition(String by) {
    return Classification.of(
        MessageKind.DISPOSITION, by, Answerable.no("it is a disposition notification"));
  }

  private static Classification person(ParsedMail mail, Fields fields, Sender sender) {
    return Classification.of(
        MessageKind.PERSON,
        "nothing says that a program sent it",
        AnswerGate.decide(mail, fields, sender));
  }

  /** Some programs call it a mixed mail; that a person forwards one looks the same otherwise. */
  private static Optional<Classification> disposition(
      ParsedMail mail, Fields fields, Sender sender) {
    boolean report =
        ReportForm.isReport(mail)
            || sender.nullReversePath()
            || AutomaticMail.autoSubmitted(fields).isPresent();
    return mail.reports().stream()
        .filter(Classifying::isDisposition)
        .filter(part -> report || isAboutSender(part, mail))
        .findFirst()
        .map(part -> disposition("it has a disposition notification (RFC 8098)"));
  }

  /** His own report; whoever forwards one that he got has another's. */
  private static boolean isAboutSender(ReportPart part, ParsedMail mail) {
    Optional<String> recipient = FieldBlock.header(part.text()).find("final-recipient");
    return recipient.isPresent()
        && mail.headers().from().stream()
            .map(from -> from.address().value())
            .anyMatch(
                from ->
                    ReturnedMail.findAddresses(recipient.get()).stream()
                        .anyMatch(from::equalsIgnoreCase));
  }

  private static boolean isDisposition(ReportPart part) {
    return part.contentType().equals("message/disposition-notification")
        || part.contentType().equals("message/global-disposition-notification");
  }

  private static Optional<Classification> calendarReply(ParsedMail mail) {
    return mail.reports().stream()
        .filter(
            part ->
                part.contentType().equals("text/calendar")
                    || part.contentType().equals("application/ics"))
        .filter(part -> CalendarMethod.isReply(part.parameters(), part.text()))
        .findFirst()
        .map(
            part ->
                Classification.of(
                    MessageKind.CALENDAR_REPLY,
                    "it has a calendar object with METHOD:REPLY (RFC 5546)",
                    Answerable.no("it answers an invitation")));
  }
}
