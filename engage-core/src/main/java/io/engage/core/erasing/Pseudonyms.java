package io.engage.core.erasing;

import io.engage.core.signing.SigningKeys;
import io.engage.model.address.Address;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.message.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Makes names for people of whom nothing may be known any more: 128 bits of an HMAC-SHA-256 over
 * what they were called. Whoever has the key and an address can tell that the two belong together;
 * nobody else can, and nobody can turn one into the other.
 */
public final class Pseudonyms {
  private static final String PERSON = "person";
  private static final String CONTENT = "content";

  private final SigningKeys keys;
  private final boolean lasting;

  /**
   * @param keys the first one names, all of them recognise
   * @param lasting whether they are the host's, so that they survive this process
   */
  public Pseudonyms(SigningKeys keys, boolean lasting) {
    this.keys = keys;
    this.lasting = lasting;
  }

  /** Whether what is named now is still recognised after a restart. */
  public boolean areLasting() {
    return lasting;
  }

  /** The name of a person, the same each time that they are named in the same way. */
  public String of(Person person) {
    return person.customers().stream()
        .map(CustomerId::value)
        .sorted()
        .findFirst()
        .map(customer -> name(customerForm(customer)))
        .orElseGet(
            () ->
                of(
                    person.addresses().stream()
                        .min((one, other) -> one.value().compareTo(other.value()))
                        .orElseThrow()));
  }

  public String of(CustomerId customer) {
    return name(customerForm(customer.value()));
  }

  /** The names that a customer may have been given, under earlier keys too. */
  public List<String> allOf(CustomerId customer) {
    return allOf(customerForm(customer.value()));
  }

  public String of(Address address) {
    return name(form(address));
  }

  /** The names that an address may have been given, under earlier keys too. */
  public List<String> allOf(Address address) {
    return allOf(form(address));
  }

  private List<String> allOf(String form) {
    return keys.signatures(PERSON, bytes(form)).stream().map(Pseudonyms::named).toList();
  }

  private static String customerForm(String customer) {
    return "customer\n" + customer;
  }

  /** Stands for bytes that are so few that their plain digest would give them away. */
  public ContentDigest of(ContentDigest digest) {
    byte[] once = keys.sign(CONTENT, bytes(digest.value()));
    byte[] again = keys.sign(CONTENT, once);
    return ContentDigest.of(HexFormat.of().formatHex(once) + HexFormat.of().formatHex(again));
  }

  private static String form(Address address) {
    return "address\n" + address.value().toLowerCase(Locale.ROOT);
  }

  private String name(String what) {
    return named(keys.sign(PERSON, bytes(what)));
  }

  private static String named(byte[] signature) {
    return "p-" + HexFormat.of().formatHex(signature);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
