/** Names a recipient in what comes back, so that nobody can name one by guessing. Pure. */
@NullMarked
package io.engage.dialer.naming;

import org.jspecify.annotations.NullMarked;
