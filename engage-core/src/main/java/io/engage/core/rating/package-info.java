/** How customers say what they think of a mail. */
@NullMarked
package io.engage.core.rating;

import org.jspecify.annotations.NullMarked;
