package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.spi.Presence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Presence} must do. Extend it and return one where an agent is on the phone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("DI-3")
public abstract class PresenceContract {
  private Presence presence;

  /** The presence to be tested. */
  protected abstract Presence presence();

  /** An agent who is on the phone. */
  protected abstract AgentId inCall();

  /** An agent who is not. */
  protected abstract AgentId notInCall();

  @BeforeEach
  void openPresence() {
    presence = presence();
  }

  @Test
  void who_is_on_the_phone_is_told_from_who_is_not() {
    Map<AgentId, CallState> states = presence.callStates(List.of(inCall(), notInCall()));

    assertThat(stateOf(inCall(), states)).isEqualTo(CallState.IN_CALL);
    assertThat(stateOf(notInCall(), states)).isEqualTo(CallState.NO_CALL);
  }

  @Test
  void nobody_is_told_of_who_was_not_asked_for() {
    assertThat(presence.callStates(List.of(inCall())).keySet()).containsExactly(inCall());
    assertThat(presence.callStates(List.of())).isEmpty();
  }

  @Test
  void an_unknown_agent_is_not_on_the_phone_and_spoils_nothing() {
    AgentId unknown = AgentId.of("no-such-agent");

    Map<AgentId, CallState> states = presence.callStates(List.of(unknown, inCall()));

    assertThat(stateOf(unknown, states)).isEqualTo(CallState.NO_CALL);
    assertThat(stateOf(inCall(), states)).isEqualTo(CallState.IN_CALL);
  }

  @Test
  void many_may_ask_at_once() {
    List<Map<AgentId, CallState>> answers =
        Race.run(8, () -> presence.callStates(List.of(inCall(), notInCall())));

    assertThat(answers).allMatch(states -> stateOf(inCall(), states) == CallState.IN_CALL);
  }

  private static CallState stateOf(AgentId agent, Map<AgentId, CallState> states) {
    return states.getOrDefault(agent, CallState.NO_CALL);
  }
}
