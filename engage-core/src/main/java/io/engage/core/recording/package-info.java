/** Which conversations does somebody look for afterwards, and how do they look on paper? */
@NullMarked
package io.engage.core.recording;

import org.jspecify.annotations.NullMarked;
