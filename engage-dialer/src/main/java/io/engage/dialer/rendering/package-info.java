/**
 * From a row of a list to the mail that its recipient gets: {@code Rendering.decide} reads what all
 * mails of a list have in common, once; {@code MailForm.decide} fills in each. Pure.
 */
@NullMarked
package io.engage.dialer.rendering;

import org.jspecify.annotations.NullMarked;
