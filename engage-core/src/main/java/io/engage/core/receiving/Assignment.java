package io.engage.core.receiving;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;

/** That a rule gives a conversation in an inbox to an agent. */
public record Assignment(Agent agent, InboxId inbox) {}
