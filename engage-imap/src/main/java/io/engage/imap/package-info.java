/** Mail over IMAP and SMTP: where it is fetched, sent, read and written. */
@NullMarked
package io.engage.imap;

import org.jspecify.annotations.NullMarked;
