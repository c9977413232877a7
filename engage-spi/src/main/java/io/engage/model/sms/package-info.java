/** Text messages. */
@NullMarked
package io.engage.model.sms;

import org.jspecify.annotations.NullMarked;
