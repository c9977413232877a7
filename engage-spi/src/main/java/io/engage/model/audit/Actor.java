package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Agent;

/**
 * Who did it. The name is kept as it was then, because people leave and names change.
 *
 * @param id the agent's id, or the part of the library
 */
public record Actor(Kind kind, String id, String name) {

  /** A person of the host, a customer, or the library by itself. */
  public enum Kind {
    AGENT("agent"),
    CUSTOMER("customer"),
    LIBRARY("library");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  /** The part of the library that takes mail in. */
  public static final Actor RECEIVING = new Actor(Kind.LIBRARY, "receiving", "Engage");

  /** Another program, seen by what it did on the mail server. */
  public static final Actor SERVER = new Actor(Kind.LIBRARY, "server", "Mail server");

  /** Whoever followed a link in a mail of ours. */
  public static final Actor CUSTOMER = new Actor(Kind.CUSTOMER, "link", "Customer");

  /** The part of the library that sends campaigns. */
  public static final Actor DIALER = new Actor(Kind.LIBRARY, "dialer", "Engage");

  /** What the host gave when Engage was built. */
  public static final Actor CONFIGURATION = new Actor(Kind.LIBRARY, "configuration", "Engage");

  /** The part of the library that says who gets what. */
  public static final Actor DISTRIBUTION = new Actor(Kind.LIBRARY, "distribution", "Engage");

  /** The part of the library that works off the outbox. */
  public static final Actor OUTBOX = new Actor(Kind.LIBRARY, "outbox", "Engage");

  /** The part of the library that deletes the bytes of what was erased. */
  public static final Actor PRIVACY = new Actor(Kind.LIBRARY, "privacy", "Engage");

  public Actor {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
    requireNonNull(name, "name");
  }

  public static Actor agent(Agent agent) {
    return new Actor(Kind.AGENT, agent.id().value(), agent.name());
  }
}
