/** What an agent types to find conversations, and what it means. */
@NullMarked
package io.engage.core.searching;

import org.jspecify.annotations.NullMarked;
