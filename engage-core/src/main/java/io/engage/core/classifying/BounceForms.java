package io.engage.core.classifying;

import java.util.List;
import java.util.Optional;

/** By which words a report for people, without a form for programs, is recognised. */
final class BounceForms {
  private static final List<String> DELAYED =
      List.of(
          "still being retried",
          "warning message only",
          "do not need to resend",
          "don't need to resend",
          "no action is required on your part",
          "will be retried",
          "will continue to retry",
          "will keep trying",
          "will continue trying",
          "will continue to try",
          "delivery attempts will continue",
          "delivery will continue",
          "will be attempted",
          "will try again",
          "try to deliver it again",
          "still trying",
          "has been delayed",
          "delivery delayed",
          "delayed mail",
          "delivery is delayed",
          "could not send message for past",
          "could not be delivered for more than",
          "not been delivered yet",
          "not yet been delivered",
          "has not yet been delivered",
          "notification (delay)",
          "warning: message delayed",
          "message delayed",
          "temporary problem delivering",
          "there was a temporary problem",
          "gmail will retry",
          "wird weiterhin versucht",
          "verzögert",
          "livraison retardée",
          "retardé",
          "entrega retrasada",
          "se retrasó",
          "consegna ritardata",
          "ritardata",
          "entrega atrasada",
          "atrasada",
          "vertraagd");

  private static final List<String> DELIVERED =
      List.of(
          "notification (success)",
          "was successfully delivered",
          "successfully delivered to",
          "successful mail delivery report",
          "successful delivery report",
          "has been delivered to the following",
          "delivered to these recipients",
          "delivered to the following recipients",
          "delivery to these recipients or groups is" + " complete",
          "message has been relayed",
          "relayed to the following",
          "your message was delivered",
          "return receipt",
          "erfolgreich zugestellt",
          "ont été remis",
          "se ha entregado",
          "è stato recapitato",
          "foi entregue");

  private static final List<String> FAILED =
      List.of(
          "could not be delivered",
          "couldn't be delivered",
          "can't be delivered",
          "cannot be delivered",
          "can not be delivered",
          "was not delivered",
          "wasn't delivered",
          "not delivered",
          "not been delivered",
          "undeliverable",
          "undelivered mail",
          "undelivered message",
          "delivery failed",
          "delivery has failed",
          "delivery failure",
          "delivery error",
          "failure notice",
          "failure notification",
          "notification (failure)",
          "mail delivery failed",
          "mail failure",
          "mail system error",
          "delivery problem",
          "returned mail",
          "mail returned",
          "returned to sender",
          "returning message to sender",
          "message returned",
          "unable to deliver",
          "not able to deliver",
          "wasn't able to deliver",
          "failed to deliver",
          "could not deliver",
          "couldn't deliver",
          "cannot deliver",
          "can't deliver",
          "did not reach",
          "didn't reach",
          "could not be reached",
          "permanent fatal error",
          "permanent error",
          "failed permanently",
          "non-delivery",
          "nondeliverable",
          "message rejected",
          "delivery status notification",
          "delivery report",
          "address not found",
          "message not delivered",
          "message blocked",
          "recipient inbox full",
          "error occurred while trying to deliver",
          "following addresses failed",
          "following address failed",
          "following address(es) failed",
          "unknown local user",
          "user unknown",
          "unzustellbar",
          "nicht zugestellt",
          "zustellung fehlgeschlagen",
          "konnte nicht zugestellt",
          "nicht ausgeliefert",
          "non remis",
          "n'a pas pu être remis",
          "n'a pu être remis",
          "échec de la remise",
          "échec de remise",
          "n'a pas été remis",
          "non distribué",
          "n'a pas pu être distribué",
          "impossible de remettre",
          "impossible de délivrer",
          "no se pudo entregar",
          "no se ha podido entregar",
          "no ha podido ser entregado",
          "no se entregó",
          "no entregado",
          "no pudo ser entregado",
          "error de entrega",
          "error en la entrega",
          "mancato recapito",
          "impossibile recapitare",
          "non è stato recapitato",
          "non è stato possibile recapitare",
          "mancata consegna",
          "non recapitabile",
          "non può essere consegnato",
          "impossibile consegnare",
          "errore di consegna",
          "não foi entregue",
          "não pôde ser entregue",
          "não foi possível entregar",
          "falha na entrega",
          "falha de entrega",
          "mensagem devolvida",
          "niet worden bezorgd",
          "niet bezorgd",
          "onbestelbaar",
          "niet afgeleverd",
          "bezorging mislukt",
          "kunne ikke leveres",
          "inte levereras",
          "ei voitu toimittaa",
          "nie można dostarczyć",
          "niedostarczona",
          "nelze doručit",
          "не удалось доставить",
          "недоставлено",
          "не доставлено",
          "недоставленное",
          "配信できません",
          "退信",
          "系统退信");

  /** Where the copy of the returned mail begins. */
  private static final List<String> COPY =
      List.of(
          "below this line is",
          "is a copy of the message",
          "is a copy of your message",
          "original message follows",
          "original message ---",
          "-----original message",
          "unsent message follows",
          "message header follows",
          "message headers follow",
          "original message headers:",
          "original message header",
          "copy of the original message",
          "copy of the message's header",
          "copy of the mail",
          "text of message",
          "body of message generated response",
          "begin of original",
          "--- original mail",
          "message text follows",
          "returned message",
          "headers of the original message",
          "headers of the message",
          "the original message is",
          "undelivered message:",
          "text of your original message",
          "original-nachricht",
          "ursprüngliche nachricht",
          "le message d'origine",
          "message d'origine",
          "en-têtes de message d'origine",
          "mensaje original",
          "messaggio originale",
          "mensagem original",
          "oorspronkelijk bericht",
          "der header der ursprünglichen nachricht",
          "kopie der");

  private BounceForms() {}

  /** The action that {@code words} (lower case) report; empty when they report none. */
  static Optional<String> findAction(String words) {
    boolean failed = saysAny(FAILED, words);
    boolean givenUp =
        words.contains("permanent")
            || words.contains("given up")
            || words.contains("giving up")
            || words.contains("notification (failure)");
    if (saysAny(DELAYED, words) && !givenUp) {
      return Optional.of("delayed");
    }
    if (saysAny(DELIVERED, words) && !failed) {
      return Optional.of("delivered");
    }
    return failed ? Optional.of("failed") : Optional.empty();
  }

  /** Whether the returned mail begins after {@code line} (lower case, stripped), or with it. */
  static boolean startsCopy(String line) {
    return line.startsWith("received: from ")
        || line.startsWith("received: by ")
        || line.startsWith("return-path: <")
        || (line.length() < 200 && saysAny(COPY, line));
  }

  private static boolean saysAny(List<String> phrases, String words) {
    return phrases.stream().anyMatch(words::contains);
  }
}
