package io.engage.core.consenting;

import io.engage.model.message.Delivery;
import io.engage.model.sms.SmsReport;
import io.engage.model.sms.SmsReport.Status;

/**
 * Decides what a report of the gateway makes of a message; reports come late, twice and crossed.
 */
public final class Reporting {
  /** The code under which gateways refuse numbers that have opted out at the carrier. */
  private static final String OPTED_OUT = "21610";

  private Reporting() {}

  /** What reached a phone stays there, whatever comes after. */
  public static Delivery decide(Delivery before, SmsReport report) {
    if (before == Delivery.DELIVERED || report.status() == Status.DELIVERED) {
      return Delivery.DELIVERED;
    }
    return Delivery.FAILED;
  }

  /** Whether it says that the person wants no texts. */
  public static boolean isOptOut(SmsReport report) {
    return report.status() == Status.OPTED_OUT || isOptOut(report.code());
  }

  public static boolean isOptOut(String code) {
    return code.strip().equals(OPTED_OUT);
  }
}
