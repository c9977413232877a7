/** Whose conversation? Which one a message belongs to. */
@NullMarked
package io.engage.core.threading;

import org.jspecify.annotations.NullMarked;
