/** What of a stranger's HTML may be shown, as HTML and as text? */
@NullMarked
package io.engage.core.sanitizing;

import org.jspecify.annotations.NullMarked;
