/** May something be arranged for whoever a conversation is with, a to-do or an appointment? */
@NullMarked
package io.engage.core.arranging;

import org.jspecify.annotations.NullMarked;
