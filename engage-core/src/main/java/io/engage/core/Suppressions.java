package io.engage.core;

import io.engage.model.address.Address;
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
  static final String SMS = "sms";
  private static final int MOST_CONSENTS = 1000;

  private final Parts parts;

  Suppressions(Parts parts) {
    this.parts = parts;
  }

  /** Whether somebody with this address has refused, and was erased since. */
  boolean isSuppressed(Address address, String scope) {
    return !parts
        .storage()
        .documents()
        .find(
            parts.pseudonyms().allOf(address).stream()
                .map(pseudonym -> Suppression.keyOf(pseudonym, scope))
                .toList())
        .isEmpty();
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

  /** What has to be kept of these, when they go. */
  List<Document> leftOf(List<SmsConsent> consents) {
    return consents.stream()
        .filter(each -> each.state() == SmsConsent.State.OPTED_OUT)
        .map(SmsConsent::theirs)
        .distinct()
        .filter(number -> !isSuppressed(number, SMS))
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
}
