/** Conversations: what is queued, assigned and completed, and how lists of them are asked for. */
@NullMarked
package io.engage.model.conversation;

import org.jspecify.annotations.NullMarked;
