package io.engage.examples.posdemo;

import io.engage.model.conversation.Conversation;

/**
 * A conversation in a list.
 *
 * @param from its first participant; empty when it names none
 * @param customer the linked customer's name; empty when nobody is linked
 * @param assignee the clerk who works on it; empty when nobody does
 */
record Line(Conversation conversation, String from, String customer, String assignee) {}
