/** What supervisors see of their inboxes, kept by differences, and when it is too much. */
@NullMarked
package io.engage.core.picturing;

import org.jspecify.annotations.NullMarked;
