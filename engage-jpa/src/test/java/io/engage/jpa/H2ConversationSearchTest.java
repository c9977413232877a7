package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.ConversationSearchContract;

class H2ConversationSearchTest extends ConversationSearchContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
