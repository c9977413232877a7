/** What kind of mail is this, and may a program answer it? */
@NullMarked
package io.engage.core.classifying;

import org.jspecify.annotations.NullMarked;
