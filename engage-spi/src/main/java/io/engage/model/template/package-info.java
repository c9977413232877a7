/** Texts that are written once and filled in often. */
@NullMarked
package io.engage.model.template;

import org.jspecify.annotations.NullMarked;
