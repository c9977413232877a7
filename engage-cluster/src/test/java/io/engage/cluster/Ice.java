package io.engage.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** Holds up whatever a node asks its database for, as if the node had been stopped. */
final class Ice {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition melted = lock.newCondition();
  private boolean frozen;

  DataSource around(DataSource database) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              awaitMelting();
              try {
                return method.invoke(database, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  void freeze() {
    lock.lock();
    try {
      frozen = true;
    } finally {
      lock.unlock();
    }
  }

  void melt() {
    lock.lock();
    try {
      frozen = false;
      melted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitMelting() throws InterruptedException {
    lock.lock();
    try {
      while (frozen) {
        melted.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
