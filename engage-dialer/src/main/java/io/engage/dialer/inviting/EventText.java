package io.engage.dialer.inviting;

/**
 * What an event says to one recipient: text without line ends, but in the description.
 *
 * @param organizer empty for the inbox itself
 * @param location empty when it has none
 * @param description empty when it has none
 */
record EventText(String title, String organizer, Span span, String location, String description) {}
