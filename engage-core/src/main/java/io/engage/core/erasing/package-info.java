/** What is left of a person? Erasure, and the pseudonyms that stand for the erased. */
@NullMarked
package io.engage.core.erasing;

import org.jspecify.annotations.NullMarked;
