package io.engage.cli;

import io.engage.core.Engage;
import io.engage.core.MailReader;
import io.engage.core.classifying.Classifying;
import io.engage.core.classifying.SmsGatewaySender;
import io.engage.core.trusting.Trusting;
import io.engage.imap.MimeFormat;
import io.engage.model.inbox.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options that say how mails are read; for every command that reads some. */
final class ReadingOptions {
  @Option(
      names = "--sms-gateway",
      paramLabel = "SENDER",
      converter = GatewayConverter.class,
      description =
          "An address or domain whose mails may be text messages, besides the well-known gateways;"
              + " may be repeated.")
  private List<SmsGatewaySender> gateways = new ArrayList<>();

  @Option(
      names = "--region",
      defaultValue = "US",
      description = "Where phone numbers without a country code are meant (default: US).")
  private String region = "US";

  @Option(
      names = "--authserv-id",
      paramLabel = "NAME",
      description =
          "A mail server of ours, as it names itself in Authentication-Results (RFC 8601); may be"
              + " repeated. Without it no sender counts as verified or as forged.")
  private List<String> servers = new ArrayList<>();

  /** How sure senders are, as far as the mail alone tells. */
  Trusting trusting() {
    return new Trusting(Set.copyOf(servers));
  }

  MailReader reader() {
    return MailReader.of(MimeFormat.create(), Classifying.of(trusted(), region));
  }

  /**
   * An Engage that reads mails so; it sends nothing and keeps nothing that its key made, also in a
   * database, so its key lasts as long as it.
   */
  Engage.Builder builder() {
    return Engage.builder()
        .authenticationServers(servers.toArray(String[]::new))
        .signingKeys(Secret.of(UUID.randomUUID().toString()))
        .smsByMail(
            region, trusted().stream().map(SmsGatewaySender::pattern).toArray(String[]::new));
  }

  private List<SmsGatewaySender> trusted() {
    List<SmsGatewaySender> trusted = new ArrayList<>(SmsGatewaySender.wellKnown());
    trusted.addAll(gateways);
    return trusted;
  }

  private static final class GatewayConverter implements ITypeConverter<SmsGatewaySender> {
    @Override
    public SmsGatewaySender convert(String value) {
      return SmsGatewaySender.of(value);
    }
  }
}
