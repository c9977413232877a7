package io.engage.dialer;

import io.engage.model.campaign.ListId;

/**
 * How far the import of a list is.
 *
 * @param rows how many were read
 * @param recipients how many of them are recipients, those that have failed too
 * @param failed how many of these have failed already, by their address or as duplicates
 * @param refused how many were no recipients
 */
public record ImportProgress(ListId list, long rows, long recipients, long failed, long refused) {}
