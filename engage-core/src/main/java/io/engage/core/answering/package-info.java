/** What an answer says, and to whom it goes. */
@NullMarked
package io.engage.core.answering;

import org.jspecify.annotations.NullMarked;
