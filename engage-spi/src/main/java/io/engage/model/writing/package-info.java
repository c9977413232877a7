/** What agents write: drafts and notes. */
@NullMarked
package io.engage.model.writing;

import org.jspecify.annotations.NullMarked;
