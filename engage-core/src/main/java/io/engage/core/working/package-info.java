/** What an agent may do with a conversation, and what that changes. */
@NullMarked
package io.engage.core.working;

import org.jspecify.annotations.NullMarked;
