/** Which rule? What shall happen to a message that arrives, and why. */
@NullMarked
package io.engage.core.ruling;

import org.jspecify.annotations.NullMarked;
