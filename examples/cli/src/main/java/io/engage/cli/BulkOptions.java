package io.engage.cli;

import io.engage.model.inbox.MailAccount;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who wants to send in bulk. */
final class BulkOptions {
  private static final Pattern SELECTOR = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  @Option(
      names = "--bulk",
      paramLabel = "DOMAIN",
      description =
          "Looks whether all is there that large receivers want of this domain before they take"
              + " its campaigns: SPF, DKIM, DMARC, TLS, a link to unsubscribe.")
  private @Nullable String domain;

  @Option(
      names = "--selector",
      paramLabel = "NAME",
      description = "The name of the domain's key for DKIM, s= in the signature of its mails.")
  private @Nullable String selector;

  @Option(
      names = "--links",
      paramLabel = "URL",
      description = "Where the pages of Engage are mounted, its publicUrl.")
  private @Nullable URI links;

  @Spec private CommandSpec spec = CommandSpec.create();

  boolean given() {
    return domain != null;
  }

  /**
   * @param account that sends, if it was named
   */
  BulkRules.Sender sender(@Nullable MailAccount account) {
    if (selector != null && !SELECTOR.matcher(selector).matches()) {
      throw refused("A selector has letters, digits, '-' and '_', such as selector1");
    }
    return new BulkRules.Sender(ascii(String.valueOf(domain)), selector, account, links);
  }

  private String ascii(String name) {
    try {
      String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      if (ascii.indexOf('.') > 0 && !ascii.endsWith(".")) {
        return ascii;
      }
    } catch (IllegalArgumentException noDomain) {
      // Said below.
    }
    throw refused("--bulk wants what stands behind the @ of your addresses, such as shop.example");
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
