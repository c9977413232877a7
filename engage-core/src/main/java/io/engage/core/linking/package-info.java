/** Which customer? Into whose history a message goes. */
@NullMarked
package io.engage.core.linking;

import org.jspecify.annotations.NullMarked;
