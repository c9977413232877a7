/** Messages: as they arrive, as they are kept, as they are written. */
@NullMarked
package io.engage.model.message;

import org.jspecify.annotations.NullMarked;
