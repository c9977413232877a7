package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.mailbox.AccountId;
import io.engage.model.rule.RuleSet;
import io.engage.model.sms.SmsLine;
import io.engage.model.template.TemplateId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything about an inbox beside its name and addresses. {@link #usual()} is where to start.
 *
 * @param enabled whether it works at all; a disabled inbox keeps everything it has
 * @param receiving whether its mail is taken in; one that only sends needs no IMAP server
 * @param forwarding the address to which a mailbox elsewhere forwards; null when it has none
 * @param members who works in it, in order
 * @param signature what closes each mail of its agents; null for none
 * @param confirmation what is answered by itself; null for nothing
 * @param knownContactsOnly whether mail from an address that the directory does not know opens
 *     nothing; it is kept for review
 * @param completedAnswered what a new message in a completed conversation does
 * @param rules what shall happen to messages that arrive
 * @param rating how customers are asked to rate; null when nobody has said how
 * @param sms its SMS number; null when it has none
 * @param formerAccounts mail accounts that it or an inbox that left it its addresses had before;
 *     mail to earlier addresses still arrives in them
 * @param strategy how conversations reach its members by themselves; null when agents take them
 * @param region where its phone numbers without a country code are, two capital letters (ISO
 *     3166-1); null for where those of the program are
 */
public record InboxSettings(
    boolean enabled,
    boolean receiving,
    @Nullable EmailAddress forwarding,
    List<Member> members,
    WeeklySchedule schedule,
    Limits limits,
    ServiceLevel serviceLevel,
    @Nullable TemplateId signature,
    @Nullable Confirmation confirmation,
    boolean knownContactsOnly,
    CompletedAnswered completedAnswered,
    RuleSet rules,
    @Nullable RatingRequest rating,
    @Nullable SmsLine sms,
    Set<AccountId> formerAccounts,
    @Nullable Strategy strategy,
    @Nullable String region) {

  /** What a new message in a completed conversation does. */
  public enum CompletedAnswered {
    REOPENS("reopens"),
    OPENS_ANOTHER("opens-another");

    private final String code;

    CompletedAnswered(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public InboxSettings {
    members = List.copyOf(members);
    requireNonNull(schedule, "schedule");
    requireNonNull(limits, "limits");
    requireNonNull(serviceLevel, "serviceLevel");
    requireNonNull(completedAnswered, "completedAnswered");
    requireNonNull(rules, "rules");
    formerAccounts = Collections.unmodifiableSet(new LinkedHashSet<>(formerAccounts));
    if (region != null && !region.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException(
          "A region is two capital letters such as US, but this is '%s'".formatted(region));
    }
    if (members.stream().map(Member::agent).distinct().count() < members.size()) {
      throw new IllegalArgumentException("An agent is a member of an inbox once");
    }
  }

  /** Enabled, receiving, always open, without members, rules and automatic answers. */
  public static InboxSettings usual() {
    return new InboxSettings(
        true,
        true,
        null,
        List.of(),
        WeeklySchedule.always(ZoneOffset.UTC),
        Limits.USUAL,
        ServiceLevel.USUAL,
        null,
        null,
        false,
        CompletedAnswered.REOPENS,
        RuleSet.none(),
        null,
        null,
        Set.of(),
        null,
        null);
  }

  /** The same, ready to be changed. */
  public Change change() {
    return new Change(this);
  }

  /** Collects changes to settings. */
  public static final class Change {
    private boolean enabled;
    private boolean receiving;
    private @Nullable EmailAddress forwarding;
    private List<Member> members;
    private WeeklySchedule schedule;
    private Limits limits;
    private ServiceLevel serviceLevel;
    private @Nullable TemplateId signature;
    private @Nullable Confirmation confirmation;
    private boolean knownContactsOnly;
    private CompletedAnswered completedAnswered;
    private RuleSet rules;
    private @Nullable RatingRequest rating;
    private @Nullable SmsLine sms;
    private Set<AccountId> formerAccounts;
    private @Nullable Strategy strategy;
    private @Nullable String region;

    private Change(InboxSettings from) {
      enabled = from.enabled;
      receiving = from.receiving;
      forwarding = from.forwarding;
      members = from.members;
      schedule = from.schedule;
      limits = from.limits;
      serviceLevel = from.serviceLevel;
      signature = from.signature;
      confirmation = from.confirmation;
      knownContactsOnly = from.knownContactsOnly;
      completedAnswered = from.completedAnswered;
      rules = from.rules;
      rating = from.rating;
      sms = from.sms;
      formerAccounts = from.formerAccounts;
      strategy = from.strategy;
      region = from.region;
    }

    public Change enabled(boolean value) {
      enabled = value;
      return this;
    }

    public Change receiving(boolean value) {
      receiving = value;
      return this;
    }

    public Change forwarding(@Nullable EmailAddress value) {
      forwarding = value;
      return this;
    }

    public Change members(List<Member> value) {
      members = value;
      return this;
    }

    public Change schedule(WeeklySchedule value) {
      schedule = value;
      return this;
    }

    public Change limits(Limits value) {
      limits = value;
      return this;
    }

    public Change serviceLevel(ServiceLevel value) {
      serviceLevel = value;
      return this;
    }

    public Change signature(@Nullable TemplateId value) {
      signature = value;
      return this;
    }

    public Change confirmation(@Nullable Confirmation value) {
      confirmation = value;
      return this;
    }

    public Change knownContactsOnly(boolean value) {
      knownContactsOnly = value;
      return this;
    }

    public Change completedAnswered(CompletedAnswered value) {
      completedAnswered = value;
      return this;
    }

    public Change rules(RuleSet value) {
      rules = value;
      return this;
    }

    public Change rating(@Nullable RatingRequest value) {
      rating = value;
      return this;
    }

    public Change sms(@Nullable SmsLine value) {
      sms = value;
      return this;
    }

    public Change formerAccounts(Set<AccountId> value) {
      formerAccounts = value;
      return this;
    }

    public Change strategy(@Nullable Strategy value) {
      strategy = value;
      return this;
    }

    public Change region(@Nullable String value) {
      region = value;
      return this;
    }

    public InboxSettings build() {
      return new InboxSettings(
          enabled,
          receiving,
          forwarding,
          members,
          schedule,
          limits,
          serviceLevel,
          signature,
          confirmation,
          knownContactsOnly,
          completedAnswered,
          rules,
          rating,
          sms,
          formerAccounts,
          strategy,
          region);
    }
  }
}
