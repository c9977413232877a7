/** How a text message is cut and what it costs: alphabets and segments (3GPP TS 23.038, 23.040). */
@NullMarked
package io.engage.core.texting;

import org.jspecify.annotations.NullMarked;
