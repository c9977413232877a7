/** Where somebody is reached: e-mail addresses and phone numbers. */
@NullMarked
package io.engage.model.address;

import org.jspecify.annotations.NullMarked;
