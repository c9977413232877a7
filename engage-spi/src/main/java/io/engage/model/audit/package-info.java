/** What happened, to what, when, and by whom. */
@NullMarked
package io.engage.model.audit;

import org.jspecify.annotations.NullMarked;
