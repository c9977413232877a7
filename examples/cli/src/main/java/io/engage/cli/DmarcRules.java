package io.engage.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether a domain says what becomes of mail that only pretends to come from it (DMARC, RFC
 * 7489); that of the domain above counts for one that has none.
 */
final class DmarcRules {
  private static final String WHAT = "dmarc";
  private static final Set<String> POLICIES = Set.of("none", "quarantine", "reject");

  private DmarcRules() {}

  static Verdict decide(String domain, TextRecords dns) throws IOException {
    for (String each = domain;
        each.indexOf('.') > 0;
        each = each.substring(each.indexOf('.') + 1)) {
      List<String> records = records(each, dns);
      if (!records.isEmpty()) {
        return decide(each, records);
      }
    }
    return Verdict.red(
        WHAT,
        ("'%s' has no DMARC record. Publish a TXT record at '_dmarc.%s'; \"v=DMARC1; p=none\" is"
                + " enough to begin with.")
            .formatted(domain, domain));
  }

  private static Verdict decide(String domain, List<String> records) {
    String policy = Tags.parse(records.get(0)).of("p", "").toLowerCase(Locale.ROOT);
    if (records.size() > 1) {
      return Verdict.red(
          WHAT,
          "'_dmarc.%s' has more than one DMARC record, so receivers ignore all. Keep one."
              .formatted(domain));
    }
    return POLICIES.contains(policy)
        ? Verdict.green(WHAT, "'_dmarc.%s' has the policy %s".formatted(domain, policy))
        : Verdict.red(
            WHAT,
            "The DMARC record at '_dmarc.%s' has no p= of none, quarantine or reject."
                .formatted(domain));
  }

  private static List<String> records(String domain, TextRecords dns) throws IOException {
    return dns.of("_dmarc." + domain).stream()
        .filter(text -> text.strip().toLowerCase(Locale.ROOT).startsWith("v=dmarc1"))
        .toList();
  }
}
