package io.engage.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.ConversationId;
import io.engage.model.message.MessageId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mail that would have somebody call a server of its sender, in each way that there is. */
@Tag("G-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class NothingIsFetchedTest {
  private static final String WAYS =
      """
      <!DOCTYPE html SYSTEM "URL1"><?xml-stylesheet href="URL2"?>
      <html manifest="URL3"><head><base href="URL4"><meta http-equiv="refresh" content="0;url=URL5">
      <link rel="stylesheet" href="URL6"><link rel="prefetch" href="URL7"><link rel="icon" href="URL8">
      <style>@import "URL9"; @font-face { font-family: x; src: url(URL10) } p { background: url('URL11') }
      li { list-style-image: url(URL12) } a { cursor: url(URL13), auto }</style>
      <script src="URL14"></script></head>
      <body background="URL15" style="background-image:url(URL16)">
      <p style="border-image:url(&quot;URL17&quot;)">Is it ready? <img src="URL18"><img srcset="URL19 2x">
      <img src="x" lowsrc="URL20" longdesc="URL21"><img src="URL22" usemap="#m">
      <picture><source srcset="URL23"></picture><video src="URL24" poster="URL25"><track src="URL26"></video>
      <audio src="URL27"></audio><bgsound src="URL28"><embed src="URL29"><object data="URL30"></object>
      <applet codebase="URL31"></applet><iframe src="URL32"></iframe>
      <iframe srcdoc="&lt;img src='URL33'&gt;"></iframe><input type="image" src="URL34">
      <form action="URL35"><button formaction="URL36">x</button></form>
      <table background="URL37"><tr><td background="URL38">x</td></tr></table>
      <svg><image href="URL39"/><use xlink:href="URL40#a"/><filter><feImage href="URL41"/></filter></svg>
      <blockquote cite="URL42">x</blockquote><map name="m"><area href="URL43"></map>
      <a href="https://shop.example/ready" ping="URL44">here</a></p></body></html>
      """;

  private final Street street = new Street();
  private final ServerSocketChannel elsewhere = listening();

  @BeforeEach
  void arrives() {
    street.arrives(
        """
        From: Ana Silva <ana@customer.example>
        To: repairs@shop.example
        Subject: My bike
        Date: Mon, 2 Mar 2026 08:00:00 +0000
        Message-ID: <1@customer.example>
        List-Unsubscribe: <%s>
        X-Face-URL: %s
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/html; charset=utf-8
        Content-Location: %s

        %s
        --b
        Content-Type: message/external-body; access-type=URL; URL="%s"

        Content-Type: image/png

        --b--
        """
            .formatted(url(50), url(51), url(52), ways(), url(53)));
    street.sync();
  }

  @AfterEach
  void close() throws IOException {
    street.close();
    elsewhere.close();
  }

  @Test
  void whoever_comes_is_seen() throws IOException {
    try (SocketChannel visitor = SocketChannel.open(elsewhere.getLocalAddress())) {
      assertThat(visitor.isConnected()).isTrue();
      assertThat(visitors()).isEqualTo(1);
    }
  }

  @Test
  void reading_a_mail_calls_nobody_and_neither_does_whoever_shows_it() throws IOException {
    OpenedMessage opened = street.clara.open(message()).findValue().orElseThrow();

    assertThat(opened.content().text()).contains("Is it ready?");
    assertCallsNobody(requireNonNull(opened.content().html()).value());
    assertThat(visitors()).isZero();
  }

  @Test
  @Tag("WK-5")
  void answering_and_forwarding_it_calls_nobody_and_hands_no_such_address_on() throws IOException {
    WritingDesk writing = street.clara.writing();
    Draft answer = writing.reply(message()).findValue().orElseThrow();
    Draft onward = writing.forward(message()).findValue().orElseThrow();

    String answered = written(writing, answer, answer.content());
    String forwarded = written(writing, onward, onward.content().to(Shop.BEN));

    assertThat(answered).contains("Is it ready?");
    assertThat(forwarded).contains("Is it ready?");
    assertCallsNobody(answered);
    assertCallsNobody(forwarded);
    assertThat(visitors()).isZero();
  }

  @Test
  @Tag("DI-7")
  void a_printed_recording_and_each_export_call_nobody() throws IOException {
    RecordingDesk recordings = street.engage.recordingsOf(Shop.CLARA);
    ConversationId conversation = street.onlyConversation().id();
    ByteArrayOutputStream page = new ByteArrayOutputStream();

    recordings.print(conversation, RecordingForm.MESSAGES.withTrail(), page);
    for (RecordingFormat format : RecordingFormat.values()) {
      recordings.export(conversation, format, RecordingForm.MESSAGES, new ByteArrayOutputStream());
    }

    assertThat(page.toString(StandardCharsets.UTF_8)).contains("Is it ready?");
    assertCallsNobody(page.toString(StandardCharsets.UTF_8));
    assertThat(visitors()).isZero();
  }

  private static String written(WritingDesk writing, Draft draft, Composition content) {
    Draft soon = draft.withContent(content.withHtml("<p>Soon.</p>"), draft.changedAt());
    return String.valueOf(writing.preview(soon).findValue().orElseThrow().mail().html());
  }

  /** Only a link that somebody clicks may lead there, and no page asks for anything by itself. */
  private void assertCallsNobody(String html) {
    for (Element element : Jsoup.parse(html).getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        assertThat(attribute.getValue())
            .as("%s of %s", attribute.getKey(), element.normalName())
            .doesNotContain(place());
      }
      assertThat(element.data()).doesNotContain(place());
    }
  }

  private MessageId message() {
    return street.lastMessage(street.onlyConversation()).id();
  }

  private String ways() {
    return WAYS.replaceAll("URL(\\d+)", url(0).replace("/0", "/$1"));
  }

  private String url(int number) {
    return "http://" + place() + "/" + number;
  }

  private String place() {
    return "127.0.0.1:" + elsewhere.socket().getLocalPort();
  }

  private int visitors() throws IOException {
    int visitors = 0;
    for (SocketChannel next = elsewhere.accept(); next != null; next = elsewhere.accept()) {
      next.close();
      visitors++;
    }
    return visitors;
  }

  private static ServerSocketChannel listening() {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      channel.configureBlocking(false);
      return channel;
    } catch (IOException noPort) {
      throw new IllegalStateException("There is no port to listen at", noPort);
    }
  }
}
