/** Decides what an administrator may make of inboxes, and what that changes. */
@NullMarked
package io.engage.core.configuring;

import org.jspecify.annotations.NullMarked;
