package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Message;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.SmsReport;

/**
 * Where text messages and the reports on them come in. The host mounts its gateway's webhook: it
 * checks the gateway's signature, makes one of these values of the request, calls, and answers 2xx
 * when this returns. When it throws, it answers 5xx, so that the gateway comes again: whatever is
 * repeated, crossed or doubled on the way changes nothing here.
 *
 * <pre>{@code
 * // POST /sms/in, after the signature was checked
 * engage.sms().receive(new InboundSms(id, PhoneNumber.of(from), PhoneNumber.of(to), body, at));
 * // POST /sms/status
 * engage.sms().report(new SmsReport(id, SmsReport.Status.DELIVERED, "", at));
 * }</pre>
 *
 * <p>Thread-safe; any number of nodes may receive at once.
 */
public final class SmsDesk {
  private final TextIntake intake;
  private final TextReports reports;

  SmsDesk(Parts parts) {
    this.intake = new TextIntake(parts);
    this.reports = new TextReports(parts);
  }

  /**
   * Takes a text message in. It joins the open conversation with its number in the inbox of the
   * number that it was sent to, or opens one; STOP, START, HELP and their like change or answer
   * what they ask for by themselves. When this returns, it is committed.
   *
   * @return already so when this text was taken in before; unknown when no inbox has that number
   */
  public Outcome<Message> receive(InboundSms sms) {
    return intake.take(requireNonNull(sms, "sms"));
  }

  /**
   * Takes in what became of a text message of ours. A report that comes before its message was
   * answered for is kept for it; what reached a phone stays so, whatever comes later.
   *
   * @return the message as it is now; already so for a repeat; unknown while nobody knows the
   *     message, and then it is kept
   */
  public Outcome<Message> report(SmsReport report) {
    return reports.take(requireNonNull(report, "report"));
  }
}
