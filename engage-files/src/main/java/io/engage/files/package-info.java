/** Bytes of mails in append-only segment files of one folder. */
@NullMarked
package io.engage.files;

import org.jspecify.annotations.NullMarked;
