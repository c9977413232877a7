package io.engage.memory.broken;

import io.engage.spi.Attendance;
import io.engage.spi.AuditTrail;
import io.engage.spi.ConversationSearch;
import io.engage.spi.Documents;
import io.engage.spi.Drafts;
import io.engage.spi.EventQueue;
import io.engage.spi.Heartbeats;
import io.engage.spi.InboxStore;
import io.engage.spi.IngestLedger;
import io.engage.spi.Leases;
import io.engage.spi.Outbox;
import io.engage.spi.Paces;
import io.engage.spi.PersonSearch;
import io.engage.spi.Queues;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Makes a good implementation bad in one method. */
final class Broken {
  private Broken() {}

  /** What happens instead. */
  @FunctionalInterface
  interface Fault<T> {
    Object instead(T good, Object[] arguments) throws Exception;
  }

  /** The first argument, which the method that is broken is known to take. */
  @SuppressWarnings("unchecked")
  static <T> T first(Object[] arguments) {
    return (T) arguments[0];
  }

  /** The second one. */
  @SuppressWarnings("unchecked")
  static <T> T second(Object[] arguments) {
    return (T) arguments[1];
  }

  static <T> T port(Class<T> port, T good, String method, Fault<T> fault) {
    Object broken =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              try {
                return called.getName().equals(method)
                    ? fault.instead(good, arguments)
                    : called.invoke(good, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return port.cast(broken);
  }

  static Storage commits(Storage good, Fault<InboxStore> fault) {
    return inboxes(good, "commit", fault);
  }

  static Storage inboxes(Storage good, String method, Fault<InboxStore> fault) {
    InboxStore broken = port(InboxStore.class, good.inboxes(), method, fault);
    return port(Storage.class, good, "inboxes", (storage, none) -> broken);
  }

  static Storage ledger(Storage good, String method, Fault<IngestLedger> fault) {
    IngestLedger broken = port(IngestLedger.class, good.ledger(), method, fault);
    return port(Storage.class, good, "ledger", (storage, none) -> broken);
  }

  static Storage search(Storage good, String method, Fault<ConversationSearch> fault) {
    ConversationSearch broken = port(ConversationSearch.class, good.search(), method, fault);
    return port(Storage.class, good, "search", (storage, none) -> broken);
  }

  static Storage audit(Storage good, String method, Fault<AuditTrail> fault) {
    AuditTrail broken = port(AuditTrail.class, good.audit(), method, fault);
    return port(Storage.class, good, "audit", (storage, none) -> broken);
  }

  static Storage outbox(Storage good, String method, Fault<Outbox> fault) {
    Outbox broken = port(Outbox.class, good.outbox(), method, fault);
    return port(Storage.class, good, "outbox", (storage, none) -> broken);
  }

  static Storage events(Storage good, String method, Fault<EventQueue> fault) {
    EventQueue broken = port(EventQueue.class, good.events(), method, fault);
    return port(Storage.class, good, "events", (storage, none) -> broken);
  }

  static Storage persons(Storage good, String method, Fault<PersonSearch> fault) {
    PersonSearch broken = port(PersonSearch.class, good.persons(), method, fault);
    return port(Storage.class, good, "persons", (storage, none) -> broken);
  }

  static Storage leases(Storage good, String method, Fault<Leases> fault) {
    Leases broken = port(Leases.class, good.leases(), method, fault);
    return port(Storage.class, good, "leases", (storage, none) -> broken);
  }

  static Storage documents(Storage good, String method, Fault<Documents> fault) {
    Documents broken = port(Documents.class, good.documents(), method, fault);
    return port(Storage.class, good, "documents", (storage, none) -> broken);
  }

  static Storage drafts(Storage good, String method, Fault<Drafts> fault) {
    Drafts broken = port(Drafts.class, good.drafts(), method, fault);
    return port(Storage.class, good, "drafts", (storage, none) -> broken);
  }

  static Storage attendance(Storage good, String method, Fault<Attendance> fault) {
    Attendance broken = port(Attendance.class, good.attendance(), method, fault);
    return port(Storage.class, good, "attendance", (storage, none) -> broken);
  }

  static Storage queues(Storage good, String method, Fault<Queues> fault) {
    Queues broken = port(Queues.class, good.queues(), method, fault);
    return port(Storage.class, good, "queues", (storage, none) -> broken);
  }

  static Storage heartbeats(Storage good, String method, Fault<Heartbeats> fault) {
    Heartbeats broken = port(Heartbeats.class, good.heartbeats(), method, fault);
    return port(Storage.class, good, "heartbeats", (storage, none) -> broken);
  }

  static Storage recipients(Storage good, String method, Fault<Recipients> fault) {
    Recipients broken = port(Recipients.class, good.recipients(), method, fault);
    return port(Storage.class, good, "recipients", (storage, none) -> broken);
  }

  static Storage paces(Storage good, String method, Fault<Paces> fault) {
    Paces broken = port(Paces.class, good.paces(), method, fault);
    return port(Storage.class, good, "paces", (storage, none) -> broken);
  }
}
