package io.engage.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server on this machine (RFC 1035, 4) that knows texts, and names that mean others. */
final class NameServer implements Closeable {
  private static final int HEADER = 12;
  private static final int ALIAS = 5;
  private static final int TEXT = 16;
  private static final int INTERNET = 1;
  private static final int SERVER_FAILURE = 2;
  private static final int UNKNOWN_NAME = 3;

  private final DatagramSocket socket;
  private final Map<String, List<List<String>>> texts = new ConcurrentHashMap<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private volatile boolean failing;

  NameServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    } catch (IOException unavailable) {
      throw new IllegalStateException("There is no port for a name server", unavailable);
    }
  }

  void start() {
    Thread thread = new Thread(this::serve, "name server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** One more record, of these strings. */
  void texts(String name, List<String> strings) {
    texts.computeIfAbsent(name, any -> new ArrayList<>()).add(strings);
  }

  void alias(String name, String other) {
    aliases.put(name, other);
  }

  void fails() {
    failing = true;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    byte[] buffer = new byte[512];
    while (!socket.isClosed()) {
      try {
        DatagramPacket question = new DatagramPacket(buffer, buffer.length);
        socket.receive(question);
        byte[] answer = answer(buffer, question.getLength());
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private byte[] answer(byte[] question, int length) throws IOException {
    String name = name(question);
    String meant = aliases.getOrDefault(name, name);
    List<List<String>> found = texts.getOrDefault(meant, List.of());
    boolean renamed = !meant.equals(name);
    int code = failing ? SERVER_FAILURE : found.isEmpty() ? UNKNOWN_NAME : 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    out.writeShort(0x8180 | code);
    out.writeShort(1);
    out.writeShort(found.size() + (renamed ? 1 : 0));
    out.writeInt(0);
    out.write(question, HEADER, endOfQuestion(question, length) - HEADER);
    if (renamed) {
      record(out, name, ALIAS, encoded(meant));
    }
    for (List<String> strings : found) {
      record(out, meant, TEXT, text(strings));
    }
    return bytes.toByteArray();
  }

  private static void record(DataOutputStream out, String name, int type, byte[] data)
      throws IOException {
    out.write(encoded(name));
    out.writeShort(type);
    out.writeShort(INTERNET);
    out.writeInt(60);
    out.writeShort(data.length);
    out.write(data);
  }

  private static byte[] text(List<String> strings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String each : strings) {
      bytes.write(each.length());
      bytes.writeBytes(each.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String label : name.split("\\.", -1)) {
      bytes.write(label.length());
      bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  private static String name(byte[] question) {
    List<String> labels = new ArrayList<>();
    for (int at = HEADER; question[at] != 0; at += question[at] + 1) {
      labels.add(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
    }
    return String.join(".", labels);
  }

  private static int endOfQuestion(byte[] question, int length) {
    int at = HEADER;
    while (question[at] != 0) {
      at += question[at] + 1;
    }
    return Math.min(length, at + 5);
  }
}
