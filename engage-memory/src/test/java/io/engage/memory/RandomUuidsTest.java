package io.engage.memory;

import io.engage.spi.IdSource;
import io.engage.testkit.IdSourceContract;

class RandomUuidsTest extends IdSourceContract {
  @Override
  protected IdSource source() {
    return IdSource.randomUuids();
  }
}
