package io.engage.dialer.listing;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which column of a list holds what, and what parts the columns.
 *
 * @param names as the header writes them; in the manuals' words when there is none
 * @param places from 0; columns that the list does not have are missing
 * @param headed false when the first line is a row
 */
record Columns(char separator, List<String> names, Map<Column, Integer> places, boolean headed) {
  private static final int LONGEST_BLANKS = 100;

  Columns {
    names = List.copyOf(names);
    places = new EnumMap<>(places);
  }

  /** Those of a list without a header line: the order of the manuals. */
  static Columns withoutHeader(char separator) {
    Map<Column, Integer> places = new EnumMap<>(Column.class);
    List.of(Column.values()).forEach(column -> places.put(column, column.ordinal()));
    return new Columns(separator, Column.headers(), places, false);
  }

  /** What {@code cells} hold in this column; empty when they do not reach so far. */
  String value(Column column, List<String> cells) {
    Integer place = places.get(column);
    return place == null || place >= cells.size() ? "" : cells.get(place);
  }

  /** From 1, for people; 0 when the list has no such column. */
  int number(Column column) {
    return places.getOrDefault(column, -1) + 1;
  }

  /**
   * @param number from 1
   */
  String name(int number) {
    return number >= 1 && number <= names.size() ? names.get(number - 1) : "";
  }

  /** As the header calls it, or else the manuals. */
  String name(Column column) {
    return places.containsKey(column) ? name(number(column)) : column.header();
  }

  /** Whether these cells, complete or not, can only be a row of the campaign. */
  boolean beginRow(List<String> cells, String campaign) {
    return isOf(cells, campaign) && (haveAddress(cells) || isFull(cells));
  }

  /** Whether these cells have the name and a valid address where they belong. */
  boolean areRow(List<String> cells, String campaign) {
    return isOf(cells, campaign) && haveAddress(cells);
  }

  private boolean isOf(List<String> cells, String campaign) {
    return isSame(value(Column.CAMPAIGN, cells), campaign);
  }

  private boolean haveAddress(List<String> cells) {
    return Addresses.isAddress(value(Column.ADDRESS, cells).strip());
  }

  /** As long as the header, and longer than what looks like it in a text. */
  private boolean isFull(List<String> cells) {
    return cells.size() == names.size() && cells.size() > 2;
  }

  /** Names of campaigns are compared without case and the blanks around them. */
  static boolean isSame(String name, String campaign) {
    return name.equals(campaign)
        || (name.length() <= campaign.length() * 2 + LONGEST_BLANKS
            && normal(name).equalsIgnoreCase(normal(campaign)));
  }

  private static String normal(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).replace('\u00A0', ' ').strip();
  }
}
