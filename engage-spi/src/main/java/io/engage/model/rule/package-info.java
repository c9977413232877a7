/** What shall happen to a message that arrives. */
@NullMarked
package io.engage.model.rule;

import org.jspecify.annotations.NullMarked;
