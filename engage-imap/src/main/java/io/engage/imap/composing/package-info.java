/** From a mail of ours to its bytes: {@code MailComposing.compose}. Pure. */
@NullMarked
package io.engage.imap.composing;

import org.jspecify.annotations.NullMarked;
