/** Which part of a text is history that somebody quoted? */
@NullMarked
package io.engage.core.folding;

import org.jspecify.annotations.NullMarked;
