package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.Engage;
import io.engage.dialer.rendering.FormReading;
import io.engage.dialer.rendering.MailForm;
import io.engage.dialer.rendering.RenderedMail;
import io.engage.dialer.rendering.Rendering;
import io.engage.dialer.rendering.Sheet;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.template.Template;
import io.engage.spi.Documents;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of which no mail can be made, and what becomes of those beside them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-43")
class OddRowsTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("DL-5")
  void a_row_that_lacks_a_value_of_a_text_with_unsubscribe_words_touches_no_other() {
    Template news =
        Template.of("news", "News", Template.Purpose.DIALER, "", "Dear ${title} ${name}");
    shop.keep(news);
    shop.running(
        NEWS.withTemplate(news.id())
            .withUnsubscribeHtml("<a href='#' id='unsubscribe_link'>No more of this</a>"),
        3);
    shop.storage
        .recipients()
        .add(List.of(with(RecipientId.of(Mailing.LIST, 4), List.of(), Map.of("title", "Dr."))));

    shop.dialer.workOff();

    assertThat(shop.state(1).outcome().words()).contains("title");
    assertThat(shop.state(4).outcome().words()).contains("name");
    assertThat(shop.counts().failed()).isEqualTo(4);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-5")
  void a_row_that_nobody_thought_of_fails_alone() {
    Map<String, OutboundAttachment> broken =
        new HashMap<>() {
          @Override
          public OutboundAttachment get(Object token) {
            throw new IllegalStateException("Nobody thought of this");
          }
        };
    Recipient odd = with(RecipientId.of(Mailing.LIST, 1), List.of("offer"), Map.of("name", "Ana"));

    RenderedMail failed = RowRendering.decide(form(), odd, broken, shop.clock.instant());
    RenderedMail mail =
        RowRendering.decide(
            form(), Mailing.customer(Mailing.LIST, 2), broken, shop.clock.instant());

    assertThat(mail).isInstanceOf(RenderedMail.Complete.class);
    assertThat(failed)
        .isInstanceOfSatisfying(
            RenderedMail.Unsendable.class,
            row -> assertThat(row.outcome().why()).isEqualTo(Why.NOT_COMPOSED));
  }

  @Test
  @Tag("DL-12")
  void what_keeps_one_group_from_being_made_keeps_back_neither_those_behind_nor_other_campaigns() {
    shop.campaign(NEWS, Status.RUNNING);
    shop.list(Mailing.LIST, CampaignList.Status.ACTIVE, 0);
    for (int row = 1; row <= 20; row++) {
      List<String> files = row == 1 ? List.of("offer") : List.of();
      RecipientId id = RecipientId.of(Mailing.LIST, row);
      shop.storage.recipients().add(List.of(with(id, files, Map.of("name", "Ana"))));
    }
    winter();
    try (Engage engage = shop.engageOn(withoutFiles(shop.storage), shop.mail)) {
      Dialer dialer = Dialer.builder(engage).markAtOnce(10).build();

      assertThatThrownBy(dialer::workOff).isInstanceOf(PortFailure.class);
      assertThat(shop.sent()).containsExactly("w1@customer.example");
      dialer.workOff();
    }

    assertThat(shop.counts().sent()).isEqualTo(10);
    assertThat(shop.counts().pending()).isEqualTo(10);
    shop.clock.advance(Duration.ofMinutes(2));
    shop.dialer.workOff();
    assertThat(shop.counts().sent()).isEqualTo(19);
    assertThat(shop.state(1).outcome().why()).isEqualTo(Why.INVALID_ROW);
  }

  private void winter() {
    CampaignId id = CampaignId.of("winter");
    Campaign winter = Campaign.of(id, Mailing.SHOP.id(), "Winter", CampaignPlan.of("Snow"));
    shop.keep(winter.withState(winter.state().to(Status.RUNNING, shop.clock.instant(), null)));
    ListId list = ListId.of("w");
    shop.keep(
        new CampaignList(
            list, id, "All", "", CampaignList.Status.ACTIVE, shop.clock.instant(), 1, 0, 0));
    shop.storage.recipients().add(List.of(with(RecipientId.of(list, 1), List.of(), Map.of())));
  }

  private MailForm form() {
    Sheet sheet =
        new CampaignShelf(shop.engage.foundation())
            .sheet(
                Campaign.of(Mailing.SPRING, Mailing.SHOP.id(), "Spring", NEWS), null, Mailing.SHOP);
    return ((FormReading.Ready) Rendering.decide(sheet)).form();
  }

  private static Recipient with(RecipientId id, List<String> files, Map<String, String> values) {
    String address = id.list().value().charAt(0) + "" + id.row() + "@customer.example";
    return new Recipient(
        id,
        address,
        Recipient.USUAL_PRIORITY,
        new Recipient.Row("", files, values),
        RecipientState.PENDING);
  }

  /** The same storage, which cannot say anything about the files of campaigns. */
  private static Storage withoutFiles(Storage good) {
    Documents documents =
        (Documents)
            Proxy.newProxyInstance(
                Documents.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("find") && asksForFiles((List<?>) arguments[0])) {
                    throw new PortFailure("The store is away", true);
                  }
                  return method.invoke(good.documents(), arguments);
                });
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                method.getName().equals("documents") ? documents : method.invoke(good, arguments));
  }

  private static boolean asksForFiles(List<?> keys) {
    return keys.stream()
        .anyMatch(key -> ((DocumentKey) key).kind() == DocumentKey.Kind.CAMPAIGN_ATTACHMENT);
  }
}
