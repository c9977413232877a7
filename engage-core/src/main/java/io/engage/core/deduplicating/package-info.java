/** Known already? Whether these bytes were imported before. */
@NullMarked
package io.engage.core.deduplicating;

import org.jspecify.annotations.NullMarked;
