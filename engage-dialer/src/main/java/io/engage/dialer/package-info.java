/** Bulk mail: a shell over pure rooms, one package each. */
@NullMarked
package io.engage.dialer;

import org.jspecify.annotations.NullMarked;
