package io.engage.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Decides whether a domain has a key by which its signatures are checked (DKIM, RFC 6376). */
final class DkimRules {
  private static final String WHAT = "dkim";

  /** Gmail ignores signatures by shorter ones, and so does RFC 8301. */
  private static final int FEWEST_BITS = 1024;

  private DkimRules() {}

  static Verdict decide(String domain, String selector, TextRecords dns) throws IOException {
    String name = selector + "._domainkey." + domain;
    List<String> records = dns.of(name);
    if (records.isEmpty()) {
      return Verdict.red(
          WHAT,
          ("There is no DKIM key at '%s'. Turn on DKIM where your mail is sent, and publish the key"
                  + " that is shown there.")
              .formatted(name));
    }
    return records.size() > 1
        ? Verdict.red(WHAT, "'%s' has more than one record. Leave the key alone.".formatted(name))
        : decide(name, Tags.parse(records.get(0)));
  }

  private static Verdict decide(String name, Tags tags) {
    String kind = tags.of("k", "rsa").toLowerCase(Locale.ROOT);
    String key = tags.of("p", "").replaceAll("\\s", "");
    OptionalInt bits = kind.equals("rsa") ? bits(key) : OptionalInt.empty();
    if (!tags.of("v", "DKIM1").equals("DKIM1")) {
      return Verdict.red(WHAT, "The record at '%s' is no DKIM key.".formatted(name));
    }
    if (key.isEmpty()) {
      return Verdict.red(
          WHAT, "The DKIM key at '%s' has been withdrawn: p= is empty.".formatted(name));
    }
    if (!kind.equals("rsa")) {
      return Verdict.red(
          WHAT,
          "The DKIM key at '%s' is not of the kind rsa, which is what all receivers can check."
              .formatted(name));
    }
    if (bits.isEmpty()) {
      return Verdict.red(
          WHAT,
          "The DKIM key at '%s' cannot be read. See that it was copied whole.".formatted(name));
    }
    if (tags.of("t", "").contains("y")) {
      return Verdict.red(
          WHAT, "The DKIM key at '%s' says t=y: it is being tried out.".formatted(name));
    }
    return bits.getAsInt() < FEWEST_BITS
        ? Verdict.red(
            WHAT,
            "The DKIM key at '%s' has %d bits, but receivers want at least %d; 2048 are usual."
                .formatted(name, bits.getAsInt(), FEWEST_BITS))
        : Verdict.green(WHAT, "'%s' has a key of %d bits".formatted(name, bits.getAsInt()));
  }

  private static OptionalInt bits(String key) {
    try {
      byte[] encoded = Base64.getDecoder().decode(key);
      RSAPublicKey read =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
      return OptionalInt.of(read.getModulus().bitLength());
    } catch (IllegalArgumentException | GeneralSecurityException unreadable) {
      return OptionalInt.empty();
    }
  }
}
