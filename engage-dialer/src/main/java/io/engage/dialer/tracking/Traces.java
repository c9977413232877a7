package io.engage.dialer.tracking;

import io.engage.core.classifying.Classification;
import io.engage.model.address.EmailAddress;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.ReportPart;
import io.engage.model.message.RfcMessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a mail that comes back may name the one that went out, the surest place first: what a
 * report says it is about, the mails that it answers, the address that it was sent to (VERP), the
 * headers that were returned, the event that it answers.
 */
public final class Traces {
  /** More than these are a flood, not a thread. */
  private static final int MOST_ADDRESSES = 50;

  private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]");

  private Traces() {}

  /** Texts that may hold a token. */
  public static List<String> of(ParsedMail mail, Classification classification) {
    List<String> texts = new ArrayList<>();
    if (classification.bounce() != null) {
      add(classification.bounce().originalMessageId(), texts);
    }
    if (classification.complaint() != null) {
      add(classification.complaint().originalMessageId(), texts);
    }
    mail.headers().ancestors().forEach(id -> add(id, texts));
    mail.headers().recipients().stream()
        .limit(MOST_ADDRESSES)
        .map(EmailAddress::value)
        .forEach(texts::add);
    mail.reports().stream().map(ReportPart::text).map(Traces::unfolded).forEach(texts::add);
    return texts;
  }

  /** Headers and calendars break long lines, and a token within them. */
  private static String unfolded(String text) {
    return FOLD.matcher(text).replaceAll("");
  }

  private static void add(@Nullable RfcMessageId id, List<String> texts) {
    if (id != null) {
      texts.add(id.value());
    }
  }
}
