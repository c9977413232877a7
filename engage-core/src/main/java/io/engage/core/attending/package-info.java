/** Whether an agent is there: signing in and out, breaks, and what supervisors tell them. */
@NullMarked
package io.engage.core.attending;

import org.jspecify.annotations.NullMarked;
