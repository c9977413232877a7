package io.engage.model.queue;

/** How far a figure is from its threshold. */
public enum Colour {
  GREEN("green"),
  /** Near it: what crossed it has to come down from here before it counts as cleared. */
  YELLOW("yellow"),
  /** Past it. */
  RED("red");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** The name under which it is shown and exported, for ever. */
  public String code() {
    return code;
  }
}
