/** Inboxes, their mail accounts and the agents who work in them. */
@NullMarked
package io.engage.model.inbox;

import org.jspecify.annotations.NullMarked;
