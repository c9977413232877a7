/** IMAP: fetches mail, marks and deletes it, waits for more. */
@NullMarked
package io.engage.imap.fetching;

import org.jspecify.annotations.NullMarked;
