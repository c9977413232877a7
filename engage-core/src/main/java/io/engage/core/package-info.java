/** The shared inbox: {@link io.engage.core.Engage} and its desks, over pure rooms that decide. */
@NullMarked
package io.engage.core;

import org.jspecify.annotations.NullMarked;
