package io.engage.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Another mail program at the same mailbox: speaks plain IMAP, a connection a command or two. */
public final class OtherProgram implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int tag;

  private OtherProgram(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    readLine();
  }

  public static OtherProgram logIn(int port, String user, String password) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(20_000);
      OtherProgram program = new OtherProgram(socket);
      program.run("LOGIN " + user + " " + password);
      return program;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The untagged answers to a command, each with its literals. */
  public List<String> run(String command) {
    try {
      String mine = "x" + ++tag;
      write(mine + " " + command + "\r\n");
      List<String> answers = new ArrayList<>();
      for (String line = readAnswer(); ; line = readAnswer()) {
        if (line.startsWith(mine + " ")) {
          if (!line.startsWith(mine + " OK")) {
            throw new AssertionError(command + ": " + line);
          }
          return answers;
        }
        answers.add(line);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public void append(String folder, byte[] mail) {
    append(folder, mail, new byte[0], 0);
  }

  /** A mail that ends with so many times the same bytes, which are never held together. */
  public void append(String folder, byte[] start, byte[] more, int times) {
    try {
      String mine = "a" + ++tag + " ";
      write(
          "%sAPPEND %s {%d}\r\n"
              .formatted(mine, folder, start.length + (long) more.length * times));
      readLine();
      out.write(start);
      for (int i = 0; i < times; i++) {
        out.write(more);
      }
      write("\r\n");
      String line = readLine();
      while (!line.startsWith(mine)) {
        line = readLine();
      }
      if (!line.startsWith(mine + "OK")) {
        throw new AssertionError("APPEND: " + line);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  private String readAnswer() throws IOException {
    StringBuilder answer = new StringBuilder(readLine());
    while (answer.toString().matches("(?s).*\\{\\d+\\}")) {
      int open = answer.lastIndexOf("{");
      int length = Integer.parseInt(answer.substring(open + 1, answer.length() - 1));
      answer.setLength(open);
      answer.append('\u0001');
      answer.append(new String(in.readNBytes(length), ISO_8859_1));
      answer.append('\u0001');
      answer.append(readLine());
    }
    return answer.toString();
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("The server went");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closedAnyway) {
      // It is gone.
    }
  }
}
