package io.engage.stories;

import io.engage.core.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The manual of clienteling, from the onboarding of a store to the last word. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoreStoryTest {
  private final RealStreet street = new RealStreet();

  @BeforeEach
  void prepare() {
    street.post.open("stores", "right");
    street.gateway.withFreeNumbers(StoreStage.FIRST, StoreStage.SECOND);
    street
        .directory
        .with("ana", "Ana Silva", Shop.ANA.address(), StoreStage.ANAS)
        .with("ben", "Ben Okafor", Shop.BEN.address(), StoreStage.BENS);
  }

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("SM-1")
  @Tag("SM-2")
  @Tag("SM-3")
  @Tag("SM-4")
  @Tag("SM-5")
  @Tag("SY-8")
  @Tag("TH-2")
  @Tag("TH-6")
  @Tag("WK-8")
  @Tag("WK-10")
  void the_full_story_of_a_store() {
    new StoreSettingUp(street).play();
    new StoreTexting(street).play();
    new StoreConsent(street).play();
  }
}
