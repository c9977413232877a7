package io.engage.imap.parsing;

import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What the header of one part says about its body.
 *
 * @param type {@code type/subtype} in lower case
 * @param contentType the parameters of the Content-Type
 * @param disposition {@code inline}, {@code attachment} or what else stands there; empty when
 *     nothing does
 * @param encoding the Content-Transfer-Encoding in lower case; empty when there is none
 * @param descends whether its parts are read; else it is one leaf
 */
record PartHead(
    String type,
    Parameters contentType,
    String parameters,
    String disposition,
    @Nullable String fileName,
    String encoding,
    @Nullable String contentId,
    boolean descends)
    implements BodyDescriptor {
  /** Of a part that says nothing about itself. */
  static final PartHead PLAIN =
      new PartHead("text/plain", Parameters.NONE, "", "", null, "", null, false);

  /** The same part, taken for text. */
  PartHead asPlainText() {
    return new PartHead(
        "text/plain", contentType, parameters, disposition, fileName, encoding, contentId, false);
  }

  boolean isMultipart() {
    return type.startsWith("multipart/");
  }

  boolean isAttachment() {
    return disposition.equals("attachment");
  }

  boolean isInline() {
    return disposition.equals("inline");
  }

  /** What the parser goes by: a type that it does not descend into hides a multipart from it. */
  @Override
  public String getMimeType() {
    return descends ? type : "application/octet-stream";
  }

  @Override
  public @Nullable String getBoundary() {
    String boundary = contentType.plain("boundary");
    // A boundary does not end in a blank (RFC 2046 section 5.1.1), whatever stands in the quotes.
    // The parser searches for it byte by byte.
    return boundary == null
        ? null
        : new String(
            boundary.stripTrailing().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A boundary that can be searched for. */
  boolean hasBoundary() {
    String boundary = getBoundary();
    return boundary != null && !boundary.isEmpty() && boundary.length() <= Bounds.BOUNDARY;
  }

  @Override
  public String getMediaType() {
    return type.substring(0, type.indexOf('/'));
  }

  @Override
  public String getSubType() {
    return type.substring(type.indexOf('/') + 1);
  }

  @Override
  public @Nullable String getCharset() {
    return contentType.plain("charset");
  }

  @Override
  public String getTransferEncoding() {
    return encoding;
  }

  @Override
  public long getContentLength() {
    return -1;
  }
}
