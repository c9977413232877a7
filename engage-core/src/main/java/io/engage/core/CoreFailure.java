package io.engage.core;

import io.engage.spi.PortFailure;

/**
 * Something that Engage itself found wrong: its words are ours, and hold nothing that a customer
 * wrote or a host keeps to itself.
 */
final class CoreFailure extends PortFailure {
  private static final long serialVersionUID = 1L;

  CoreFailure(String message, boolean retryable) {
    super(message, retryable);
  }
}
