package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.util.List;

/**
 * What the host says when it asks for consent and when consent ends, and which local words end or
 * begin it. The texts may name the inbox as {@code ${inbox.name}}.
 *
 * @param optIn the request, the first message to every customer
 * @param stopWords further words that end consent, beside those of every carrier
 * @param startWords further words that give it
 * @param help the answer to HELP
 * @param goodbye the one text that confirms the end of consent; after it there is silence
 */
public record SmsPolicy(
    String optIn,
    List<String> stopWords,
    List<String> startWords,
    String help,
    String goodbye,
    long version)
    implements Document {

  /** Under which the one policy is kept. */
  public static final DocumentKey KEY = new DocumentKey(DocumentKey.Kind.SMS_POLICY, "sms-policy");

  /** How long each text may be, in characters. */
  public static final int LONGEST = 1000;

  public SmsPolicy {
    stopWords = List.copyOf(stopWords);
    startWords = List.copyOf(startWords);
    requireText("opt-in request", optIn);
    requireText("answer to HELP", help);
    requireText("confirmation of STOP", goodbye);
  }

  /** Before the host has changed anything. */
  public static SmsPolicy usual() {
    return new SmsPolicy(
        "${inbox.name}: may we text you about your visits and orders? Reply YES to agree, STOP to end,"
            + " HELP for help. Message and data rates may apply.",
        List.of(),
        List.of(),
        "${inbox.name}: we text you about your visits and orders when you have agreed. Reply YES to"
            + " agree, STOP to end.",
        "${inbox.name}: you get no more texts from us. Reply START to begin again.",
        0);
  }

  public SmsPolicy withOptIn(String newOptIn) {
    return new SmsPolicy(newOptIn, stopWords, startWords, help, goodbye, version);
  }

  public SmsPolicy withWords(List<String> newStopWords, List<String> newStartWords) {
    return new SmsPolicy(optIn, newStopWords, newStartWords, help, goodbye, version);
  }

  public SmsPolicy withAnswers(String newHelp, String newGoodbye) {
    return new SmsPolicy(optIn, stopWords, startWords, newHelp, newGoodbye, version);
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
    return new SmsPolicy(optIn, stopWords, startWords, help, goodbye, newVersion);
  }

  private static void requireText(String which, String text) {
    requireNonNull(text, which);
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "The %s needs 1 to %d characters, but has %d".formatted(which, LONGEST, text.length()));
    }
  }
}
