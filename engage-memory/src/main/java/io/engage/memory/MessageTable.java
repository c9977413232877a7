package io.engage.memory;

import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.BlobUse;
import io.engage.model.message.Channel;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages by id, and by everything else they are asked for. */
final class MessageTable {
  /** Anybody may repeat a Message-ID; so many are remembered. */
  private static final int MOST_OF_ONE_MESSAGE_ID = 20;

  private final Map<MessageId, Message> byId = new HashMap<>();
  private final Map<ConversationId, Timeline<Message>> shown = new HashMap<>();
  private final Map<History, Timeline<Message>> histories = new HashMap<>();
  private final Map<ContentDigest, Set<MessageId>> bySource = new HashMap<>();

  private final HeldMessages held = new HeldMessages();
  private final BlobUses blobUses;

  /** By the text, which is comparable: senders choose it, and could choose colliding hashes. */
  private final Map<String, Timeline<Message>> byMessageId = new HashMap<>();

  private final Map<String, Timeline<Message>> byNamedId = new HashMap<>();
  private final Map<Way, Timeline<Message>> outgoing = new HashMap<>();

  MessageTable(BlobUses blobUses) {
    this.blobUses = blobUses;
  }

  /** Where the messages of ours stand that have come equally far. */
  private record Way(InboxId inbox, Delivery delivery) {}

  private record History(CustomerId customer, Channel channel) {}

  void check(List<Message> changed) {
    Versions versions = new Versions("message");
    for (Message each : changed) {
      Message stored = byId.get(each.id());
      versions.require(each.id().value(), each.version(), stored == null ? 0 : stored.version());
    }
  }

  void store(Message changed) {
    Message next = changed.withVersion(changed.version() + 1);
    Message earlier = byId.put(next.id(), next);
    if (earlier != null) {
      removeFromIndexes(earlier);
    }
    addToIndexes(next);
  }

  /** The messages of one inbox go over to another. */
  void succeed(InboxId gone, InboxId heir) {
    byId.values().stream()
        .filter(each -> each.inbox().equals(gone))
        .toList()
        .forEach(each -> store(each.in(heir)));
  }

  HeldMessages held() {
    return held;
  }

  @Nullable Message find(MessageId id) {
    return byId.get(id);
  }

  List<Message> find(Collection<MessageId> ids) {
    return existing(ids.stream());
  }

  Page<Message> shownIn(ConversationId conversation, Page.Request page) {
    return pageOf(shown.get(conversation), page);
  }

  Page<Message> newestIn(Collection<ConversationId> conversations, Page.Request page) {
    List<Iterator<Map.Entry<Mark, Message>>> walks =
        conversations.stream()
            .distinct()
            .map(shown::get)
            .filter(Objects::nonNull)
            .map(list -> list.walkBack(page.after()))
            .toList();
    return Pages.page(new MergedWalk<>(walks, Timeline.NEWEST_FIRST), any -> true, page.limit());
  }

  Page<Message> historyOf(
      Set<CustomerId> customers,
      Set<InboxId> inboxes,
      @Nullable Channel channel,
      Page.Request page) {
    List<Channel> channels = channel == null ? List.of(Channel.values()) : List.of(channel);
    List<Iterator<Map.Entry<Mark, Message>>> walks =
        customers.stream()
            .flatMap(each -> channels.stream().map(through -> new History(each, through)))
            .map(histories::get)
            .filter(Objects::nonNull)
            .map(list -> list.walk(page.after()))
            .toList();
    return Pages.page(
        new MergedWalk<>(walks, Timeline.NEWEST_FIRST),
        each -> inboxes.contains(each.inbox()),
        page.limit());
  }

  Page<Message> outgoing(
      Collection<InboxId> inboxes, Collection<Delivery> deliveries, Page.Request page) {
    List<Iterator<Map.Entry<Mark, Message>>> walks =
        inboxes.stream()
            .distinct()
            .flatMap(inbox -> deliveries.stream().distinct().map(each -> new Way(inbox, each)))
            .map(outgoing::get)
            .filter(Objects::nonNull)
            .map(list -> list.walk(page.after()))
            .toList();
    return Pages.page(new MergedWalk<>(walks, Timeline.NEWEST_FIRST), any -> true, page.limit());
  }

  List<Message> withSource(Collection<ContentDigest> digests) {
    return existing(
        digests.stream().flatMap(digest -> bySource.getOrDefault(digest, Set.of()).stream()));
  }

  List<Message> withMessageId(Collection<RfcMessageId> ids) {
    return in(byMessageId, ids);
  }

  List<Message> naming(Collection<RfcMessageId> ids) {
    return in(byNamedId, ids);
  }

  private static List<Message> in(
      Map<String, Timeline<Message>> index, Collection<RfcMessageId> ids) {
    Map<MessageId, Message> found = new LinkedHashMap<>();
    for (RfcMessageId id : ids) {
      Timeline<Message> few = index.get(id.caseless());
      if (few != null) {
        few.all().forEach(each -> found.putIfAbsent(each.id(), each));
      }
    }
    return List.copyOf(found.values());
  }

  private void addToIndexes(Message message) {
    Mark mark = markOf(message);
    held.add(message);
    blobUses.add(BlobUse.of(message), message.id().value());
    bySource
        .computeIfAbsent(message.source().digest(), any -> new LinkedHashSet<>(2))
        .add(message.id());
    if (!message.state().deleted()) {
      shown.computeIfAbsent(message.conversation(), oldestFirst()).put(mark, message);
      if (message.direction() == Direction.OUTBOUND) {
        outgoing.computeIfAbsent(wayOf(message), any -> Timeline.newestFirst()).put(mark, message);
      }
    }
    if (message.state().customer() != null) {
      histories
          .computeIfAbsent(
              new History(message.state().customer(), message.channel()),
              any -> Timeline.newestFirst())
          .put(mark, message);
    }
    if (message.headers().messageId() != null) {
      index(byMessageId, message.headers().messageId(), message);
    }
    message.headers().ancestors().forEach(named -> index(byNamedId, named, message));
  }

  private void removeFromIndexes(Message message) {
    Mark mark = markOf(message);
    bySource.computeIfPresent(
        message.source().digest(), (digest, ids) -> without(ids, message.id()));
    remove(shown, message.conversation(), mark);
    remove(outgoing, wayOf(message), mark);
    CustomerId customer = message.state().customer();
    remove(histories, customer == null ? null : new History(customer, message.channel()), mark);
    held.remove(message);
    blobUses.remove(BlobUse.of(message), message.id().value());
    RfcMessageId messageId = message.headers().messageId();
    remove(byMessageId, messageId == null ? null : messageId.caseless(), mark);
    message.headers().ancestors().forEach(named -> remove(byNamedId, named.caseless(), mark));
  }

  private static void index(
      Map<String, Timeline<Message>> lists, RfcMessageId id, Message message) {
    Timeline<Message> few = lists.computeIfAbsent(id.caseless(), oldestFirst());
    few.put(markOf(message), message);
    few.trim(MOST_OF_ONE_MESSAGE_ID);
  }

  private List<Message> existing(Stream<MessageId> ids) {
    return ids.distinct().map(byId::get).filter(Objects::nonNull).toList();
  }

  private static Page<Message> pageOf(@Nullable Timeline<Message> list, Page.Request page) {
    return list == null ? new Page<>(List.of(), null) : list.page(page);
  }

  private static <K> Function<K, Timeline<Message>> oldestFirst() {
    return any -> Timeline.oldestFirst();
  }

  private static <K> void remove(Map<K, Timeline<Message>> lists, @Nullable K key, Mark mark) {
    Timeline<Message> list = key == null ? null : lists.get(key);
    if (key != null && list != null) {
      list.remove(mark);
      if (list.isEmpty()) {
        lists.remove(key);
      }
    }
  }

  private static @Nullable Set<MessageId> without(Set<MessageId> ids, MessageId id) {
    ids.remove(id);
    return ids.isEmpty() ? null : ids;
  }

  private static Way wayOf(Message message) {
    return new Way(message.inbox(), message.state().worst());
  }

  private static Mark markOf(Message message) {
    return new Mark(message.at(), message.id().value());
  }
}
