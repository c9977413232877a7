package io.engage.jpa;

/** A program with transactions of its own, in which it keeps its sales. */
interface Host extends AutoCloseable {
  Transactions transactions();

  /** Does work in a transaction, which is taken back when the work throws. */
  void inTransaction(Runnable work);

  /** Does work in a transaction that is marked as one to be taken back, and ends it. */
  void inSpoiledTransaction(Runnable work);

  /** Within a transaction. */
  void sell(String id);

  @Override
  void close();
}
