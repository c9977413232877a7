package io.engage.stories;

import io.engage.core.Shop;
import io.engage.model.calendar.AppointmentType;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The manual of the Hub, from the settings of a store to the audit trail. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HubStoryTest {
  private final RealStreet street = new RealStreet();

  @BeforeEach
  void open() {
    street.post.open("stores", "right");
    street.gateway.withFreeNumbers(HubStage.OURS);
    street.directory.with("ana", "Ana Silva", Shop.ANA.address(), HubStage.ANAS);
    street.appointments.offering(
        new AppointmentType("fitting", "Fitting", Duration.ofMinutes(30)),
        HubStage.TEN,
        HubStage.ELEVEN);
  }

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("IN-2")
  @Tag("IN-3")
  @Tag("IN-4")
  @Tag("TH-2")
  @Tag("TH-3")
  @Tag("TH-4")
  @Tag("TH-6")
  @Tag("WK-1")
  @Tag("WK-2")
  @Tag("WK-3")
  @Tag("WK-4")
  @Tag("WK-5")
  @Tag("WK-8")
  @Tag("WK-10")
  @Tag("WK-11")
  @Tag("WK-12")
  @Tag("SM-1")
  @Tag("SM-2")
  @Tag("SM-5")
  @Tag("SY-1")
  @Tag("SY-5")
  @Tag("SY-6")
  @Tag("SY-8")
  void the_full_story_of_the_hub() throws IOException {
    new HubArriving(street).play();
    new HubAnswering(street).play();
    new HubTidying(street).play();
  }
}
