/** The shortest real program with Engage. */
@NullMarked
package io.engage.examples.quickstart;

import org.jspecify.annotations.NullMarked;
