/** Is it from whom it says? How sure a sender is. */
@NullMarked
package io.engage.core.trusting;

import org.jspecify.annotations.NullMarked;
