/** Who waits, who works, and who is there: queues, offers, sessions of agents, thresholds. */
@NullMarked
package io.engage.model.queue;

import org.jspecify.annotations.NullMarked;
