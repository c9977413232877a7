package io.engage.core.recording;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the pictures that a mail brings along into its page. While its HTML is made safe, {@link
 * #address} stands in for each; {@link #into} replaces that by the picture itself. A mail can name
 * one picture thousands of times, so each time counts.
 */
public final class Pictures {
  /** In bytes. */
  public static final int LARGEST = 4 << 20;

  /** How many different ones of a mail are looked at. */
  public static final int MOST = 100;

  /** Safe HTML has no quotation marks but around attributes. */
  private static final Pattern STANDING_IN =
      Pattern.compile(" (src|background)=\"cid:([0-9]{1,3})\"");

  private final List<String> contentIds = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, String> data = new HashMap<>();

  /** What stands in for a picture, for {@code ImagePolicy.withInlineAddress}. */
  public UnaryOperator<String> address() {
    return this::addressOf;
  }

  private String addressOf(String contentId) {
    Integer known = numbers.get(contentId);
    if (known == null) {
      known = Math.min(contentIds.size(), MOST);
      if (known < MOST) {
        contentIds.add(contentId);
        numbers.put(contentId, known);
      }
    }
    return "cid:" + known;
  }

  /** The pictures that the mail names, by their Content-IDs. */
  public List<String> wanted() {
    return List.copyOf(contentIds);
  }

  /** Here is one of them; what is no picture, or is not wanted, is passed over. */
  public void put(String contentId, byte[] bytes) {
    Integer number = numbers.get(contentId);
    Optional<PictureKind> kind = PictureKind.of(bytes);
    if (number != null && kind.isPresent()) {
      String base64 = Base64.getEncoder().encodeToString(bytes);
      data.put(number, "data:%s;base64,%s".formatted(kind.get().contentType(), base64));
    }
  }

  /**
   * With the pictures in their places, as long as there is room; the others keep their words alone.
   *
   * @param room how many characters the pictures may have
   */
  public Filled into(String safeHtml, long room) {
    List<String> pieces = new ArrayList<>();
    Matcher places = STANDING_IN.matcher(safeHtml);
    long left = room;
    int from = 0;
    while (places.find()) {
      pieces.add(safeHtml.substring(from, places.start()));
      String picture = data.getOrDefault(Integer.valueOf(places.group(2)), "");
      if (!picture.isEmpty() && picture.length() <= left) {
        left -= picture.length();
        pieces.add(" %s=\"".formatted(places.group(1)));
        pieces.add(picture);
        pieces.add("\"");
      }
      from = places.end();
    }
    pieces.add(safeHtml.substring(from));
    return new Filled(pieces, left);
  }

  /**
   * A piece of a page in pieces: the same picture is held once, however often it is there.
   *
   * @param pieces to be written one after the other; all together they are large
   * @param left how much room is left for pictures
   */
  public record Filled(List<String> pieces, long left) {
    public Filled {
      pieces = List.copyOf(pieces);
    }
  }
}
