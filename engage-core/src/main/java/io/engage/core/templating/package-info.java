/** Fills in texts that were written once. */
@NullMarked
package io.engage.core.templating;

import org.jspecify.annotations.NullMarked;
