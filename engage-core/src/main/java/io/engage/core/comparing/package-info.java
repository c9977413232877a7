/** What did others do on the server? Which read marks and deletions there mean something here. */
@NullMarked
package io.engage.core.comparing;

import org.jspecify.annotations.NullMarked;
