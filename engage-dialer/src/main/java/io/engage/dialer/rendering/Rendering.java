package io.engage.dialer.rendering;

import io.engage.core.sanitizing.PlainText;
import io.engage.core.templating.Compilation;
import io.engage.core.templating.FilledText;
import io.engage.core.templating.Templating;
import io.engage.dialer.inviting.EventForm;
import io.engage.dialer.inviting.Inviting;
import io.engage.dialer.inviting.Preparation;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.message.UntrustedHtml;
import io.engage.model.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides what all mails of a list have in common: reads subject, template, unsubscribe words and
 * event once, so that what is wrong with them is known before the first mail.
 *
 * <p>A row's own text comes first, then the template, else the mail is empty. The template's HTML
 * is the administrator's own and goes out as it is.
 */
public final class Rendering {
  static final String UNSUBSCRIBE_FIELD = "unsubscribe.link";
  static final String SEEN_FIELD = "seen.picture";

  private final Sheet sheet;
  private final List<String> problems = new ArrayList<>();

  private Rendering(Sheet sheet) {
    this.sheet = sheet;
  }

  public static FormReading decide(Sheet sheet) {
    return new Rendering(sheet).read();
  }

  private FormReading read() {
    Template template = sheet.template();
    String html = template == null ? null : template.html();
    Footer footer = footer();
    if (sheet.inbox().sender().address().needsSmtpUtf8()) {
      problems.add("The inbox has an address that not every server takes. Give it another sender");
    }
    if (template == null && sheet.campaign().plan().template() != null) {
      problems.add("The template of the campaign is not there any more. Choose another one");
    }
    MailForm.Texts texts =
        new MailForm.Texts(
            form("subject", sheet.subject()),
            form("text", textOf(template)),
            html == null ? null : form("HTML", withFooter(linked(html), footer.html())),
            form("unsubscribe words", footer.text()),
            footer.html().isEmpty() ? null : form("unsubscribe HTML", footer.html()));
    EventForm event = event();
    return problems.isEmpty()
        ? new FormReading.Ready(new MailForm(sheet, texts, event))
        : new FormReading.Refused(problems);
  }

  /** Null when nobody is invited to anything. */
  private @Nullable EventForm event() {
    EventTemplate event = sheet.campaign().plan().event();
    if (event == null) {
      return null;
    }
    if (sheet.lacksKey()) {
      problems.add(
          "Calendars know the event by what an earlier signing key has signed. Give Engage that key"
              + " as one of the earlier ones of signingKeys(...)");
    }
    Preparation preparation = Inviting.decide(event);
    if (preparation instanceof Preparation.Refused refused) {
      refused.problems().forEach(problem -> problems.add(problem.toString()));
      return null;
    }
    return ((Preparation.Ready) preparation).form();
  }

  private FilledText.Form form(String what, String text) {
    Compilation compilation = new Templating().decide(text);
    if (compilation instanceof Compilation.Ready ready) {
      return ready.form();
    }
    problems.add(
        "The %s cannot be used: %s".formatted(what, ((Compilation.Refused) compilation).reason()));
    return ((Compilation.Ready) new Templating().decide("")).form();
  }

  /** What follows each mail; both empty when nothing does. */
  private record Footer(String text, String html) {}

  private Footer footer() {
    CampaignPlan plan = sheet.campaign().plan();
    String unsubscribe = plan.unsubscribeHtml();
    String html = unsubscribe == null ? "" : linked(unsubscribe);
    String text = unsubscribe == null ? "" : words(unsubscribe);
    return new Footer(text, plan.countsOpens() ? html + picture() : html);
  }

  private String words(String unsubscribe) {
    String words = PlainText.decide(new UntrustedHtml(unsubscribe)).strip();
    String link = UnsubscribeMark.isIn(unsubscribe) ? "\n" + field(UNSUBSCRIBE_FIELD) : "";
    return "\n\n" + words + link + "\n";
  }

  private String linked(String html) {
    boolean wanted = UnsubscribeMark.isIn(html);
    if (wanted && sheet.signatures().linksUnder() == null) {
      problems.add(
          "There is a link to unsubscribe, but nobody answers links. Give Engage the public address"
              + " under which the host answers them");
    }
    return wanted ? UnsubscribeMark.linked(html, field(UNSUBSCRIBE_FIELD)) : html;
  }

  private String picture() {
    return sheet.signatures().linksUnder() == null
        ? ""
        : "<img src=\"" + field(SEEN_FIELD) + "\" width=\"1\" height=\"1\" alt=\"\">";
  }

  private static String field(String name) {
    return "${" + name + "}";
  }

  /** A template may be of HTML alone; whoever reads text gets its words. */
  private static String textOf(@Nullable Template template) {
    if (template == null) {
      return "";
    }
    String html = template.html();
    return template.text().isBlank() && html != null
        ? PlainText.decide(new UntrustedHtml(html))
        : template.text();
  }

  private static String withFooter(String html, String footer) {
    int end = html.toLowerCase(Locale.ROOT).lastIndexOf("</body");
    return end < 0 ? html + footer : html.substring(0, end) + footer + html.substring(end);
  }
}
