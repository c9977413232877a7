package io.engage.core;

/**
 * What was written.
 *
 * @param gone how many of the messages had lost their bytes: a page and JSON say so in their
 *     places, a mail file leaves them out
 */
public record ExportedRecordings(long conversations, long messages, long gone) {}
