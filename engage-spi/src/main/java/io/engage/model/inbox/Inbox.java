package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.mailbox.AccountId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A shared inbox: the addresses that customers write to, and the account through which their mail
 * comes and goes.
 *
 * @param name as agents know it
 * @param sender whom customers see in From
 * @param addresses every address that ever belonged to it, so that old mail still finds it; the
 *     sender's is always among them
 * @param account several inboxes may share one
 * @param settings everything else about it
 * @param version how often it was stored: 0 before the first time
 */
public record Inbox(
    InboxId id,
    String name,
    NamedAddress sender,
    Set<EmailAddress> addresses,
    AccountId account,
    InboxSettings settings,
    long version) {
  public Inbox {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(sender, "sender");
    requireNonNull(account, "account");
    requireNonNull(settings, "settings");
    if (name.isBlank()) {
      throw new IllegalArgumentException("Inbox '%s' needs a name".formatted(id.value()));
    }
    Set<EmailAddress> all = new LinkedHashSet<>();
    all.add(sender.address());
    all.addAll(addresses);
    EmailAddress forwarding = settings.forwarding();
    if (forwarding != null) {
      all.add(forwarding);
    }
    addresses = Collections.unmodifiableSet(all);
  }

  /** An inbox with one address. */
  public static Inbox of(String id, String name, String address, AccountId account) {
    return new Inbox(
        InboxId.of(id),
        name,
        NamedAddress.of(name, address),
        Set.of(),
        account,
        InboxSettings.usual(),
        0);
  }

  /**
   * Whether mail to {@code address} is mail to this inbox. Our own servers know no case, and
   * deliver {@code shop+detail} to {@code shop} (RFC 5233).
   */
  public boolean owns(EmailAddress address) {
    String wanted = withoutDetail(address);
    for (EmailAddress own : addresses) {
      if (withoutDetail(own).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String withoutDetail(EmailAddress address) {
    String local = address.localPart().toLowerCase(Locale.ROOT);
    int plus = local.indexOf('+');
    return (plus > 0 ? local.substring(0, plus) : local) + '@' + address.domain();
  }

  public Inbox withSettings(InboxSettings newSettings) {
    return new Inbox(id, name, sender, addresses, account, newSettings, version);
  }

  /** As it is after one more commit; for stores. */
  public Inbox withVersion(long newVersion) {
    return new Inbox(id, name, sender, addresses, account, settings, newVersion);
  }
}
