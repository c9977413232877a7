/** Mailboxes on a server: folders, positions in them, and what became of each mail seen there. */
@NullMarked
package io.engage.model.mailbox;

import org.jspecify.annotations.NullMarked;
