package io.engage.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/** Asks the name servers of this machine, through what Java has for it. */
final class DnsTextRecords implements TextRecords {
  /** A record has strings of up to 255 characters; one with a blank comes in quotes. */
  private static final Pattern STRING =
      Pattern.compile("\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^ \"]++)");

  private final String servers;

  DnsTextRecords() {
    this("dns:");
  }

  /**
   * @param servers as JNDI names them: {@code dns:} for those of this machine, or {@code
   *     dns://host:port}
   */
  DnsTextRecords(String servers) {
    this.servers = servers;
  }

  @Override
  public List<String> of(String name) throws IOException {
    try {
      DirContext context = new InitialDirContext(environment());
      try {
        return texts(ask(context, name));
      } finally {
        context.close();
      }
    } catch (NameNotFoundException | InvalidNameException unknown) {
      return List.of();
    } catch (NamingException unanswered) {
      throw new IOException("The name servers of this machine do not answer", unanswered);
    }
  }

  /** The DNS has texts only: no name leads to an object here, and none is made. */
  @SuppressWarnings("BanJNDI")
  private static @Nullable Attribute ask(DirContext context, String name) throws NamingException {
    return context.getAttributes(name, new String[] {"TXT"}).get("TXT");
  }

  private Hashtable<String, String> environment() {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, servers);
    environment.put("com.sun.jndi.dns.timeout.initial", "2000");
    environment.put("com.sun.jndi.dns.timeout.retries", "3");
    return environment;
  }

  private static List<String> texts(@Nullable Attribute records) throws NamingException {
    List<String> texts = new ArrayList<>();
    if (records != null) {
      for (Object each : Collections.list(records.getAll())) {
        texts.add(joined(String.valueOf(each)));
      }
    }
    return texts;
  }

  /** The strings of a record belong together as they are (RFC 7208, 3.3; RFC 6376, 3.6.2.2). */
  private static String joined(String record) {
    StringBuilder text = new StringBuilder();
    Matcher strings = STRING.matcher(record);
    while (strings.find()) {
      String quoted = strings.group(1);
      text.append(quoted == null ? strings.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
    }
    return text.toString();
  }
}
