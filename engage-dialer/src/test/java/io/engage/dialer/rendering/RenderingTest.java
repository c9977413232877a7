package io.engage.dialer.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.signing.LinkPurpose;
import io.engage.core.signing.LinkVerdict;
import io.engage.core.signing.SignedLinks;
import io.engage.core.signing.SigningKeys;
import io.engage.dialer.naming.RecipientLinks;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.imap.MimeFormat;
import io.engage.model.address.NamedAddress;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.FileName;
import io.engage.model.message.HeaderField;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundCalendar;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.template.Template;
import io.engage.model.template.Template.Purpose;
import io.engage.model.template.TemplateId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-5")
class RenderingTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final SigningKeys KEYS = SigningKeys.of(Secret.of("a key that nobody guesses"));
  private static final SignedLinks SIGNED = new SignedLinks(KEYS, "");
  private static final RecipientLinks LINKS = new RecipientLinks(SIGNED);
  private static final Inbox SHOP =
      Inbox.of("shop", "The Shop", "news@shop.example", AccountId.of("main"));
  private static final String UNSUBSCRIBE =
      "<p>No more? <a class='x' href=\"#\" id=\"unsubscribe_link\">Unsubscribe</a> &amp; bye</p>";

  @Test
  void a_rows_own_text_comes_before_the_template() {
    MailForm form = form(plan(), template("Dear ${name}, from the template", null));

    assertThat(mail(form, row("Hello ${name}!", Map.of("name", "Ana"))).text())
        .isEqualTo("Hello Ana!");
    assertThat(mail(form, row("", Map.of("name", "Ana"))).text())
        .isEqualTo("Dear Ana, from the template");
    assertThat(mail(form(plan(), null), row("", Map.of())).text()).isEmpty();
  }

  @Test
  void values_are_written_as_they_have_to_be_where_they_stand() {
    MailForm form =
        form(
            CampaignPlan.of("For ${name}"),
            template("Dear ${name}", "<p title=\"${name}\">${name}</p>"));

    OutboundMessage mail = mail(form, row("", Map.of("name", "O'Brien <b>&\"")));

    assertThat(mail.subject()).isEqualTo("For O'Brien <b>&\"");
    assertThat(mail.text()).isEqualTo("Dear O'Brien <b>&\"");
    assertThat(mail.html())
        .isEqualTo(
            "<p title=\"O&#39;Brien &lt;b&gt;&amp;&quot;\">O&#39;Brien &lt;b&gt;&amp;&quot;</p>");
  }

  @Test
  @Tag("G-50")
  void a_value_is_never_read_again_for_fields() {
    MailForm form = form(plan(), template("Dear ${name}", null));

    OutboundMessage mail =
        mail(form, row("", Map.of("name", "${secret}${unsubscribe.link}", "secret", "s3cret")));

    assertThat(mail.text()).isEqualTo("Dear ${secret}${unsubscribe.link}");
  }

  @Test
  void nobody_gets_a_mail_with_a_hole() {
    MailForm form = form(CampaignPlan.of("For ${name}"), template("${city}", "<p>${street}</p>"));

    RenderedMail rendered = form.decide(row("", Map.of("name", "Ana")), Map.of(), NOON);

    assertThat(rendered)
        .isInstanceOfSatisfying(
            RenderedMail.Unsendable.class,
            unsendable -> {
              assertThat(unsendable.outcome().why()).isEqualTo(Why.INVALID_ROW);
              assertThat(unsendable.outcome().words()).contains("city, street");
            });
    assertThat(form.fields()).containsExactly("city", "name", "street");
  }

  @ParameterizedTest
  @Tag("G-32")
  @ValueSource(
      strings = {
        "\r",
        "\n",
        "\r\nBcc: victim@shop.example",
        "\0",
        "\u0085",
        "\u2028",
        "\u2029",
        "\t"
      })
  void a_control_character_in_the_subject_fails_its_row(String evil) {
    MailForm form = form(CampaignPlan.of("For ${name}"), null);

    RenderedMail rendered = form.decide(row("", Map.of("name", "Ana" + evil)), Map.of(), NOON);

    assertThat(rendered).isInstanceOf(RenderedMail.Unsendable.class);
  }

  @ParameterizedTest
  @Tag("G-32")
  @ValueSource(
      strings = {"ana@x\r\nRCPT TO:<b@x>", "an a@x.example", "@", "", "jos\u00e9@x.example"})
  void an_address_that_is_none_fails_its_row(String address) {
    Recipient row =
        new Recipient(
            RecipientId.of(ListId.of("spring"), 1),
            address,
            1,
            Recipient.Row.EMPTY,
            RecipientState.PENDING);

    RenderedMail rendered = form(plan(), null).decide(row, Map.of(), NOON);

    assertThat(((RenderedMail.Unsendable) rendered).outcome().why()).isEqualTo(Why.INVALID_ADDRESS);
  }

  @Test
  @Tag("G-32")
  void whatever_a_row_says_the_mail_that_goes_out_has_the_header_that_we_wrote()
      throws IOException {
    Random random = new Random(7);
    MailForm form =
        form(
            CampaignPlan.of("For ${name}").withUnsubscribeHtml(UNSUBSCRIBE).withOpensCounted(true),
            template("Dear ${name}", "<p>${name}</p>"));
    int sent = 0;
    for (int i = 0; i < 2_000; i++) {
      Recipient row =
          row(random.nextBoolean() ? hostile(random) : "", Map.of("name", hostile(random)));

      if (form.decide(row, Map.of(), NOON) instanceof RenderedMail.Complete complete) {
        String bytes =
            new String(MimeFormat.create().compose(complete.message()), StandardCharsets.US_ASCII);
        sent++;
        String header = bytes.substring(0, bytes.indexOf("\r\n\r\n"));
        assertThat(header.lines().map(line -> line.replaceAll("(?s)[: ].*", "")))
            .filteredOn(name -> !name.isEmpty())
            .containsExactly(
                "Date",
                "From",
                "To",
                "Subject",
                "Message-ID",
                "List-Unsubscribe",
                "List-Unsubscribe-Post",
                "Precedence",
                "MIME-Version",
                "Content-Type");
        assertThat(bytes.replace("\r\n", "")).doesNotContain("\r", "\n");
      }
    }
    assertThat(sent).isGreaterThan(200);
  }

  @Test
  @Tag("DL-8")
  void the_unsubscribe_link_leads_to_the_recipients_own_address_in_html_text_and_header()
      throws IOException {
    MailForm form =
        form(plan().withUnsubscribeHtml(UNSUBSCRIBE), template("Hi", "<p>Hi</p></body>"));

    OutboundMessage mail = mail(form, row("", Map.of()));

    String link = linkIn(mail);
    assertThat(mail.html())
        .isEqualTo(
            "<p>Hi</p><p>No more? <a href=\""
                + link
                + "\" class=\"x\" id=\"unsubscribe_link\">Unsubscribe</a> &amp; bye</p></body>");
    assertThat(mail.text())
        .startsWith("Hi\n\n")
        .contains("No more? Unsubscribe")
        .contains("\n" + link);
    assertThat(mail.extraFields())
        .contains(
            new HeaderField("List-Unsubscribe", "<" + link + ">"),
            new HeaderField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    String token = link.substring(link.lastIndexOf('/') + 1);
    assertThat(SIGNED.decide(LinkPurpose.UNSUBSCRIBE, token, NOON))
        .isEqualTo(new LinkVerdict.Genuine("l1/3"));
    ParsedMail read = MimeFormat.create().parse(MailContent.of(MimeFormat.create().compose(mail)));
    assertThat(read.findField("List-Unsubscribe")).contains("<" + link + ">");
  }

  @Test
  @Tag("DL-8")
  void a_row_cannot_replace_the_link() {
    MailForm form = form(plan().withUnsubscribeHtml(UNSUBSCRIBE), template("Hi", null));

    OutboundMessage mail = mail(form, row("", Map.of("unsubscribe.link", "https://evil.example")));

    assertThat(mail.html()).doesNotContain("evil").contains(linkIn(mail));
    assertThat(mail.html()).startsWith("<div>Hi</div><p>No more?");
  }

  @Test
  @Tag("DL-8")
  void without_https_nobody_is_promised_that_one_click_is_enough() {
    OutboundMessage plain = mail(form(plan(), null, "http://localhost:8080/"), row("", Map.of()));
    OutboundMessage none = mail(form(plan(), null, null), row("", Map.of()));

    assertThat(plain.extraFields()).containsExactly(new HeaderField("Precedence", "bulk"));
    assertThat(none.extraFields()).isEqualTo(plain.extraFields());
  }

  @Test
  @Tag("DL-8")
  void a_link_that_nobody_answers_is_found_before_the_start() {
    FormReading reading =
        Rendering.decide(sheet(plan().withUnsubscribeHtml(UNSUBSCRIBE), null, null));

    assertThat(reading)
        .isInstanceOfSatisfying(
            FormReading.Refused.class,
            refused -> assertThat(refused.reason()).contains("public address"));
  }

  @ParameterizedTest
  @Tag("G-50")
  @ValueSource(strings = {"${>file}", "${={{ }}=}", "${#each}", "${&raw}"})
  void a_template_that_wants_more_than_fields_is_refused(String hostile) {
    FormReading reading = Rendering.decide(sheet(plan(), template(hostile, null), null));

    assertThat(reading).isInstanceOf(FormReading.Refused.class);
  }

  @Test
  @Tag("DL-11")
  void a_picture_tells_of_opening_only_where_the_campaign_counts() {
    OutboundMessage counted =
        mail(form(plan().withOpensCounted(true), template("Hi\nAna", null)), row("", Map.of()));
    OutboundMessage uncounted = mail(form(plan(), template("Hi", "<p>Hi</p>")), row("", Map.of()));

    assertThat(counted.text()).isEqualTo("Hi\nAna");
    assertThat(counted.html())
        .startsWith("<div>Hi<br>\nAna</div><img src=\"https://shop.example/s/")
        .endsWith("\" width=\"1\" height=\"1\" alt=\"\">");
    assertThat(uncounted.html()).isEqualTo("<p>Hi</p>");
  }

  @Test
  @Tag("DL-4")
  void a_row_brings_the_files_that_it_names() {
    OutboundAttachment menu =
        new OutboundAttachment(
            FileName.of("menu.pdf"), "application/pdf", MailContent.of(new byte[] {1}));
    Recipient row =
        new Recipient(
            RecipientId.of(ListId.of("l1"), 3),
            "ana@customer.example",
            1,
            new Recipient.Row("", List.of("menu-1"), Map.of()),
            RecipientState.PENDING);
    MailForm form = form(plan(), null);

    assertThat(((RenderedMail.Complete) form.decide(row, Map.of("menu-1", menu), NOON)).message())
        .extracting(OutboundMessage::attachments)
        .isEqualTo(List.of(menu));
    assertThat(form.decide(row, Map.of(), NOON)).isInstanceOf(RenderedMail.Unsendable.class);
  }

  @Test
  @Tag("DL-12")
  void each_attempt_has_the_same_message_id() {
    MailForm form = form(plan(), null);

    OutboundMessage first = mail(form, row("", Map.of()));
    OutboundMessage again =
        ((RenderedMail.Complete) form.decide(row("", Map.of()), Map.of(), NOON.plusSeconds(900)))
            .message();

    assertThat(again.messageId()).isEqualTo(first.messageId());
    assertThat(first.messageId().value()).startsWith("d1.l1.3.").endsWith("@shop.example");
    assertThat(first.from()).isEqualTo(NamedAddress.of("The Shop", "news@shop.example"));
  }

  @Test
  @Tag("DL-7")
  @Tag("G-52")
  void each_recipient_is_invited_to_the_event_as_their_row_has_it() throws IOException {
    MailForm form =
        form(
            plan().withEvent(ride("Ride with ${name}", "${start}")),
            template("Dear ${name}", null));
    Recipient row = row("", Map.of("name", "Ana; Ben", "start", "01/04/2026 10:00"));

    OutboundMessage mail = mail(form, row);

    assertThat(form.fields()).containsExactly("name", "start");
    assertThat(calendar(mail))
        .contains(
            "UID:" + new RecipientTokens(KEYS).sign(row.id()),
            "SEQUENCE:0",
            "DTSTART:20260401T080000Z",
            "SUMMARY:Ride with Ana\\; Ben",
            "ORGANIZER;CN=The Shop:mailto:news@shop.example")
        .anyMatch(line -> line.endsWith(":mailto:ana@customer.example"));
    ParsedMail read = MimeFormat.create().parse(MailContent.of(MimeFormat.create().compose(mail)));
    assertThat(read.attachments()).extracting(each -> each.name().value()).contains("invite.ics");
  }

  @Test
  @Tag("DL-7")
  @Tag("G-52")
  void a_change_of_the_event_goes_to_the_same_entry_in_the_calendar() {
    EventTemplate ride = ride("Ride", "2026-04-01 10:00");
    EventTemplate later =
        new EventTemplate(
            "Ride",
            "",
            "2026-04-01 11:00",
            "2026-04-01 13:00",
            "",
            "",
            ride.zone(),
            ride.dates(),
            1);

    List<String> before = calendar(mail(form(plan().withEvent(ride), null), row("", Map.of())));
    List<String> after = calendar(mail(form(plan().withEvent(later), null), row("", Map.of())));

    assertThat(after).contains("SEQUENCE:1", "DTSTART:20260401T090000Z").contains(uid(before));
  }

  @Test
  @Tag("DL-6")
  @Tag("DL-7")
  void an_event_that_is_wrong_is_known_before_the_first_mail_and_one_of_a_row_before_that() {
    FormReading never = Rendering.decide(sheet(plan().withEvent(ride("", "soon")), null, null));
    MailForm form = form(plan().withEvent(ride("Ride", "${start}")), null);

    assertThat(((FormReading.Refused) never).reason())
        .contains("The title of the event is empty", "The start of the event is no date");
    assertThat(form.decide(row("", Map.of("start", "32/04/2026")), Map.of(), NOON))
        .isInstanceOfSatisfying(
            RenderedMail.Unsendable.class,
            unsendable ->
                assertThat(unsendable.outcome().words())
                    .startsWith("The start of the event is no date")
                    .doesNotContain("32/04"));
    assertThat(form.decide(row("", Map.of()), Map.of(), NOON))
        .isInstanceOf(RenderedMail.Unsendable.class);
  }

  private static EventTemplate ride(String title, String start) {
    return EventTemplate.of(title, start, "2026-04-01 12:00", ZoneId.of("Europe/Berlin"));
  }

  private static List<String> calendar(OutboundMessage mail) {
    OutboundCalendar calendar = mail.calendar();
    assertThat(calendar).isNotNull();
    return calendar.text().replace("\r\n ", "").lines().toList();
  }

  private static String uid(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("UID:")).findFirst().orElseThrow();
  }

  private static String hostile(Random random) {
    String signs = "ab \r\n\0\t<>&\"'${}=?.:;,\u00e9\u760d\u760a\u2028\ud83d\ude00";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(200);
    for (int i = 0; i < length; i++) {
      text.append(signs.charAt(random.nextInt(signs.length())));
    }
    return random.nextInt(3) == 0
        ? text.toString()
        : text.toString().replaceAll("[\\p{Cc}\u2028]", "");
  }

  private static String linkIn(OutboundMessage mail) {
    String value = mail.extraFields().get(0).value();
    return value.substring(1, value.length() - 1);
  }

  @Test
  @Tag("DL-9")
  void what_a_mail_has_in_the_places_of_the_shared_texts_makes_its_texts() {
    MailForm withHtml =
        form(
            plan().withUnsubscribeHtml(UNSUBSCRIBE),
            template("Dear ${name},\nbuy!", "<p>${name} &amp; ${name}</p>"));
    MailForm withText =
        form(plan().withUnsubscribeHtml(UNSUBSCRIBE), template("Dear\r\n${name} <3\n", null));
    Recipient ana = row("", Map.of("name", "Ana\n<O'Brien> & \u00a0"));

    for (MailForm form : List.of(withHtml, withText)) {
      RenderedMail.Complete mail = (RenderedMail.Complete) form.decide(ana, Map.of(), NOON);

      assertThat(form.text().filled(mail.shared().text())).isEqualTo(mail.message().text());
      assertThat(form.html().filled(mail.shared().html())).isEqualTo(mail.message().html());
    }
    assertThat(mail(withText, ana).html())
        .startsWith("<div>Dear<br>\nAna<br>\n&lt;O&apos;Brien&gt; &amp; &nbsp; &lt;3<br>\n</div>");
  }

  @Test
  @Tag("DL-9")
  void a_row_with_a_text_of_its_own_shares_none() {
    MailForm form = form(plan(), template("Dear ${name}", "<p>Dear ${name}</p>"));

    RenderedMail own = form.decide(row("Hello ${name}", Map.of("name", "Ana")), Map.of(), NOON);

    assertThat(((RenderedMail.Complete) own).shared()).isNull();
  }

  private static OutboundMessage mail(MailForm form, Recipient row) {
    return ((RenderedMail.Complete) form.decide(row, Map.of(), NOON)).message();
  }

  private static CampaignPlan plan() {
    return CampaignPlan.of("News").withTemplate(TemplateId.of("news"));
  }

  private static Recipient row(String message, Map<String, String> variables) {
    return new Recipient(
        RecipientId.of(ListId.of("l1"), 3),
        "ana@customer.example",
        1,
        new Recipient.Row(message, List.of(), variables),
        RecipientState.PENDING);
  }

  private static Template template(String text, @Nullable String html) {
    return new Template(TemplateId.of("news"), "News", null, Purpose.DIALER, "", text, html, 0);
  }

  private static MailForm form(CampaignPlan plan, @Nullable Template template) {
    return form(plan, template, "https://shop.example/");
  }

  private static MailForm form(
      CampaignPlan plan, @Nullable Template template, @Nullable String linksUnder) {
    return ((FormReading.Ready) Rendering.decide(sheet(plan, template, linksUnder))).form();
  }

  private static Sheet sheet(
      CampaignPlan plan, @Nullable Template template, @Nullable String linksUnder) {
    return new Sheet(
        Campaign.of(
            CampaignId.of("spring"),
            SHOP.id(),
            "Spring",
            template == null ? plan.withTemplate(null) : plan),
        null,
        SHOP,
        template,
        new Sheet.Signatures(new RecipientTokens(KEYS), LINKS, linksUnder));
  }
}
