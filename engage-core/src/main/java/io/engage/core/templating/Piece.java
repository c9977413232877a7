package io.engage.core.templating;

/**
 * A part of a template.
 *
 * @param text what stands there, or the name of the field
 */
record Piece(String text, boolean isField) {}
