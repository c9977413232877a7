/** Decides what an attempt to send to one recipient means: {@code Dialing.decide}. Pure. */
@NullMarked
package io.engage.dialer.dialing;

import org.jspecify.annotations.NullMarked;
