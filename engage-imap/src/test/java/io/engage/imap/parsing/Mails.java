package io.engage.imap.parsing;

import io.engage.model.message.MailContent;
import io.engage.model.message.ParsedMail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Mails for tests, from their lines. */
final class Mails {
  private Mails() {}

  /** The lines with CRLF; each character above 127 is one byte. */
  static byte[] mail(String... lines) {
    return bytes(String.join("\r\n", lines) + "\r\n");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Text as its UTF-8 bytes, one character each, to stand in {@link #mail}. */
  static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static ParsedMail parse(String... lines) {
    return parse(mail(lines));
  }

  static ParsedMail parse(byte[] mail) {
    try {
      return MailParsing.parse(MailContent.of(mail));
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  /** A mail of Ana's with one more header field and a body. */
  static ParsedMail withField(String field) {
    return parse("From: ana@customers.example", field, "", "Hello");
  }

  static byte[] part(byte[] mail, String path) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    MailParsing.writePart(MailContent.of(mail), io.engage.model.message.PartPath.of(path), to);
    return to.toByteArray();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
