package io.engage.core.templating;

import io.engage.model.template.Template;
import io.engage.model.template.Template.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides whether a text can be filled in whenever it is used, so that whoever writes it learns at
 * once what nobody would learn later: the mail that never goes out.
 */
public final class Checking {
  private final Templating templating = new Templating();

  /** Why a template cannot be used for its purpose, and where; empty when it can. */
  public Optional<String> decide(Template template) {
    return decide(template, template.purpose());
  }

  /** The same for another purpose than the one it was made for, as when a rule sends it. */
  public Optional<String> decide(Template template, Purpose purpose) {
    return texts(template).entrySet().stream()
        .flatMap(each -> decide(each.getKey(), each.getValue(), purpose).stream())
        .findFirst();
  }

  /** What its author may have meant as a field, and where: it is none, so it stays as it is. */
  public List<String> overlooked(Template template) {
    List<String> warnings = new ArrayList<>();
    texts(template)
        .forEach(
            (what, text) -> {
              if (templating.decide(text) instanceof Compilation.Ready ready) {
                ready
                    .overlooked()
                    .forEach(each -> warnings.add("The %s, %s".formatted(what, each)));
              }
            });
    return warnings;
  }

  private static Map<String, String> texts(Template template) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("subject", template.subject());
    texts.put("text", template.text());
    texts.put("HTML", template.html() == null ? "" : template.html());
    return texts;
  }

  /**
   * @param what the text is called where it is written
   */
  public Optional<String> decide(String what, String text, Purpose purpose) {
    return templating.decide(text, offered(purpose)) instanceof Compilation.Refused refused
        ? Optional.of(
            "The %s cannot be used: %s%s".formatted(what, refused.reason(), offer(purpose)))
        : Optional.empty();
  }

  /** A list of recipients brings fields along, which nobody knows before. */
  private static Predicate<String> offered(Purpose purpose) {
    Set<String> fields = fields(purpose);
    return purpose == Purpose.DIALER ? any -> true : fields::contains;
  }

  private static String offer(Purpose purpose) {
    return ". There is a value for " + String.join(", ", new TreeSet<>(fields(purpose)));
  }

  private static Set<String> fields(Purpose purpose) {
    return Variable.offeredIn(purpose).stream().map(Variable::field).collect(Collectors.toSet());
  }
}
