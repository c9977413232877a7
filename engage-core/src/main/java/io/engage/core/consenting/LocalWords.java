package io.engage.core.consenting;

import io.engage.model.sms.SmsPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether words of the host's may end and give consent: none may take the meaning of a word
 * that every carrier knows, and none may mean both.
 */
public final class LocalWords {
  private LocalWords() {}

  /** Which word cannot be used, and why; empty when all can. */
  public static Optional<String> refusal(List<String> stopWords, List<String> startWords) {
    List<String> both = new ArrayList<>(stopWords);
    both.addAll(startWords);
    SmsPolicy stopping = SmsPolicy.usual().withWords(stopWords, List.of());
    return both.stream()
        .filter(word -> Keywords.decide(word, withWord(word)) == Keyword.NONE)
        .findFirst()
        .map(word -> "The word '%s' is empty or longer than a keyword may be".formatted(word))
        .or(() -> taken(stopWords, Keyword.STOP))
        .or(() -> taken(startWords, Keyword.START))
        .or(
            () ->
                startWords.stream()
                    .filter(word -> Keywords.decide(word, stopping) == Keyword.STOP)
                    .findFirst()
                    .map(word -> "The word '%s' cannot both end and give consent".formatted(word)));
  }

  /** Such as the answer to our own request. */
  private static Optional<String> taken(List<String> words, Keyword wanted) {
    return words.stream()
        .filter(
            word -> {
              Keyword usual = Keywords.decide(word, SmsPolicy.usual());
              return usual != Keyword.NONE && usual != wanted;
            })
        .findFirst()
        .map(word -> "The word '%s' means something else at every carrier".formatted(word));
  }

  /** What is no keyword even when it stands in the list is empty, or too long. */
  private static SmsPolicy withWord(String word) {
    return SmsPolicy.usual().withWords(List.of(word), List.of());
  }
}
