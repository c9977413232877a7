package io.engage.core.folding;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words that attributions are made of, and those that are in none. */
final class AttributionWords {
  private static final List<String> VERBS =
      List.of(
          "wrote",
          "writes",
          "quoting ",
          "escribió",
          "escribio",
          "escribe:",
          "citando a",
          "citando ",
          "a écrit",
          "a ecrit",
          "écrivait",
          "ha scritto",
          "scrive:",
          "scrisse",
          "schrieb",
          "geschrieben",
          "schreibt",
          "zitat von",
          "escreveu",
          "schreef",
          "geschreven",
          "skrev",
          "skreiv",
          "kirjoitti",
          "napisał",
          "napisal",
          "pisze:",
          "napísal",
          "napsal",
          "napísa",
          "írta",
          "a scris",
          "написал",
          "написа:",
          "пишет",
          "писал",
          "пише",
          "написав",
          "yazdı",
          "έγραψε",
          "va escriure",
          "写道",
          "寫道",
          "のメール",
          "書きました",
          "작성",
          "كتب",
          "كتابة",
          "כתב",
          "viết",
          "menulis",
          "kirjutas",
          "rašė",
          "napisao",
          "je napis");
  private static final List<String> OPENERS =
      List.of(
          "on ",
          "le ",
          "el ",
          "il ",
          "in data ",
          "am ",
          "em ",
          "op ",
          "den ",
          "dne ",
          "dňa ",
          "dnia ",
          "w dniu ",
          "wiadomość napisana",
          "pe ",
          "în ",
          "la ",
          "fra ",
          "på ",
          "no dia ",
          "vào ",
          "pada ",
          "στις ",
          "в ",
          "у ",
          "на ",
          "at ",
          "a las ",
          "---- on ",
          "--- on ",
          "al ",
          "on:",
          "från ",
          "from ",
          "quoting ",
          "zitat von ",
          "citando ",
          "在",
          "في ",
          "בתאריך ",
          "ב-",
          "mon",
          "tue",
          "wed",
          "thu",
          "fri",
          "sat",
          "sun",
          "lun",
          "mar",
          "mer",
          "jeu",
          "ven",
          "sam",
          "dim",
          "mié",
          "jue",
          "vie",
          "sáb",
          "dom",
          "gio",
          "die",
          "mit",
          "don",
          "fre",
          "seg",
          "ter",
          "qua",
          "qui",
          "sex",
          "man.",
          "tir",
          "ons",
          "tor",
          "lør",
          "søn",
          "pon",
          "wt.",
          "śr.",
          "czw",
          "pt.",
          "sob",
          "niedz",
          "po ",
          "út ",
          "st ",
          "čt ",
          "pá ",
          "so ",
          "ne ",
          "ma ",
          "ti ",
          "ke ",
          "to ",
          "pe ",
          "la ",
          "su ",
          "пн",
          "вт",
          "ср",
          "чт",
          "пт",
          "сб",
          "вс",
          "нд",
          "понедельник",
          "пятница",
          "суббота",
          "воскресенье",
          "четверг",
          "\"",
          "'",
          "<",
          "*");

  /** Programs do not speak of themselves or to anybody; what says these is a sentence. */
  private static final Set<String> PERSONAL =
      Set.of(
          "I", "we", "you", "me", "us", "my", "our", "your", "him", "her", "his", "their", "he",
          "she", "they", "yo", "nos", "te", "usted", "ustedes", "mi", "mis", "su", "sus", "tu",
          "escribí", "escribimos", "nuestro", "nuestra", "vuestro", "vuestra", "hemos", "je",
          "vous", "nous", "votre", "vos", "notre", "j", "m", "t", "ich", "mir", "mich", "wir",
          "uns", "ihr", "ihre", "ihrer", "ihren", "sie", "mein", "meine", "unser", "unsere",
          "ho", "abbiamo", "ci", "vi", "suo", "vostro", "vostra", "eu", "escrevi", "vossa",
          "vosso", "meu", "minha", "seu", "sua", "você", "ik", "mij", "wij", "uw", "jouw", "mijn",
          "onze", "jullie", "jag", "mig", "oss", "jeg", "meg", "dere", "du", "mnie", "nam", "pan",
          "pani", "mne", "nám", "я", "мне", "нам", "вы", "ваш", "мы", "ви", "мені");
  private static final int LONGEST_SENTENCE = 400;
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

  private AttributionWords() {}

  static boolean hasVerb(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return VERBS.stream().anyMatch(lower::contains);
  }

  static boolean opens(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return (!lower.isEmpty() && Character.isDigit(lower.charAt(0)))
        || OPENERS.stream().anyMatch(lower::startsWith);
  }

  /** Whether a person speaks here; names as "Your Shop" do not count, a first word does. */
  static boolean isPersonal(String words) {
    if (words.length() > LONGEST_SENTENCE) {
      return true;
    }
    String[] each = NO_LETTERS.split(words);
    for (int i = 0; i < each.length; i++) {
      if (PERSONAL.contains(each[i])
          || (i == 0 && PERSONAL.contains(each[i].toLowerCase(Locale.ROOT)))) {
        return true;
      }
    }
    return false;
  }
}
