/** Whether the audit trail is as it was written, and what it says in plain words. */
@NullMarked
package io.engage.core.auditing;

import org.jspecify.annotations.NullMarked;
