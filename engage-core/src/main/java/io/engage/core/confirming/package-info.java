/** May it be answered by itself? Which mails get an automatic answer, how many, and which one. */
@NullMarked
package io.engage.core.confirming;

import org.jspecify.annotations.NullMarked;
