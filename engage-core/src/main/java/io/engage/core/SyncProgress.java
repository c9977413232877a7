package io.engage.core;

import io.engage.model.mailbox.ServerFolder;

/**
 * How far the import of a folder is.
 *
 * @param done mails taken over and committed in this run
 * @param expected how many there may be; mails deleted on the server make it fewer
 * @param bytes taken over and committed in this run
 */
public record SyncProgress(ServerFolder folder, long done, long expected, long bytes) {}
