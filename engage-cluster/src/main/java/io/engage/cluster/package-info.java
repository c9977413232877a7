/** Shares the work of Engage between nodes that know of each other through a database alone. */
@NullMarked
package io.engage.cluster;

import org.jspecify.annotations.NullMarked;
