package io.engage.core.consenting;

import io.engage.model.message.Delivery;
import io.engage.model.sms.SmsReport;
import io.engage.model.sms.SmsReport.Status;
import java.util.regex.Pattern;

/**
 * Decides what a report of the gateway makes of a message; reports come late, twice and crossed.
 */
public final class Reporting {
  /** The code under which gateways refuse numbers that have opted out at the carrier. */
  private static final String OPTED_OUT = "21610";

  private static final int LONGEST = 200;

  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9() .-]{5,}[0-9]");

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{0,32}");

  private Reporting() {}

  /** What reached a phone stays there, whatever comes after. */
  public static Delivery decide(Delivery before, SmsReport report) {
    if (before == Delivery.DELIVERED || report.status() == Status.DELIVERED) {
      return Delivery.DELIVERED;
    }
    return Delivery.FAILED;
  }

  /** What a gateway said, fit for the trail: without the number that it may name. */
  public static String withoutNumbers(String reason) {
    String shown = reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
    return NUMBER.matcher(shown).replaceAll("…");
  }

  /**
   * A gateway's code, fit for the trail: a code looks like one, and whatever else may be anything.
   */
  public static String code(String given) {
    String shown = withoutNumbers(given.strip());
    return CODE.matcher(shown).matches() ? shown : "(no code)";
  }

  /** Whether it says that the person wants no texts. */
  public static boolean isOptOut(SmsReport report) {
    return report.status() == Status.OPTED_OUT || isOptOut(report.code());
  }

  public static boolean isOptOut(String code) {
    return code.strip().equals(OPTED_OUT);
  }
}
