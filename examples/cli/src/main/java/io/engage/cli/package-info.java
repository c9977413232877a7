/** The {@code engage} command. */
@NullMarked
package io.engage.cli;

import org.jspecify.annotations.NullMarked;
