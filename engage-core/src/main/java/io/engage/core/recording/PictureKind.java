package io.engage.core.recording;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The kinds of pictures that are printed, told by how they begin: what a sender calls them is no
 * reason to believe it. SVG is not among them, since it is a page of its own.
 */
enum PictureKind {
  PNG("image/png", 0, "\u0089PNG\r\n\u001a\n"),
  JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
  GIF("image/gif", 0, "GIF8"),
  WEBP("image/webp", 8, "WEBP"),
  BMP("image/bmp", 0, "BM");

  private final String contentType;
  private final int at;
  private final byte[] beginning;

  PictureKind(String contentType, int at, String beginning) {
    this.contentType = contentType;
    this.at = at;
    this.beginning = beginning.getBytes(StandardCharsets.ISO_8859_1);
  }

  String contentType() {
    return contentType;
  }

  static Optional<PictureKind> of(byte[] bytes) {
    for (PictureKind each : values()) {
      if (each.begins(bytes)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private boolean begins(byte[] bytes) {
    for (int i = 0; i < beginning.length; i++) {
      if (at + i >= bytes.length || bytes[at + i] != beginning[i]) {
        return false;
      }
    }
    return true;
  }
}
