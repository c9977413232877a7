/** Small things that are kept whole and found by their key or their owner. */
@NullMarked
package io.engage.model.document;

import org.jspecify.annotations.NullMarked;
