package io.engage.core.folding;

import java.util.List;
import java.util.Locale;

/** Lines that mail programs draw between an answer and what it answers. */
final class Separators {
  private static final List<String> ORIGINAL =
      List.of(
          "original message",
          "original email",
          "original e-mail",
          "original mail",
          "reply message",
          "message d'origine",
          "message original",
          "message initial",
          "courriel original",
          "ursprüngliche nachricht",
          "urspruengliche nachricht",
          "original-nachricht",
          "originalnachricht",
          "originale nachricht",
          "original nachricht",
          "mensaje original",
          "messaggio originale",
          "messaggio original",
          "mensagem original",
          "mensagem originale",
          "oorspronkelijk bericht",
          "oorspronkelijk e-mailbericht",
          "origineel bericht",
          "ursprungligt meddelande",
          "originalmeddelande",
          "oprindelig meddelelse",
          "opprinnelig melding",
          "original meddelelse",
          "alkuperäinen viesti",
          "wiadomość oryginalna",
          "oryginalna wiadomość",
          "původní zpráva",
          "pôvodná správa",
          "eredeti üzenet",
          "исходное сообщение",
          "оригинальное сообщение",
          "orijinal mesaj",
          "αρχικό μήνυμα",
          "元のメッセージ",
          "原始邮件",
          "原始郵件",
          "mesaj original");
  private static final List<String> FORWARDED =
      List.of(
          "forwarded message",
          "forwarded by",
          "begin forwarded message",
          "weitergeleitete nachricht",
          "weitergeleitete mail",
          "anfang der weitergeleiteten",
          "message transféré",
          "message transmis",
          "début du message réexpédié",
          "début du message transféré",
          "mensaje reenviado",
          "inicio del mensaje reenviado",
          "messaggio inoltrato",
          "inizio messaggio inoltrato",
          "mensagem encaminhada",
          "mensagem reencaminhada",
          "início da mensagem",
          "doorgestuurd bericht",
          "begin doorgestuurd bericht",
          "vidarebefordrat meddelande",
          "videresendt",
          "välitetty viesti",
          "wiadomość przekazana",
          "přeposlaná zpráva",
          "пересланное сообщение",
          "转发的邮件");
  private static final List<String> REPLY_ABOVE =
      List.of(
          "reply above this line",
          "your reply above",
          "reply above the line",
          "type your response above",
          "respond above this line",
          "au-dessus de cette ligne",
          "encima de esta línea",
          "por encima de esta línea",
          "sopra questa riga",
          "sopra questa linea",
          "oberhalb dieser zeile",
          "über dieser zeile",
          "über diese zeile",
          "acima desta linha",
          "boven deze lijn",
          "boven deze regel");

  /** Words by which somebody says that his answers stand within the history. */
  private static final List<String> ANSWERS_BELOW =
      List.of(
          "see below",
          "below in",
          "answers below",
          "answered below",
          "replies below",
          "comments below",
          "responses below",
          "inline",
          "in-line",
          "in line below",
          "in red",
          "in blue",
          "in green",
          "in bold",
          "in caps",
          "in capitals",
          "my answers",
          "my comments",
          "my responses",
          "my replies",
          "between the lines",
          "siehe unten",
          "s. unten",
          "s.u.",
          "weiter unten",
          "unten im text",
          "in rot",
          "in blau",
          "in grün",
          "im text unten",
          "meine antworten",
          "meine anmerkungen",
          "voir ci-dessous",
          "ci-dessous",
          "ci dessous",
          "plus bas",
          "en rouge",
          "en bleu",
          "en vert",
          "mes réponses",
          "dans le texte",
          "más abajo",
          "mas abajo",
          "ver abajo",
          "abajo",
          "a continuación",
          "en rojo",
          "en azul",
          "en verde",
          "mis respuestas",
          "entre líneas",
          "qui sotto",
          "di seguito",
          "più sotto",
          "vedi sotto",
          "in rosso",
          "in blu",
          "in verde",
          "le mie risposte",
          "nel testo",
          "mais abaixo",
          "abaixo",
          "em vermelho",
          "em azul",
          "em verde",
          "minhas respostas",
          "zie onder",
          "hieronder",
          "zie beneden",
          "in het rood",
          "in het blauw",
          "in rood",
          "in blauw",
          "mijn antwoorden",
          "tussen de regels");

  private Separators() {}

  static boolean startsHistory(Line line) {
    String words = line.words().toLowerCase(Locale.ROOT);
    return (isRuled(words) && says(ORIGINAL, words) && words.length() < 120)
        || (words.length() < 200 && says(REPLY_ABOVE, words));
  }

  /** What follows is what the person wants to show, not what was already said here. */
  static boolean startsForward(Line line) {
    String words = line.words().toLowerCase(Locale.ROOT);
    return words.length() < 120
        && says(FORWARDED, words)
        && (isRuled(words) || words.endsWith(":"));
  }

  /** A line of nothing but underscores, dashes or asterisks. */
  static boolean isRule(Line line) {
    String words = line.words();
    return words.length() >= 5
        && words.chars().allMatch(c -> c == '_' || c == '-' || c == '*' || c == '=');
  }

  static boolean saysAnswersAreBelow(String lower) {
    return says(ANSWERS_BELOW, lower);
  }

  private static boolean isRuled(String words) {
    return words.startsWith("--")
        || words.startsWith("__")
        || words.startsWith("==")
        || words.startsWith("**");
  }

  private static boolean says(List<String> phrases, String words) {
    return phrases.stream().anyMatch(words::contains);
  }
}
