package io.engage.core;

import io.engage.model.address.PhoneNumber;
import io.engage.model.customer.Person;
import io.engage.model.customer.Suppression;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.sms.SmsConsent;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the refusals of people who were erased: their addresses are known no more, and still they
 * are recognised by their pseudonyms.
 */
final class Suppressions {
  private static final String SMS = "sms";
  private static final int MOST_CONSENTS = 1000;

  private final Parts parts;

  Suppressions(Parts parts) {
    this.parts = parts;
  }

  /** Under which it is kept that somebody with this number refused, and was erased since. */
  List<DocumentKey> keysOf(PhoneNumber number) {
    return parts.pseudonyms().allOf(number).stream()
        .map(pseudonym -> Suppression.keyOf(pseudonym, SMS))
        .toList();
  }

  /** The consents to text messages that are kept of a person. */
  List<SmsConsent> consentsOf(Person person) {
    List<SmsConsent> consents = new ArrayList<>();
    person.addresses().stream()
        .filter(PhoneNumber.class::isInstance)
        .forEach(
            number ->
                parts
                    .storage()
                    .documents()
                    .ofOwner(DocumentKey.Kind.SMS_CONSENT, number.value(), "", MOST_CONSENTS)
                    .forEach(each -> consents.add((SmsConsent) each)));
    return consents;
  }

  /**
   * Whether refusals could not be recognised after a restart, because their pseudonyms are made
   * with a key that only this process has.
   */
  boolean wouldBeLost(List<SmsConsent> consents) {
    return !parts.pseudonyms().areLasting() && consents.stream().anyMatch(Suppressions::isRefusal);
  }

  /** What has to be kept of these, when they go. */
  List<Document> leftOf(List<SmsConsent> consents) {
    return consents.stream()
        .filter(Suppressions::isRefusal)
        .map(SmsConsent::theirs)
        .distinct()
        .filter(number -> parts.storage().documents().find(keysOf(number)).isEmpty())
        .<Document>map(
            number ->
                new Suppression(
                    parts.pseudonyms().of(number),
                    SMS,
                    "opted out before the erasure",
                    parts.clock().instant(),
                    0))
        .toList();
  }

  /** Held ones too: nobody will read any more what they wrote. */
  private static boolean isRefusal(SmsConsent consent) {
    return consent.state() == SmsConsent.State.OPTED_OUT || consent.held();
  }
}
