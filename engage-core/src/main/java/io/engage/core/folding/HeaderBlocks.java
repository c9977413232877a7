package io.engage.core.folding;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines "From: … Sent: … To: … Subject: …" that Outlook and others put above history. */
final class HeaderBlocks {
  private static final int MOST_LINES = 14;
  private static final int LONGEST_LABEL = 24;

  private static final Pattern TIME = Pattern.compile("[0-9][:.][0-5][0-9](?![0-9])");

  private static final Pattern FIELD = Pattern.compile("[\\p{L} ]{2,20}: *[\\p{L}0-9]");

  private enum Label {
    FROM,
    DATE,
    TO,
    CC,
    SUBJECT,
    OTHER
  }

  private static final Map<Label, Set<String>> LABELS =
      Map.of(
          Label.FROM,
          Set.of(
              "de la",
              "gönderen",
              "寄件人",
              "보낸사람",
              "من",
              "מאת",
              "от кого",
              "odesílatel",
              "expeditor",
              "nadawca",
              "avsändare",
              "šalje",
              "pošiljatelj",
              "from",
              "von",
              "de",
              "da",
              "van",
              "från",
              "fra",
              "lähettäjä",
              "od",
              "expéditeur",
              "remitente",
              "mittente",
              "remetente",
              "afzender",
              "absender",
              "feladó",
              "от",
              "від",
              "kimden",
              "από",
              "发件人",
              "寄件者",
              "差出人",
              "보낸 사람"),
          Label.DATE,
          Set.of(
              "gönderildi",
              "gönderilme tarihi",
              "tarih",
              "στάλθηκε",
              "ημερομηνία",
              "надіслано",
              "寄件日期",
              "傳送時間",
              "发件日期",
              "보낸 날짜",
              "날짜",
              "보낸날짜",
              "تم الإرسال",
              "التاريخ",
              "נשלח",
              "תאריך",
              "日時",
              "päivämäärä",
              "data wysłania",
              "dátum",
              "odoslané",
              "posláno",
              "poslano",
              "trimis la",
              "envoye",
              "pvm",
              "sent",
              "date",
              "gesendet",
              "datum",
              "envoyé",
              "envoyé le",
              "date d'envoi",
              "enviado",
              "enviado el",
              "fecha",
              "inviato",
              "data",
              "enviada em",
              "enviado em",
              "enviada",
              "verzonden",
              "verzonden op",
              "skickat",
              "sendt",
              "dato",
              "lähetetty",
              "päiväys",
              "wysłano",
              "odesláno",
              "отправлено",
              "дата",
              "gönderilen",
              "gönderme tarihi",
              "elküldve",
              "trimis",
              "発信日時",
              "送信日時",
              "发送时间",
              "日期",
              "gesendet am",
              "data de envio",
              "data invio",
              "date :"),
          Label.TO,
          Set.of(
              "προς",
              "收件者",
              "받는 사람",
              "받는사람",
              "إلى",
              "אל",
              "destinatari",
              "adresat",
              "za",
              "al",
              "pro",
              "to",
              "an",
              "à",
              "a",
              "para",
              "aan",
              "till",
              "til",
              "do",
              "komu",
              "destinataire",
              "destinatario",
              "vastaanottaja",
              "кому",
              "kime",
              "címzett",
              "către",
              "宛先",
              "收件人",
              "pour"),
          Label.CC,
          Set.of(
              "υπόψη",
              "копія",
              "副本",
              "참조",
              "نسخة",
              "עותק",
              "kopija",
              "cópia para",
              "másolat",
              "másolatot kap",
              "bilgi",
              "cc",
              "kopie",
              "copie",
              "copia",
              "copie à",
              "kopia",
              "kopi",
              "cc:",
              "bcc",
              "con copia",
              "копия",
              "dw",
              "c.c.",
              "cópia",
              "抄送"),
          Label.SUBJECT,
          Set.of(
              "제목",
              "الموضوع",
              "נושא",
              "主題",
              "ogg",
              "subj",
              "sujet",
              "titel",
              "zadeva",
              "naslov",
              "subject",
              "betreff",
              "objet",
              "asunto",
              "oggetto",
              "assunto",
              "onderwerp",
              "ämne",
              "emne",
              "aihe",
              "temat",
              "předmět",
              "predmet",
              "тема",
              "konu",
              "tárgy",
              "subiect",
              "θέμα",
              "件名",
              "主题",
              "主旨"),
          Label.OTHER,
          Set.of(
              "reply-to",
              "importance",
              "priority",
              "wichtigkeit",
              "attachments",
              "anlagen",
              "organization",
              "antwort an",
              "répondre à",
              "responder a",
              "message-id",
              "importanza",
              "importancia",
              "pièces jointes",
              "bijlagen",
              "allegati",
              "adjuntos",
              "anexos",
              "sensitivity"));

  private static final Map<String, Label> BY_NAME =
      LABELS.entrySet().stream()
          .flatMap(entry -> entry.getValue().stream().map(name -> Map.entry(name, entry.getKey())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private HeaderBlocks() {}

  /** The line after the block that starts at line {@code first}; -1 when none starts there. */
  static int findEnd(List<Line> lines, int first) {
    if (label(lines.get(first)) == null || label(lines.get(first)) == Label.OTHER) {
      return -1;
    }
    Set<Label> seen = EnumSet.noneOf(Label.class);
    boolean address = false;
    boolean timed = false;
    int end = first;
    for (int i = first; i < lines.size() && i < first + MOST_LINES; i++) {
      Label label = label(lines.get(i));
      if (lines.get(i).isQuoted() != lines.get(first).isQuoted()) {
        break;
      }
      if (label == null && (lines.get(i).isBlank() || !continues(lines, i))) {
        break;
      }
      if (label != null) {
        seen.add(label);
        address |= label == Label.FROM && lines.get(i).words().indexOf('@') > 0;
        timed |= label == Label.DATE && TIME.matcher(lines.get(i).words()).find();
      }
      end = i + 1;
    }
    boolean form = isOfForm(lines, first - 1, first) || isOfForm(lines, end, first);
    return isBlock(seen, address, timed) && !form ? end : -1;
  }

  /**
   * "Name: Ana" right above, or "Message: call me" right below, as forms of web sites have them.
   */
  private static boolean isOfForm(List<Line> lines, int i, int first) {
    if (i < 0 || i >= lines.size() || lines.get(i).isQuoted() != lines.get(first).isQuoted()) {
      return false;
    }
    return label(lines.get(i)) == null && FIELD.matcher(lines.get(i).words()).lookingAt();
  }

  /** "From: Paris, To: London, Date: 3 May" is what a customer writes about a journey. */
  private static boolean isBlock(Set<Label> seen, boolean address, boolean timed) {
    boolean date = seen.contains(Label.DATE);
    boolean to = seen.contains(Label.TO);
    return seen.contains(Label.FROM)
        && (seen.contains(Label.SUBJECT) ? date || to : address && date && to)
        && (address || timed);
  }

  /** A long list of recipients goes on in the next line, and then another label comes. */
  private static boolean continues(List<Line> lines, int i) {
    Line next = i + 1 < lines.size() ? lines.get(i + 1) : null;
    return lines.get(i).words().indexOf('@') > 0 && next != null && label(next) != null;
  }

  private static @Nullable Label label(Line line) {
    String words = line.words();
    int colon = words.indexOf(':');
    int wide = words.indexOf('：');
    int end = colon < 0 || (wide >= 0 && wide < colon) ? wide : colon;
    if (end < 1 || end > LONGEST_LABEL) {
      return null;
    }
    String name = Line.lower(words.substring(0, end).replace("*", "").strip());
    return BY_NAME.get(name);
  }
}
