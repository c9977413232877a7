/** Decides what comes back for the mails of a campaign, and what it changes. */
@NullMarked
package io.engage.dialer.tracking;

import org.jspecify.annotations.NullMarked;
