/** Which inbox? Where a message goes that nobody expects. */
@NullMarked
package io.engage.core.routing;

import org.jspecify.annotations.NullMarked;
