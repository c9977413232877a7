/** Connections to mail servers: TLS, time limits, login, and what went wrong in plain words. */
@NullMarked
package io.engage.imap.connecting;

import org.jspecify.annotations.NullMarked;
