package io.engage.dialer;

import static io.engage.dialer.CampaignScene.CLARA;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Recipient;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is erased is gone from the rows of a list, however somebody typed them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ErasedRowsTest {
  private final CampaignScene scene = new CampaignScene();
  private final Campaign spring = scene.spring(CampaignPlan.of("Spring is here"));

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  @Tag("PO-6")
  @Tag("DL-3")
  void no_row_that_was_imported_names_whoever_was_erased() {
    CampaignList list =
        scene
            .imported(
                spring.id(),
                ListImport.named("Buyers"),
                "Spring;\"Ana\nana@customer.example\";Hi;;;\n"
                    + "Spring;Ana <ana@customer.example>;Hi;;;\n"
                    + "Spring;ana@customer.example, ben@customer.example;Hi;;;\n"
                    + "Spring;ANA@customer.example;Hi;;;\n"
                    + "Spring;\"Ben\nben@customer.example\";Hi;;;\n")
            .list();
    assertThat(addresses(list)).hasSize(5).filteredOn(this::namesAna).hasSize(4);

    scene.engage.privacyOf(CLARA).erase(Person.of(CustomerId.of("ana")));

    assertThat(addresses(list)).hasSize(5).noneMatch(this::namesAna);
    assertThat(addresses(list)).filteredOn(each -> each.contains("ben@")).hasSize(1);
  }

  private boolean namesAna(String address) {
    return address.toLowerCase(Locale.ROOT).contains("ana@customer.example");
  }

  private List<String> addresses(CampaignList list) {
    return scene.storage.recipients().of(list.id(), Set.of(), 0, 100).stream()
        .map(Recipient::address)
        .toList();
  }
}
