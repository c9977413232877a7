package io.engage.core.configuring;

import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.MailAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says in words what about an inbox or an account was changed. */
public final class Differences {
  private static final Map<String, Function<Inbox, @Nullable Object>> OF_INBOXES = ofInboxes();
  private static final Map<String, Function<MailAccount, @Nullable Object>> OF_ACCOUNTS =
      ofAccounts();

  private Differences() {}

  public static List<String> between(Inbox before, Inbox after) {
    return differing(OF_INBOXES, before, after);
  }

  public static List<String> between(MailAccount before, MailAccount after) {
    return differing(OF_ACCOUNTS, before, after);
  }

  private static <T> List<String> differing(
      Map<String, Function<T, @Nullable Object>> fields, T before, T after) {
    return fields.entrySet().stream()
        .filter(
            field -> !Objects.equals(field.getValue().apply(before), field.getValue().apply(after)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, Function<Inbox, @Nullable Object>> ofInboxes() {
    Map<String, Function<Inbox, @Nullable Object>> fields = new LinkedHashMap<>();
    fields.put("name", Inbox::name);
    fields.put("sender", Inbox::sender);
    fields.put("addresses", Inbox::addresses);
    fields.put("account", Inbox::account);
    ofSettings().forEach((name, field) -> fields.put(name, inbox -> field.apply(inbox.settings())));
    return fields;
  }

  private static Map<String, Function<InboxSettings, @Nullable Object>> ofSettings() {
    Map<String, Function<InboxSettings, @Nullable Object>> fields = new LinkedHashMap<>();
    fields.put("enabled", InboxSettings::enabled);
    fields.put("receiving", InboxSettings::receiving);
    fields.put("forwarding address", InboxSettings::forwarding);
    fields.put("members", InboxSettings::members);
    fields.put("schedule", InboxSettings::schedule);
    fields.put("limits", InboxSettings::limits);
    fields.put("service level", InboxSettings::serviceLevel);
    fields.put("signature", InboxSettings::signature);
    fields.put("confirmation", InboxSettings::confirmation);
    fields.put("known contacts only", InboxSettings::knownContactsOnly);
    fields.put("completed answered", InboxSettings::completedAnswered);
    fields.put("rules", InboxSettings::rules);
    fields.put("rating", InboxSettings::rating);
    fields.put("sms", InboxSettings::sms);
    fields.put("former accounts", InboxSettings::formerAccounts);
    fields.put("strategy", InboxSettings::strategy);
    fields.put("region", InboxSettings::region);
    return fields;
  }

  private static Map<String, Function<MailAccount, @Nullable Object>> ofAccounts() {
    Map<String, Function<MailAccount, @Nullable Object>> fields = new LinkedHashMap<>();
    fields.put("user", MailAccount::user);
    fields.put("imap", MailAccount::imap);
    fields.put("smtp", MailAccount::smtp);
    fields.put("folders", MailAccount::folders);
    fields.put("sent copies", MailAccount::sentCopies);
    return fields;
  }
}
