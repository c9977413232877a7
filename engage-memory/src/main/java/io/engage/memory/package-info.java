/** Every port in memory: the default for trying out, and the reference to read before writing. */
@NullMarked
package io.engage.memory;

import org.jspecify.annotations.NullMarked;
