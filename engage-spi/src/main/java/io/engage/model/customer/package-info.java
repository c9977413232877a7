/** Customers of the host. */
@NullMarked
package io.engage.model.customer;

import org.jspecify.annotations.NullMarked;
