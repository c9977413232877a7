/** Keeps everything in the host's own database, in the host's own transaction when one is open. */
@NullMarked
package io.engage.jpa;

import org.jspecify.annotations.NullMarked;
