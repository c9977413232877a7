/** Invites the recipients of a campaign to its event, and reads what they say to it. */
@NullMarked
package io.engage.dialer.inviting;

import org.jspecify.annotations.NullMarked;
