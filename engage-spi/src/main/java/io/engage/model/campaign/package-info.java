/** Bulk mail: campaigns, their lists, and what became of each recipient. */
@NullMarked
package io.engage.model.campaign;

import org.jspecify.annotations.NullMarked;
