package io.engage.stories;

import io.engage.model.message.ContentDigest;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mail as its receiver has it, read by somebody else's code. */
record ArrivedMail(MimeMessage mail) {

  static ArrivedMail of(MimeMessage mail) {
    return new ArrivedMail(mail);
  }

  String id() {
    return header("Message-ID").replaceAll("[<>]", "");
  }

  String from() {
    return header("From");
  }

  String subject() {
    return header("Subject");
  }

  /** A field, decoded and unfolded; empty when it is missing. */
  String header(String name) {
    try {
      String value = mail.getHeader(name, ", ");
      return value == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(value));
    } catch (MessagingException | IOException unreadable) {
      throw new IllegalStateException("'%s' cannot be read".formatted(name), unreadable);
    }
  }

  /** The plain text, with the line ends of the tests. */
  String text() {
    return words("text/plain");
  }

  String html() {
    return words("text/html");
  }

  /** Everything, as it came over the wire. */
  String source() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      mail.writeTo(bytes);
      return bytes.toString(StandardCharsets.ISO_8859_1);
    } catch (MessagingException | IOException unreadable) {
      throw new IllegalStateException("A mail cannot be read", unreadable);
    }
  }

  /** What hangs on it, by name. */
  Map<String, ContentDigest> files() {
    Map<String, ContentDigest> files = new LinkedHashMap<>();
    for (Part part : leaves(mail)) {
      try {
        if (part.getFileName() != null) {
          files.put(
              MimeUtility.decodeText(part.getFileName()),
              sha256(part.getInputStream().readAllBytes()));
        }
      } catch (MessagingException | IOException unreadable) {
        throw new IllegalStateException("A file cannot be read", unreadable);
      }
    }
    return files;
  }

  static ContentDigest sha256(byte[] content) {
    try {
      return ContentDigest.of(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String words(String type) {
    for (Part part : leaves(mail)) {
      try {
        if (part.isMimeType(type) && part.getFileName() == null) {
          return part.getContent().toString().replace("\r\n", "\n");
        }
      } catch (MessagingException | IOException unreadable) {
        throw new IllegalStateException("A text cannot be read", unreadable);
      }
    }
    return "";
  }

  private static List<Part> leaves(Part part) {
    try {
      if (!part.isMimeType("multipart/*")) {
        return List.of(part);
      }
      Multipart parts = (Multipart) part.getContent();
      List<Part> leaves = new ArrayList<>();
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        leaves.addAll(leaves(inner));
      }
      return leaves;
    } catch (MessagingException unreadable) {
      throw new IllegalStateException("The parts of a mail cannot be read", unreadable);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
