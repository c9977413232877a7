/** Lines the other rooms up for one batch of mail; the only room that may use others. */
@NullMarked
package io.engage.core.receiving;

import org.jspecify.annotations.NullMarked;
