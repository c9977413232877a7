/** From the bytes of a mail to what they say: {@code MailParsing.parse}. Pure. */
@NullMarked
package io.engage.imap.parsing;

import org.jspecify.annotations.NullMarked;
