package io.engage.core.erasing;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditFact.AppointmentBooked;
import io.engage.model.audit.AuditFact.CustomerCreated;
import io.engage.model.audit.AuditFact.CustomersMerged;
import io.engage.model.audit.AuditFact.LinkedToCustomer;
import io.engage.model.audit.AuditFact.MergeUndone;
import io.engage.model.audit.AuditFact.ToDoCreated;
import io.engage.model.audit.AuditFact.Unlinked;
import io.engage.model.customer.CustomerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Hides which customer a fact is about: what is sealed stays for ever, and an id of the host beside
 * the pseudonym of somebody who was erased would say who that was. Whoever has the key and knows
 * the customer can tell that a fact is about them; nobody can read it off.
 */
public final class Veil {
  private final Pseudonyms pseudonyms;

  public Veil(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** With the pseudonym in place of the customer. */
  public AuditFact over(AuditFact fact) {
    return replaced(fact, customer -> CustomerId.of(pseudonyms.of(customer)));
  }

  /** With the customer in place of the pseudonym, where it is one of these. */
  public AuditFact lifted(AuditFact fact, Collection<CustomerId> known) {
    Map<String, CustomerId> byPseudonym = new HashMap<>();
    known.forEach(each -> pseudonyms.allOf(each).forEach(name -> byPseudonym.put(name, each)));
    return replaced(fact, veiled -> byPseudonym.getOrDefault(veiled.value(), veiled));
  }

  private static AuditFact replaced(AuditFact fact, UnaryOperator<CustomerId> by) {
    if (fact instanceof LinkedToCustomer f) {
      return new LinkedToCustomer(by.apply(f.customer()), f.reason());
    } else if (fact instanceof Unlinked f) {
      return new Unlinked(by.apply(f.customer()), f.reason());
    } else if (fact instanceof CustomerCreated f) {
      return new CustomerCreated(by.apply(f.customer()));
    } else if (fact instanceof ToDoCreated f) {
      return new ToDoCreated(f.toDo(), by.apply(f.customer()));
    } else if (fact instanceof AppointmentBooked f) {
      return new AppointmentBooked(f.appointment(), f.type(), f.start(), by.apply(f.customer()));
    } else if (fact instanceof CustomersMerged f) {
      return new CustomersMerged(
          by.apply(f.kept()), by.apply(f.merged()), f.conversations(), f.messages());
    } else if (fact instanceof MergeUndone f) {
      return new MergeUndone(
          by.apply(f.kept()), by.apply(f.merged()), f.conversations(), f.messages());
    }
    return fact;
  }
}
