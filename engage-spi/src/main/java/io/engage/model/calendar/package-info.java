/** To-dos and appointments that an agent makes for a customer. */
@NullMarked
package io.engage.model.calendar;

import org.jspecify.annotations.NullMarked;
