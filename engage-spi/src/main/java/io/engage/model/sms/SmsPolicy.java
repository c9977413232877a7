package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.util.List;

/**
 * What the host says when it asks for consent, and which local words end or begin it.
 *
 * @param optIn the request, the first message to every customer
 * @param stopWords further words that end consent, beside those of every carrier
 * @param startWords further words that give it
 * @param help the answer to HELP
 */
public record SmsPolicy(
    String optIn, List<String> stopWords, List<String> startWords, String help, long version)
    implements Document {
  /** Under which the one policy is kept. */
  public static final DocumentKey KEY = new DocumentKey(DocumentKey.Kind.SMS_POLICY, "sms-policy");

  public SmsPolicy {
    requireNonNull(help, "help");
    stopWords = List.copyOf(stopWords);
    startWords = List.copyOf(startWords);
    if (optIn.isBlank()) {
      throw new IllegalArgumentException("The opt-in request needs a text");
    }
  }

  @Override
  public DocumentKey key() {
    return KEY;
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public SmsPolicy withVersion(long newVersion) {
    return new SmsPolicy(optIn, stopWords, startWords, help, newVersion);
  }
}
