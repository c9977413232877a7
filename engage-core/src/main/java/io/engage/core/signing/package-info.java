/** Proves that what comes back is what we gave away. */
@NullMarked
package io.engage.core.signing;

import org.jspecify.annotations.NullMarked;
