package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.template.TemplateId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign sends, when, and how fast.
 *
 * @param subject with fields {@code ${name}}; a list may have one of its own
 * @param template of a row that brings no message; null when such a row is sent empty
 * @param unsubscribeHtml what follows each mail, with {@code <a id="unsubscribe_link">Text</a>}
 *     where the link goes; null when only the header fields carry it
 * @param event that every recipient is invited to; null when none
 * @param pace how fast at most
 * @param windows when it may send; null at any time
 * @param missed what becomes of those whose window closed before their turn
 * @param until nothing is sent at or after this moment; null when it has no end
 * @param doubt what becomes of those of whom nobody knows whether they got it
 * @param duplicates what becomes of an address that stands in several rows
 * @param countsOpens whether mails carry a picture that tells when they are opened
 */
public record CampaignPlan(
    String subject,
    @Nullable TemplateId template,
    @Nullable String unsubscribeHtml,
    @Nullable EventTemplate event,
    Pace pace,
    @Nullable WeeklySchedule windows,
    Missed missed,
    @Nullable Instant until,
    Doubt doubt,
    Duplicates duplicates,
    boolean countsOpens) {

  /** What becomes of a recipient of whom nobody knows whether the server took their mail. */
  public enum Doubt {
    /** They stay in doubt until a report, an answer or an agent settles it. */
    NEVER_TWICE("never-twice"),
    /** They are sent to again, under the same Message-ID. */
    NEVER_MISS("never-miss");

    private final String code;

    Doubt(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  /** What becomes of an address that stands in several rows of a campaign. */
  public enum Duplicates {
    /** Each row is sent. */
    SEND_EACH("send-each"),
    /** The row that was imported first is sent, the others have failed. */
    SEND_FIRST("send-first");

    private final String code;

    Duplicates(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  /** What becomes of those who were not reached when a window closes. */
  public enum Missed {
    /** They are sent to in the next window. */
    NEXT_WINDOW("next-window"),
    /** What was due in a window that closed has failed: the news would be old. */
    EXPIRE("expire");

    private final String code;

    Missed(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public CampaignPlan {
    requireNonNull(subject, "subject");
    requireNonNull(pace, "pace");
    requireNonNull(missed, "missed");
    requireNonNull(doubt, "doubt");
    requireNonNull(duplicates, "duplicates");
  }

  /** A subject, at any time, as fast as it goes, nobody twice. */
  public static CampaignPlan of(String subject) {
    return new CampaignPlan(
        subject,
        null,
        null,
        null,
        Pace.UNLIMITED,
        null,
        Missed.NEXT_WINDOW,
        null,
        Doubt.NEVER_TWICE,
        Duplicates.SEND_EACH,
        false);
  }

  public CampaignPlan withSubject(String newSubject) {
    return new CampaignPlan(
        newSubject,
        template,
        unsubscribeHtml,
        event,
        pace,
        windows,
        missed,
        until,
        doubt,
        duplicates,
        countsOpens);
  }

  public CampaignPlan withTemplate(@Nullable TemplateId newTemplate) {
    return new CampaignPlan(
        subject,
        newTemplate,
        unsubscribeHtml,
        event,
        pace,
        windows,
        missed,
        until,
        doubt,
        duplicates,
        countsOpens);
  }

  public CampaignPlan withUnsubscribeHtml(@Nullable String html) {
    return new CampaignPlan(
        subject,
        template,
        html,
        event,
        pace,
        windows,
        missed,
        until,
        doubt,
        duplicates,
        countsOpens);
  }

  public CampaignPlan withEvent(@Nullable EventTemplate newEvent) {
    return new CampaignPlan(
        subject,
        template,
        unsubscribeHtml,
        newEvent,
        pace,
        windows,
        missed,
        until,
        doubt,
        duplicates,
        countsOpens);
  }

  public CampaignPlan withPace(Pace newPace) {
    return new CampaignPlan(
        subject,
        template,
        unsubscribeHtml,
        event,
        newPace,
        windows,
        missed,
        until,
        doubt,
        duplicates,
        countsOpens);
  }

  public CampaignPlan withWindows(@Nullable WeeklySchedule newWindows, Missed whenMissed) {
    return new CampaignPlan(
        subject,
        template,
        unsubscribeHtml,
        event,
        pace,
        newWindows,
        whenMissed,
        until,
        doubt,
        duplicates,
        countsOpens);
  }

  public CampaignPlan withUntil(@Nullable Instant end) {
    return new CampaignPlan(
        subject,
        template,
        unsubscribeHtml,
        event,
        pace,
        windows,
        missed,
        end,
        doubt,
        duplicates,
        countsOpens);
  }

  public CampaignPlan withDoubt(Doubt newDoubt) {
    return new CampaignPlan(
        subject,
        template,
        unsubscribeHtml,
        event,
        pace,
        windows,
        missed,
        until,
        newDoubt,
        duplicates,
        countsOpens);
  }

  public CampaignPlan withDuplicates(Duplicates newDuplicates) {
    return new CampaignPlan(
        subject,
        template,
        unsubscribeHtml,
        event,
        pace,
        windows,
        missed,
        until,
        doubt,
        newDuplicates,
        countsOpens);
  }

  public CampaignPlan withOpensCounted(boolean counted) {
    return new CampaignPlan(
        subject,
        template,
        unsubscribeHtml,
        event,
        pace,
        windows,
        missed,
        until,
        doubt,
        duplicates,
        counted);
  }

  /** Customer-facing words stay out of logs. */
  @Override
  public String toString() {
    return "CampaignPlan[%s, %s]".formatted(doubt.code(), duplicates.code());
  }
}
