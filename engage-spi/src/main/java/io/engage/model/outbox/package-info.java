/** Work that is owed to the outside: mails to send, changes to make on the mail server. */
@NullMarked
package io.engage.model.outbox;

import org.jspecify.annotations.NullMarked;
