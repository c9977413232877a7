package io.engage.stories;

import io.engage.model.address.EmailAddress;
import io.engage.model.message.RfcMessageId;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

/** A mail that somebody outside writes. */
final class Letter {
  private static final String BOUNDARY = "the-next-part";

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private String trace = "";
  private String text = "";

  private Letter(String sender) {
    fields.put("From", sender);
  }

  static Letter from(String sender) {
    return new Letter(sender);
  }

  Letter to(String recipient) {
    return with("To", recipient);
  }

  Letter cc(String recipient) {
    return with("Cc", recipient);
  }

  Letter about(String subject) {
    try {
      return with("Subject", MimeUtility.encodeText(subject, "utf-8", "Q"));
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Letter id(String id) {
    return with("Message-ID", '<' + id + '>');
  }

  Letter answering(RfcMessageId id) {
    return with("In-Reply-To", id.bracketed());
  }

  Letter with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  /** Its receiver's server forwards it, and the server that takes it says for whom. */
  Letter forwardedTo(EmailAddress address) {
    trace = "Received: from mx.dealer.example by in.shop.example for <" + address.value() + ">; ";
    return this;
  }

  Letter saying(String words) {
    text = words;
    return this;
  }

  Letter enclosing(String name, String type, byte[] content) {
    files.put(name, content);
    types.put(name, type);
    return this;
  }

  byte[] writtenAt(Instant at) {
    StringBuilder mail = new StringBuilder();
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    if (!trace.isEmpty()) {
      mail.append(trace).append(date).append('\n');
    }
    fields.forEach((name, value) -> mail.append(name).append(": ").append(value).append('\n'));
    mail.append("Date: ").append(date).append("\nMIME-Version: 1.0\n");
    if (files.isEmpty()) {
      part(mail);
    } else {
      mail.append("Content-Type: multipart/mixed; boundary=" + BOUNDARY + "\n\n--" + BOUNDARY)
          .append('\n');
      part(mail);
      files.entrySet().forEach(file -> part(mail, file));
      mail.append("\n--" + BOUNDARY + "--\n");
    }
    return mail.toString().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private void part(StringBuilder mail) {
    mail.append("Content-Type: text/plain; charset=utf-8\n")
        .append("Content-Transfer-Encoding: 8bit\n\n")
        .append(text)
        .append('\n');
  }

  private void part(StringBuilder mail, Entry<String, byte[]> file) {
    mail.append("\n--" + BOUNDARY + "\nContent-Type: ")
        .append(types.get(file.getKey()))
        .append("\nContent-Disposition: attachment; filename=\"")
        .append(file.getKey())
        .append("\"\nContent-Transfer-Encoding: base64\n\n")
        .append(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(file.getValue()))
        .append('\n');
  }
}
