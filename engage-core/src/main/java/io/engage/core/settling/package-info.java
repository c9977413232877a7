/** What became of a mail of ours? What each answer of a server changes. */
@NullMarked
package io.engage.core.settling;

import org.jspecify.annotations.NullMarked;
