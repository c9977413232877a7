/** SMTP: hands mail to a server and says what became of it. */
@NullMarked
package io.engage.imap.sending;

import org.jspecify.annotations.NullMarked;
