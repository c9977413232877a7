/** Who has agreed to text messages, how it is known, and what may go to whom. */
@NullMarked
package io.engage.core.consenting;

import org.jspecify.annotations.NullMarked;
