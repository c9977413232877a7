package io.engage.stories;

import io.engage.core.Shop;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The manual of Contact, from the settings of a campaign to its end. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContactStoryTest {
  static final byte[] PHOTO = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2, 3};
  static final byte[] BILL = "%PDF a bill".getBytes(StandardCharsets.US_ASCII);
  static final byte[] OFFER = "%PDF an offer".getBytes(StandardCharsets.US_ASCII);

  private final RealStreet street =
      new RealStreet((street, host) -> host.publicUrl(URI.create("https://shop.example/engage")));

  @BeforeEach
  void prepare() {
    street.post.open("support", "right");
    street
        .directory
        .with("ana", "Ana Silva", Shop.ANA.address())
        .with("ben", "Ben Okafor", Shop.BEN.address());
  }

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("IN-1")
  @Tag("IN-2")
  @Tag("IN-3")
  @Tag("IN-6")
  @Tag("IN-7")
  @Tag("IN-8")
  @Tag("IN-9")
  @Tag("IN-10")
  @Tag("IN-11")
  @Tag("IN-13")
  @Tag("IN-14")
  @Tag("WK-5")
  @Tag("WK-6")
  @Tag("WK-7")
  @Tag("WK-9")
  @Tag("WK-11")
  @Tag("WK-12")
  @Tag("WK-15")
  @Tag("G-23")
  @Tag("G-31")
  void the_full_story_of_contact() throws IOException {
    new ContactSettingUp(street).play();
    new ContactAnswering(street).play();
    new ContactCirculating(street).play();
  }
}
