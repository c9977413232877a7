package io.engage.memory;

import io.engage.model.address.Address;
import io.engage.model.conversation.Conversation;

/**
 * Which three letters follow each other in the words of a conversation, in 128 bytes: what cannot
 * be in it need not be looked for in its texts. Different letters may share a bit, so that what is
 * found here has to be looked for as well.
 */
final class Trigrams {
  private static final int LETTERS = 3;
  private static final int BITS = 1024;

  private final long[] bits = new long[BITS / Long.SIZE];

  private Trigrams() {}

  /** Those of everything that can be searched for words. */
  static Trigrams of(Conversation conversation) {
    Trigrams all = new Trigrams();
    all.add(conversation.subject());
    all.add(conversation.exchange().label());
    all.add(conversation.exchange().preview());
    conversation.participants().stream().map(Address::value).forEach(all::add);
    conversation.findCustomer().ifPresent(customer -> all.add(customer.value()));
    return all;
  }

  /** Those of a piece of text; a shorter one has none, and may be anywhere. */
  static Trigrams of(String text) {
    Trigrams all = new Trigrams();
    all.add(text);
    return all;
  }

  /** Whether something of which these are some may be in something of which those are all. */
  boolean mayBeIn(Trigrams those) {
    for (int i = 0; i < bits.length; i++) {
      if ((bits[i] & ~those.bits[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private void add(String text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters = (letters << 10 ^ folded(text.charAt(i))) & 0x3fffffff;
      if (i >= LETTERS - 1) {
        int bit = letters * 0x9e3779b9 >>> 22;
        bits[bit / Long.SIZE] |= 1L << bit % Long.SIZE;
      }
    }
  }

  /** The same for all letters that {@link Text} takes for the same. */
  private static int folded(char letter) {
    if (letter < 128) {
      return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
    return Character.isSurrogate(letter)
        ? 0
        : Character.toLowerCase(Character.toUpperCase(letter)) & 0x3ff;
  }
}
