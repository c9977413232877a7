package io.engage.examples.posdemo;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpConnection;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.MailCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;

/**
 * A GreenMail that takes mail from nobody (RFC 5321 section 4.5.5), as automatic answers are sent:
 * its own SMTP server accepts the empty reverse path and forgets it, and then refuses everybody.
 */
final class BounceTakingGreenMail extends GreenMail {
  /** What stands in Return-Path instead of nothing. */
  static final String NOBODY = "nobody@null.example";

  BounceTakingGreenMail(ServerSetup... setups) {
    super(setups);
  }

  @Override
  protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
    Map<String, AbstractServer> services = super.createServices(setups, managers);
    services.replaceAll(
        (protocol, service) ->
            service instanceof SmtpServer ? new Smtp(service.getServerSetup(), managers) : service);
    return services;
  }

  private static final class Smtp extends SmtpServer {
    Smtp(ServerSetup setup, Managers managers) {
      super(setup, managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
      return new SmtpHandler(new Commands(), managers.getSmtpManager(), client);
    }
  }

  private static final class Commands extends SmtpCommandRegistry {
    @Override
    public SmtpCommand getCommand(String name) {
      return "MAIL".equals(name.toUpperCase(Locale.ROOT))
          ? new MailFromAnybody()
          : super.getCommand(name);
    }
  }

  private static final class MailFromAnybody extends MailCommand {
    @Override
    public void execute(
        SmtpConnection connection, SmtpState state, SmtpManager manager, String line) {
      super.execute(connection, state, manager, line.replaceFirst("<>", '<' + NOBODY + '>'));
    }
  }
}
