package io.engage.core;

import io.engage.model.address.Address;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.NewCustomer;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.PortFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A directory that cannot be asked the first time. */
final class MoodyDirectory implements CustomerDirectory {
  private final CustomerDirectory good;
  private boolean asked;

  MoodyDirectory(CustomerDirectory good) {
    this.good = good;
  }

  @Override
  public Map<Address, List<CustomerId>> findByAddresses(Collection<Address> addresses) {
    if (!asked) {
      asked = true;
      throw new PortFailure("The customer directory is down. Try again.", true);
    }
    return good.findByAddresses(addresses);
  }

  @Override
  public List<Customer> findByIds(Collection<CustomerId> ids) {
    return good.findByIds(ids);
  }

  @Override
  public List<Customer> search(String words, int limit) {
    return good.search(words, limit);
  }

  @Override
  public Customer create(NewCustomer customer) {
    return good.create(customer);
  }
}
