package io.engage.core.folding;

import java.util.regex.Pattern;

/** Lines that mail programs draw between an answer and what it answers. */
final class Separators {
  private static final int LONGEST = 120;
  private static final int LONGEST_UNRULED = 60;
  private static final int SHORTEST = 6;
  private static final int LONGEST_ENDING = 3;
  private static final String RULES = "_-";
  private static final Pattern NOTES = Pattern.compile("---[0-9][0-9./: -]{6,30}---");

  private static final Phrases ORIGINAL =
      Phrases.of(
          "oprindelig besked",
          "oprindelig mail",
          "original appointment",
          "ursprünglicher termin",
          "cita original",
          "rendez-vous d'origine",
          "appuntamento originale",
          "compromisso original",
          "původní e-mail",
          "özgün ileti",
          "özgün mesaj",
          "원본 메일",
          "원본 메시지",
          "원본 이메일",
          "الرسالة الأصلية",
          "הודעה מקורית",
          "ההודעה המקורית",
          "исходное письмо",
          "izvorna poruka",
          "izvorno sporočilo",
          "tin nhắn gốc",
          "pesan asli",
          "missatge original",
          "вихідне повідомлення",
          "оригінальне повідомлення",
          "元のメール",
          "原邮件",
          "e-mail d'origine",
          "correo original",
          "e-mail original",
          "original message",
          "original email",
          "original e-mail",
          "original mail",
          "reply message",
          "message d'origine",
          "message original",
          "mail original",
          "courrier original",
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
  private static final Phrases FORWARDED =
      Phrases.of(
          "пересылаемое сообщение",
          "переслане повідомлення",
          "转发邮件",
          "轉寄郵件",
          "轉寄的郵件",
          "转发邮件信息",
          "転送されたメッセージ",
          "転送メッセージ",
          "전달된 메시지",
          "الرسالة المعاد توجيهها",
          "رسالة معاد توجيهها",
          "הודעה שהועברה",
          "προωθημένο μήνυμα",
          "iletilen mesaj",
          "iletilmiş ileti",
          "továbbított üzenet",
          "mesaj redirecționat",
          "prosleđena poruka",
          "missatge reenviat",
          "forwarded email",
          "forwarded mail",
          "przekazana wiadomość",
          "början på vidarebefordrat",
          "start på videresendt",
          "inicio del mensaje reenviado",
          "correo reenviado",
          "courriel transféré",
          "pesan terusan",
          "начало переадресованного",
          "přeposlaný",
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
  private static final Phrases REPLY_ABOVE =
      Phrases.of(
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

  private Separators() {}

  static boolean startsHistory(Line line) {
    String words = line.words();
    boolean ruled = isRuled(words);
    if (words.length() > (ruled ? LONGEST : LONGEST_UNRULED) || words.length() < SHORTEST) {
      return false;
    }
    return (ruled && isOriginal(words)) || REPLY_ABOVE.areIn(words);
  }

  /** "-----Original Message-----" and nothing else: words around it are somebody's own. */
  private static boolean isOriginal(String words) {
    int start = 0;
    while (start < words.length() && isDrawn(words.charAt(start))) {
      start++;
    }
    int end = words.length();
    while (end > start && isDrawn(words.charAt(end - 1))) {
      end--;
    }
    int phrase = ORIGINAL.lengthAtStart(words.substring(start, end));
    return phrase > 0 && end - start - phrase <= LONGEST_ENDING;
  }

  private static boolean isDrawn(char c) {
    return " -_=*#:.".indexOf(c) >= 0;
  }

  /** What follows is what the person wants to show, not what was already said here. */
  static boolean startsForward(Line line) {
    String words = line.words();
    return words.length() <= LONGEST
        && (isRuled(words) || words.endsWith(":"))
        && FORWARDED.areIn(words);
  }

  /** A line of nothing but underscores or dashes, or Notes' "Ana ---03.03.2025 10:15---Lamp". */
  static boolean isRule(Line line) {
    String words = line.words();
    return words.length() >= 5 && (isDrawn(words) || NOTES.matcher(words).find());
  }

  private static boolean isDrawn(String words) {
    return words.chars().allMatch(c -> RULES.indexOf(c) >= 0);
  }

  private static boolean isRuled(String words) {
    return words.startsWith("--")
        || words.startsWith("__")
        || words.startsWith("##")
        || words.startsWith("==")
        || words.startsWith("**");
  }
}
