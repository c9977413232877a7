/** Who gets it? To whom a conversation that waits is offered, and why not to the others. */
@NullMarked
package io.engage.core.queueing;

import org.jspecify.annotations.NullMarked;
