package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.template.TemplateId;
import java.time.Instant;
import java.util.function.Consumer;
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
    return with(plan -> plan.subject = newSubject);
  }

  public CampaignPlan withTemplate(@Nullable TemplateId newTemplate) {
    return with(plan -> plan.template = newTemplate);
  }

  public CampaignPlan withUnsubscribeHtml(@Nullable String html) {
    return with(plan -> plan.unsubscribeHtml = html);
  }

  public CampaignPlan withEvent(@Nullable EventTemplate newEvent) {
    return with(plan -> plan.event = newEvent);
  }

  public CampaignPlan withPace(Pace newPace) {
    return with(plan -> plan.pace = newPace);
  }

  public CampaignPlan withWindows(@Nullable WeeklySchedule newWindows, Missed whenMissed) {
    return with(
        plan -> {
          plan.windows = newWindows;
          plan.missed = whenMissed;
        });
  }

  public CampaignPlan withUntil(@Nullable Instant end) {
    return with(plan -> plan.until = end);
  }

  public CampaignPlan withDoubt(Doubt newDoubt) {
    return with(plan -> plan.doubt = newDoubt);
  }

  public CampaignPlan withDuplicates(Duplicates newDuplicates) {
    return with(plan -> plan.duplicates = newDuplicates);
  }

  public CampaignPlan withOpensCounted(boolean counted) {
    return with(plan -> plan.countsOpens = counted);
  }

  private CampaignPlan with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.plan();
  }

  /** A plan that is being changed. */
  private static final class Parts {
    private String subject;
    private @Nullable TemplateId template;
    private @Nullable String unsubscribeHtml;
    private @Nullable EventTemplate event;
    private Pace pace;
    private @Nullable WeeklySchedule windows;
    private Missed missed;
    private @Nullable Instant until;
    private Doubt doubt;
    private Duplicates duplicates;
    private boolean countsOpens;

    Parts(CampaignPlan plan) {
      this.subject = plan.subject;
      this.template = plan.template;
      this.unsubscribeHtml = plan.unsubscribeHtml;
      this.event = plan.event;
      this.pace = plan.pace;
      this.windows = plan.windows;
      this.missed = plan.missed;
      this.until = plan.until;
      this.doubt = plan.doubt;
      this.duplicates = plan.duplicates;
      this.countsOpens = plan.countsOpens;
    }

    CampaignPlan plan() {
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
          countsOpens);
    }
  }

  /** Customer-facing words stay out of logs. */
  @Override
  public String toString() {
    return "CampaignPlan[%s, %s]".formatted(doubt.code(), duplicates.code());
  }
}
