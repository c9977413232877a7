package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.configuring.RuleDepth;
import io.engage.core.receiving.Questionable;
import io.engage.core.routing.InboxRouting;
import io.engage.core.ruling.Ruled;
import io.engage.core.ruling.RuledMessage;
import io.engage.core.ruling.Ruling;
import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Blob;
import io.engage.model.message.Channel;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.TrustLevel;
import io.engage.model.rule.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where rules are tried on past mail before they go live. Nothing is changed by it.
 *
 * <p>It shows what the rules alone would do, as they stand and as they are meant to be. Whether a
 * message belonged to a conversation then, which keeps it there, is not asked again.
 */
public final class RulesDesk {
  private static final Logger LOG = LoggerFactory.getLogger(RulesDesk.class);
  private static final int LONGEST_TEXT = 1_000_000;

  private final Parts parts;
  private final Permitting permitting;
  private final MailReader reader;

  RulesDesk(Agent agent, Parts parts) {
    this.parts = parts;
    this.reader = parts.reader().in(new Regions(parts.storage().inboxes()));
    this.permitting = new Permitting(agent, parts);
  }

  /**
   * A message that came.
   *
   * @param message which one; null for a mail that opened nothing
   * @param held which one; null for a message
   * @param at when it came, UTC
   * @param before what the inbox's rules make of it as they stand
   * @param after what the tried rules make of it
   */
  public record Replayed(
      @Nullable MessageId message, @Nullable HeldMail held, Instant at, Ruled before, Ruled after) {

    /** Whether it would fare otherwise. */
    public boolean differs() {
      return !before.hasSameEffectAs(after);
    }
  }

  /**
   * A piece of a replay.
   *
   * @param messages in no particular order; there may be none though more follow
   * @param unreadable messages whose bytes could not be read
   * @param next where the rest begins; null at the end
   */
  public record Replay(List<Replayed> messages, int unreadable, Page.@Nullable Mark next) {
    public Replay {
      messages = List.copyOf(messages);
    }

    /** Those that would fare otherwise. */
    public List<Replayed> differences() {
      return messages.stream().filter(Replayed::differs).toList();
    }
  }

  /**
   * Tries rules on the messages that were sent to an inbox, wherever they are now.
   *
   * @param from only what came then or later
   * @param until only what came before
   * @param page of conversations; the messages of so many are looked at
   */
  public Outcome<Replay> replay(
      InboxId inbox, RuleSet rules, Instant from, Instant until, Page.Request page) {
    requireNonNull(rules, "rules");
    requireNonNull(from, "from");
    requireNonNull(until, "until");
    return permitting.onInbox(
        AgentAction.CONFIGURE,
        inbox,
        found -> tried(rules, () -> replay(new Trial(found, rules), from, until, page)));
  }

  /**
   * Tries rules on the mails that opened nothing in an inbox, newest first.
   *
   * @param after the key of the last one of the page before; the empty text for the first page
   * @return no {@link Replay#next}: the keys of the mails lead on, and none means the end
   */
  public Outcome<Replay> replayHeld(InboxId inbox, RuleSet rules, String after, int limit) {
    requireNonNull(rules, "rules");
    return permitting.onInbox(
        AgentAction.CONFIGURE,
        inbox,
        found -> tried(rules, () -> replayHeld(new Trial(found, rules), after, limit)));
  }

  private static Outcome<Replay> tried(RuleSet rules, Supplier<Replay> replay) {
    return RuleDepth.refusal(rules)
        .<Outcome<Replay>>map(Outcome.Refused::new)
        .orElseGet(() -> new Outcome.Done<>(replay.get()));
  }

  private Replay replay(Trial trial, Instant from, Instant until, Page.Request page) {
    List<Inbox> inboxes =
        parts.storage().inboxes().inboxes().stream()
            .filter(each -> each.account().equals(trial.inbox.account()))
            .toList();
    Page<Conversation> conversations =
        parts.storage().search().find(ConversationFilter.all().between(from, null), page);
    List<ConversationId> ids = conversations.items().stream().map(Conversation::id).toList();
    List<Message> messages =
        Portions.messagesIn(parts.storage().search(), ids)
            .filter(each -> each.direction() == Direction.INBOUND)
            .filter(each -> !each.at().isBefore(from) && each.at().isBefore(until))
            .filter(each -> cameTo(trial.inbox, each, inboxes))
            .toList();
    trial.ask(messages.stream().flatMap(RulesDesk::senders).toList());
    messages.forEach(trial::run);
    return new Replay(trial.replayed, trial.unreadable, conversations.next());
  }

  private Replay replayHeld(Trial trial, String after, int limit) {
    List<HeldMail> held =
        parts
            .storage()
            .documents()
            .ofOwner(DocumentKey.Kind.HELD_MAIL, trial.inbox.id().value(), after, limit)
            .stream()
            .map(HeldMail.class::cast)
            .toList();
    trial.ask(held.stream().flatMap(each -> sender(each).stream()).toList());
    held.forEach(trial::run);
    return new Replay(trial.replayed, trial.unreadable, null);
  }

  /** Rules are those of the inbox that it was sent to, into whichever they led. */
  private static boolean cameTo(Inbox inbox, Message message, List<Inbox> inboxes) {
    InboxRouting.Routed routed = new InboxRouting().decide(message.headers(), inboxes);
    return routed.byAddress()
        ? routed.inboxes().contains(inbox.id())
        : message.inbox().equals(inbox.id());
  }

  private static Stream<Address> senders(Message message) {
    return message.phone() == null
        ? message.headers().from().stream().map(NamedAddress::address)
        : Stream.of(message.phone());
  }

  private static Optional<Address> sender(HeldMail held) {
    return EmailAddress.parse(held.sender())
        .map(Address.class::cast)
        .or(
            () ->
                held.sender().startsWith("+")
                    ? Optional.of(PhoneNumber.of(held.sender()))
                    : Optional.empty());
  }

  /** One page of past mail under two sets of rules. */
  private final class Trial {
    private final Inbox inbox;
    private final RuleSet rules;
    private final List<Replayed> replayed = new ArrayList<>();
    private Map<Address, List<CustomerId>> customers = Map.of();
    private int unreadable;

    Trial(Inbox inbox, RuleSet rules) {
      this.inbox = inbox;
      this.rules = rules;
    }

    void ask(List<Address> senders) {
      Set<Address> each = new LinkedHashSet<>(senders);
      customers = each.isEmpty() ? Map.of() : parts.customers().findByAddresses(each);
    }

    void run(Message message) {
      boolean isKnown =
          message.trust() != TrustLevel.SUSPICIOUS
              && senders(message).limit(1).anyMatch(customers::containsKey);
      isText(message)
          .or(() -> mail(message.source(), message.at(), message.channel(), isKnown))
          .ifPresentOrElse(
              asked -> add(message.id(), null, message.at(), message.kind(), asked),
              () -> unreadable++);
    }

    void run(HeldMail held) {
      boolean isKnown = sender(held).filter(customers::containsKey).isPresent();
      read(held.source()).ifPresentOrElse(mail -> add(held, mail, isKnown), () -> unreadable++);
    }

    private void add(HeldMail held, ReadMail mail, boolean isKnown) {
      boolean isSms = mail.classification().sms() != null;
      RuledMessage asked =
          questionable(mail, held.source(), held.receivedAt(), isSms).in(inbox, isKnown);
      add(null, held, held.receivedAt(), mail.classification().kind(), asked);
    }

    private void add(
        @Nullable MessageId message,
        @Nullable HeldMail held,
        Instant at,
        MessageKind kind,
        RuledMessage asked) {
      Ruled before = Ruling.decide(inbox.settings().rules(), asked).of(kind);
      replayed.add(new Replayed(message, held, at, before, Ruling.decide(rules, asked).of(kind)));
    }

    private Optional<RuledMessage> mail(Blob source, Instant at, Channel channel, boolean isKnown) {
      return read(source)
          .map(read -> questionable(read, source, at, channel == Channel.SMS).in(inbox, isKnown));
    }

    /** A text message that came through no mail is nothing but its text. */
    private Optional<RuledMessage> isText(Message message) {
      PhoneNumber phone = message.phone();
      if (phone == null || !message.headers().from().isEmpty()) {
        return Optional.empty();
      }
      return text(message.source())
          .map(
              text ->
                  Questionable.ofText(phone, text, message.source().size(), message.at())
                      .in(inbox, customers.containsKey(phone)));
    }
  }

  private static Questionable questionable(ReadMail read, Blob source, Instant at, boolean isSms) {
    return new Questionable(
        read.mail(),
        isSms ? read.classification().sms() : null,
        read.folded().visible(),
        source.size(),
        at);
  }

  private Optional<ReadMail> read(Blob source) {
    try {
      return Optional.of(reader.readForImport(new StoredContent(parts.blobs(), source)));
    } catch (IOException | RuntimeException broken) {
      LOG.warn("A message could not be read for a replay of rules", LoggedFailure.of(broken));
      return Optional.empty();
    }
  }

  private Optional<String> text(Blob source) {
    try (InputStream in = parts.blobs().open(source.digest())) {
      return Optional.of(new String(in.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException broken) {
      LOG.warn("A text message could not be read for a replay of rules", LoggedFailure.of(broken));
      return Optional.empty();
    }
  }
}
