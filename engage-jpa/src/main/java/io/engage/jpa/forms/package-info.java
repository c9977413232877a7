/** How values are written into a column and read again, for ever. */
@NullMarked
package io.engage.jpa.forms;

import org.jspecify.annotations.NullMarked;
