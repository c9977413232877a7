package io.engage.dialer;

import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;

/** Why a row cannot be sent, found before the start. */
public record RowFault(RecipientId recipient, RecipientOutcome.Why why, String reason) {}
