package io.engage.core.classifying;

import java.util.List;

/** How a program asks whoever wrote to prove that he is a person; in lower case. */
final class ChallengeWords {
  /** Subjects that ask whoever wrote to prove that he is a person. */
  private static final List<String> SUBJECTS =
      List.of(
          "verification required",
          "please verify",
          "please confirm your message",
          "please confirm your email",
          "please confirm your e-mail",
          "confirm your message",
          "confirmation required",
          "confirm delivery",
          "sender verification",
          "message requires confirmation",
          "action required",
          "waitlisted",
          "waiting for confirmation",
          "bitte bestätigen sie ihre nachricht",
          "veuillez confirmer votre message",
          "confirme su mensaje",
          "confirme sua mensagem",
          "confirmação de mensagem",
          "antispam uol",
          "conferma il tuo messaggio");

  /** What such a challenge says of the mail that it holds back. */
  private static final List<String> SENTENCES =
      List.of(
          "verify your message",
          "verify your email address",
          "verify that you are",
          "verify yourself",
          "complete the verification",
          "confirm your message",
          "confirm that you are",
          "confirm that your message",
          "message is being held",
          "message has been held",
          "mail is being held",
          "mail has been held",
          "below is being held",
          "been waitlisted",
          "was waitlisted",
          "release your message",
          "message will be delivered once",
          "not on my list of approved",
          "approved senders",
          "prove you are human",
          "wird zurückgehalten",
          "confirmer votre message",
          "confirmar su mensaje",
          "confirmar sua mensagem",
          "liberar sua mensagem",
          "confermare il messaggio");

  private ChallengeWords() {}

  static boolean heads(String subject) {
    return SUBJECTS.stream().anyMatch(subject::contains);
  }

  static boolean says(String text) {
    return SENTENCES.stream().anyMatch(text::contains);
  }
}
