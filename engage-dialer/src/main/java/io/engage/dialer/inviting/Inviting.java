package io.engage.dialer.inviting;

import io.engage.core.templating.Compilation;
import io.engage.core.templating.FilledText;
import io.engage.core.templating.Templating;
import io.engage.model.campaign.EventTemplate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decides whether people can be invited to an event at all, once for a campaign, so that what is
 * fixed is wrong before the start and not for each recipient.
 */
public final class Inviting {
  private Inviting() {}

  public static Preparation decide(EventTemplate event) {
    Map<EventPart, FilledText.Form> forms = new EnumMap<>(EventPart.class);
    List<EventProblem> problems = new ArrayList<>();
    for (EventPart part : EventPart.values()) {
      Compilation compilation = new Templating().decide(part.of(event));
      if (compilation instanceof Compilation.Ready ready) {
        forms.put(part, ready.form());
      } else if (compilation instanceof Compilation.Refused refused) {
        problems.add(new EventProblem(part, "cannot be used: " + refused.reason()));
      }
    }
    if (!problems.isEmpty()) {
      return new Preparation.Refused(problems);
    }
    EventForm form = new EventForm(forms, event);
    List<EventProblem> fixed = form.problemsOfWhatIsFixed();
    return fixed.isEmpty() ? new Preparation.Ready(form) : new Preparation.Refused(fixed);
  }
}
