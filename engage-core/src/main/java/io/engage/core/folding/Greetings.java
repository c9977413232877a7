package io.engage.core.folding;

import java.util.Set;
import java.util.regex.Pattern;

/** Tells an answer from mere greetings and signatures. */
final class Greetings {
  private static final Phrases GREETINGS =
      Phrases.of(
          "hi",
          "hello",
          "hey",
          "dear ",
          "good morning",
          "good afternoon",
          "good evening",
          "good day",
          "hola",
          "buenos días",
          "buenos dias",
          "buenas tardes",
          "buenas noches",
          "buenas",
          "buen día",
          "estimad",
          "querid",
          "bonjour",
          "bonsoir",
          "salut",
          "cher ",
          "chère ",
          "madame",
          "monsieur",
          "ciao",
          "buongiorno",
          "buonasera",
          "buon giorno",
          "salve",
          "gentile ",
          "egregi",
          "hallo",
          "guten tag",
          "guten morgen",
          "guten abend",
          "sehr geehrte",
          "liebe",
          "moin",
          "servus",
          "grüß gott",
          "grüezi",
          "olá",
          "ola ",
          "bom dia",
          "boa tarde",
          "boa noite",
          "prezad",
          "car",
          "goedemorgen",
          "goedemiddag",
          "goedendag",
          "beste ",
          "geachte ",
          "hej",
          "hei",
          "dzień dobry",
          "witam",
          "dobrý den",
          "ahoj",
          "jó napot",
          "bună ziua",
          "merhaba",
          "καλημέρα",
          "здравствуйте",
          "добрый день",
          "добрий день",
          "こんにちは",
          "お世話になっております",
          "您好",
          "你好",
          "안녕하세요");
  private static final Phrases CLOSINGS =
      Phrases.of(
          "regards",
          "best regards",
          "kind regards",
          "warm regards",
          "best wishes",
          "sincerely",
          "yours ",
          "cheers",
          "mit freundlichen gr",
          "mit freundlichem gru",
          "mit besten gr",
          "freundliche gr",
          "viele gr",
          "beste gr",
          "liebe gr",
          "schöne gr",
          "mfg",
          "un saludo",
          "saludos",
          "un cordial saludo",
          "atentamente",
          "atte",
          "cordialmente",
          "cordiali saluti",
          "distinti saluti",
          "saluti",
          "un saluto",
          "cordialement",
          "bien cordialement",
          "bien à vous",
          "salutations",
          "sincères salutations",
          "cumprimentos",
          "melhores cumprimentos",
          "com os melhores cumprimentos",
          "atenciosamente",
          "abraço",
          "met vriendelijke gr",
          "vriendelijke gr",
          "groeten",
          "med vänliga h",
          "vänliga h",
          "med venlig hilsen",
          "venlig hilsen",
          "med vennlig hilsen",
          "vennlig hilsen",
          "mvh",
          "ystävällisin terveisin",
          "pozdrawiam",
          "z poważaniem",
          "s pozdravem",
          "üdvözlettel",
          "cu stimă",
          "saygılarımla",
          "с уважением",
          "з повагою",
          "με εκτίμηση");
  private static final Phrases DEVICES =
      Phrases.of(
          "sent from",
          "sent via",
          "get outlook",
          "envoyé d",
          "envoyé à partir",
          "envoyé avec",
          "télécharger outlook",
          "obtenir outlook",
          "enviado desde",
          "enviado de",
          "enviado a partir",
          "enviado do",
          "obtener outlook",
          "obter o outlook",
          "inviato da",
          "ottieni outlook",
          "scarica outlook",
          "von meinem",
          "gesendet mit",
          "gesendet von",
          "gesendet aus",
          "von yahoo mail",
          "outlook für",
          "verzonden vanaf",
          "verstuurd vanaf",
          "outlook voor",
          "skickat från",
          "sendt fra",
          "lähetetty",
          "wysłane z",
          "wysłano z",
          "odesláno z",
          "отправлено с",
          "надіслано з");

  /** Whom one greets: "Hi all", "Hallo zusammen"; others have names, with a capital letter. */
  private static final Set<String> ANYBODY =
      Set.of(
          "all",
          "team",
          "there",
          "again",
          "everyone",
          "sir",
          "madam",
          "or",
          "and",
          "to",
          "zusammen",
          "nochmal",
          "und",
          "a",
          "todos",
          "todas",
          "y",
          "de",
          "nuevo",
          "à",
          "tous",
          "toutes",
          "et",
          "tutti",
          "e",
          "di",
          "nuovo",
          "equipo",
          "équipe",
          "equipe",
          "allemaal",
          "allen",
          "da",
          "señor",
          "señora",
          "senhor",
          "senhora",
          "signor",
          "signora",
          "der",
          "die",
          "das");

  private static final int LONGEST_GREETING = 50;

  /** "Estimad" goes on as "o", "a", "os" and "as". */
  private static final int LONGEST_ENDING = 2;

  private static final Pattern PARTS = Pattern.compile("[,;:!\uff0c\u3001\uff01\uff1a]");
  private static final Pattern BLANKS = Pattern.compile("[\\s.]+");

  private Greetings() {}

  /**
   * Whether anything is said here at all. Who only greets, or only signs, above history may have
   * answered below it or within.
   */
  static boolean saySomething(String own) {
    for (String line : (Iterable<String>) own.lines()::iterator) {
      String words = line.strip();
      if (words.equals("--") || isClosing(words)) {
        return false;
      }
      if (hasContent(words) && !isGreeting(words) && !DEVICES.start(words)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isClosing(String words) {
    return words.length() <= LONGEST_GREETING && CLOSINGS.start(words);
  }

  /** "Yes" and a thumb that points up are answers, a row of dashes is none. */
  private static boolean hasContent(String words) {
    return words
        .codePoints()
        .anyMatch(
            c -> Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL);
  }

  static boolean isGreeting(String words) {
    if (words.length() > LONGEST_GREETING || !GREETINGS.start(words)) {
      return false;
    }
    return PARTS.splitAsStream(words).map(String::strip).allMatch(Greetings::isGreetingPart);
  }

  private static boolean isGreetingPart(String part) {
    if (part.isEmpty()) {
      return true;
    }
    int greeting = GREETINGS.lengthAtStart(part);
    if (greeting == 0) {
      return false;
    }
    int end = greeting;
    while (end < part.length()
        && Character.isLetter(part.charAt(end))
        && Character.isLetter(part.charAt(end - 1))) {
      end++;
    }
    return end - greeting <= LONGEST_ENDING
        && BLANKS.splitAsStream(part.substring(end)).allMatch(Greetings::isName);
  }

  private static boolean isName(String word) {
    return word.isEmpty() || !Character.isLowerCase(word.codePointAt(0)) || ANYBODY.contains(word);
  }
}
