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
          "requesting confirmation",
          "requires verification",
          "confirmation request",
          "verify#",
          "confirm your e-mail",
          "confirm your email",
          "confirm that you",
          "demande d'authentification",
          "demande de confirmation",
          "solicitud de confirmación",
          "richiesta di conferma",
          "pedido de confirmação",
          "bestätigung erforderlich",
          "spam protection",
          "spamschutz",
          "anti-spam",
          "antispam",
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
          "verify that you are a person",
          "suspect email",
          "click the link below to verify",
          "confirm that you sent",
          "to deliver your message",
          "to ensure delivery of your",
          "message est en attente",
          "vous authentifier",
          "su mensaje está retenido",
          "mensaje ha sido retenido",
          "messaggio è in attesa",
          "ihre nachricht freizugeben",
          "um ihre nachricht zuzustellen",
          "sua mensagem está retida",
          "wird zurückgehalten",
          "confirmer votre message",
          "confirmar su mensaje",
          "confirmar sua mensagem",
          "liberar sua mensagem",
          "confermare il messaggio");

  /** What only the programs say that hold mail back. */
  private static final List<String> SURE_SENTENCES =
      List.of(
          "is protected by spam arrest",
          "is protected by bluebottle",
          "protected by earthlink",
          "spamblocker",
          "utilise mailinblack",
          "mailinblack pour protéger",
          "protected by boxtrapper",
          "protected by boxbe",
          "a real live human being and not a spam source",
          "requires that you verify that you are a real",
          "have your address added to the recipient's allowed list",
          "added to the allowed senders list",
          "not yet on the recipient's list of approved senders",
          "this is a one-time verification",
          "one time confirmation request",
          "votre message est en attente. cliquez",
          "adicionado à lista de remetentes autorizados",
          "protected by knowspam",
          "uses tmda",
          "tagged message delivery agent");

  private ChallengeWords() {}

  static boolean saysSurely(String text) {
    return Words.containAny(text, SURE_SENTENCES);
  }

  static boolean heads(String subject) {
    return Words.containAny(subject, SUBJECTS);
  }

  static boolean says(String text) {
    return Words.containAny(text, SENTENCES);
  }
}
