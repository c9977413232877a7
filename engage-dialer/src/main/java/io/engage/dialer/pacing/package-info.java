/** Decides when a campaign may send, and how fast. Pure. */
@NullMarked
package io.engage.dialer.pacing;

import org.jspecify.annotations.NullMarked;
