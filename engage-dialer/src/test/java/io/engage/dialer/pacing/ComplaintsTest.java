package io.engage.dialer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.dialer.pacing.Complaints.Meant;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
@Tag("G-44")
class ComplaintsTest {
  private static final ListId LIST = ListId.of("riders");

  @Test
  void a_server_that_takes_mails_for_others_means_the_domain() {
    Complaints after =
        Complaints.NONE.took("slow.example").took("fast.example").complainedOf("slow.example");

    assertThat(after.decide("slow.example")).isEqualTo(Meant.DOMAIN);
    assertThat(after.complainedOf("slow.example").decide("slow.example")).isEqualTo(Meant.DOMAIN);
  }

  @Test
  void a_server_that_has_taken_mails_for_nobody_else_means_us() {
    assertThat(Complaints.NONE.complainedOf("slow.example").decide("slow.example"))
        .isEqualTo(Meant.ACCOUNT);
    assertThat(
            Complaints.NONE
                .took("slow.example")
                .took("slow.example")
                .complainedOf("slow.example")
                .decide("slow.example"))
        .isEqualTo(Meant.ACCOUNT);
  }

  @Test
  void a_server_that_complains_of_one_domain_after_the_other_means_us() {
    Complaints two =
        Complaints.NONE
            .took("a.example")
            .took("b.example")
            .complainedOf("a.example")
            .complainedOf("b.example");

    Complaints three = two.complainedOf("c.example");

    assertThat(two.decide("b.example")).isEqualTo(Meant.DOMAIN);
    assertThat(three.decide("c.example")).isEqualTo(Meant.ACCOUNT);
    assertThat(three.took("a.example").complainedOf("c.example").decide("c.example"))
        .isEqualTo(Meant.DOMAIN);
  }

  @Test
  void of_many_recipients_who_are_put_off_in_a_row_none_is_to_blame() {
    PutOffs putOffs = PutOffs.NONE;
    for (int row = 1; row < 20; row++) {
      putOffs = putOffs.plus(RecipientId.of(LIST, row)).plus(RecipientId.of(LIST, 1));
    }

    assertThat(putOffs.isThrottling()).isFalse();
    assertThat(putOffs.plus(RecipientId.of(LIST, 20)).isThrottling()).isTrue();
  }
}
