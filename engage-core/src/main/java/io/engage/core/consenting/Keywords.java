package io.engage.core.consenting;

import io.engage.model.sms.SmsPolicy;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells keywords and refusals in a person's own words. A keyword is the whole message, whatever the
 * case, blanks and punctuation: {@code Stop!}, {@code opt-out}, {@code "STOP ALL"}.
 */
final class Keywords {
  private static final Set<String> STOP =
      Set.of("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout");
  private static final Set<String> START = Set.of("start", "unstop", "yes");
  private static final Set<String> HELP = Set.of("help", "info");

  /** Longer texts are no keywords, and only their beginning is looked through for refusals. */
  private static final int LONGEST_KEYWORD = 60;

  private static final int LOOKED_AT = 2000;

  /** Whole words, in lower case without punctuation. A false alarm costs a look, a miss a law. */
  private static final List<String> REFUSALS =
      List.of(
          "please stop",
          "stop it",
          "stop now",
          "stop this",
          "stop these",
          "stop all",
          "stop the texts",
          "stop texting",
          "stop messaging",
          "stop sending",
          "stop contacting",
          "stop bothering",
          "stop spamming",
          "unsubscribe",
          "opt out",
          "opt me out",
          "opting out",
          "remove me",
          "take me off",
          "remove my number",
          "delete my number",
          "lose my number",
          "do not text",
          "dont text",
          "do not message",
          "dont message",
          "do not contact",
          "dont contact",
          "do not send me",
          "dont send me",
          "no more texts",
          "no more messages",
          "no more sms",
          "quit texting",
          "leave me alone",
          "wrong number",
          "wrong person",
          "i revoke",
          "not interested",
          "do not call",
          "keine sms mehr",
          "keine nachrichten mehr",
          "keine weiteren nachrichten",
          "bitte abmelden",
          "nicht mehr schreiben",
          "falsche nummer",
          "hören sie auf",
          "arrêtez",
          "arretez",
          "plus de sms",
          "plus de messages",
          "désabonner",
          "desabonner",
          "désinscrire",
          "mauvais numéro",
          "basta sms",
          "basta messaggi",
          "non scrivetemi",
          "non voglio più",
          "cancellatemi",
          "numero sbagliato",
          "no más mensajes",
          "no mas mensajes",
          "no me escriban",
          "dejen de",
          "número equivocado",
          "numero equivocado",
          "pare de enviar",
          "não quero mais",
          "stoppen met",
          "geen berichten meer",
          "geen sms meer",
          "verkeerd nummer");

  /** Whoever wants to stop by wants to come. */
  private static final List<String> VISITS =
      List.of(" stop by ", " stop in ", " stop over ", " stop at ", " stop off ");

  private Keywords() {}

  static Keyword decide(String text, SmsPolicy policy) {
    if (text.length() > LONGEST_KEYWORD) {
      return Keyword.NONE;
    }
    String word = withoutBlanks(words(text));
    if (word.isEmpty()) {
      return Keyword.NONE;
    }
    if (STOP.contains(word) || isAmong(policy.stopWords(), word)) {
      return Keyword.STOP;
    }
    if (START.contains(word) || isAmong(policy.startWords(), word)) {
      return Keyword.START;
    }
    return HELP.contains(word) ? Keyword.HELP : Keyword.NONE;
  }

  /** Whether somebody may mean, in words of their own, that they want no more texts. */
  static boolean mayRefuse(String text, SmsPolicy policy) {
    String said =
        " " + words(text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text) + " ";
    String refused = VISITS.stream().reduce(said, (left, visit) -> left.replace(visit, " "));
    return REFUSALS.stream().anyMatch(each -> refused.contains(" " + each + " "))
        || policy.stopWords().stream()
            .map(Keywords::words)
            .anyMatch(each -> !each.isEmpty() && said.contains(" " + each + " "));
  }

  private static boolean isAmong(List<String> local, String word) {
    return local.stream().map(Keywords::words).map(Keywords::withoutBlanks).anyMatch(word::equals);
  }

  private static String withoutBlanks(String words) {
    return words.replace(" ", "");
  }

  /** In lower case, with one blank for whatever stands between words; {@code don't} is one word. */
  private static String words(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder words = new StringBuilder();
    plain
        .codePoints()
        .filter(point -> point != '\'' && point != '’' && !isInvisible(point))
        .forEach(
            point -> {
              if (Character.isLetterOrDigit(point) || isMark(point)) {
                words.appendCodePoint(point);
              } else if (words.length() > 0 && words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
              }
            });
    return words.toString().strip();
  }

  private static boolean isInvisible(int point) {
    return Character.getType(point) == Character.FORMAT;
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
