package io.engage.core.consenting;

import io.engage.model.customer.Suppression;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsConsent.Evidence;
import io.engage.model.sms.SmsConsent.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Decides how somebody stands who may have refused before they were erased: nothing else is known
 * of them any more, and they want no texts until they begin again themselves.
 */
public final class Standing {
  private static final String BY = "before an erasure";

  private Standing() {}

  /**
   * @param stored what is known of them since
   * @param suppressions that recognise their number
   */
  public static SmsConsent decide(SmsConsent stored, Collection<Suppression> suppressions) {
    Optional<Instant> refused =
        suppressions.stream().map(Suppression::at).max(Comparator.naturalOrder());
    return refused.isEmpty() || hasBegunAgain(stored, refused.get())
        ? stored
        : Hearing.with(
            stored, State.OPTED_OUT, false, new Evidence(refused.get(), State.OPTED_OUT, BY, ""));
  }

  private static boolean hasBegunAgain(SmsConsent stored, Instant refused) {
    return stored.evidence().stream()
        .anyMatch(each -> each.by().equals(Hearing.START) && each.at().isAfter(refused));
  }
}
