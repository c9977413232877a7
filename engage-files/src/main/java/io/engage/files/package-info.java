/** Bytes of mails in a folder: in append-only segment files of one node, or a file each. */
@NullMarked
package io.engage.files;

import org.jspecify.annotations.NullMarked;
