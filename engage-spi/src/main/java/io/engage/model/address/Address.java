package io.engage.model.address;

/**
 * Where somebody is reached. Two addresses are the same when they are equal; nothing is guessed
 * beyond the normal form that each kind describes.
 */
public sealed interface Address permits EmailAddress, PhoneNumber {

  /** The normal form, as it is compared and stored. */
  String value();
}
