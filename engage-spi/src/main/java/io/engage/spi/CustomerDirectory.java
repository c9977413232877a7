package io.engage.spi;

import io.engage.model.address.Address;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.NewCustomer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Answers "who is this?" from the host's own customers. This is the port that every host
 * implements.
 *
 * <p><b>Callers.</b> The thread that imports mail calls {@link #findByAddresses} once a batch;
 * agents' threads call the others. Several may call at once.
 *
 * <p><b>Speed.</b> {@link #findByAddresses} gets up to a few thousand addresses at a time and
 * stands in the way of every import: answer it with one query.
 *
 * <p><b>Failure.</b> Throw {@link PortFailure} when the directory cannot be asked now: the batch is
 * then not imported and is tried again later, so no mail arrives unlinked for want of an answer.
 * Any other exception is treated the same.
 *
 * <p>{@code CustomerDirectoryContract} in engage-testkit has a test for each promise on this page:
 * extend it in your own project.
 */
public interface CustomerDirectory {

  /**
   * The customers who have these addresses: for each address that somebody has, its customers with
   * the best match first. Addresses are compared as {@link io.engage.model.address.EmailAddress}
   * and {@link io.engage.model.address.PhoneNumber} describe; a directory that knows its customers'
   * local parts to be without case may compare them so.
   *
   * @return an entry for each address that is known, none for the others; never an empty list
   */
  Map<Address, List<CustomerId>> findByAddresses(Collection<Address> addresses);

  /** Those of these customers who exist, in any order. */
  List<Customer> findByIds(Collection<CustomerId> ids);

  /**
   * Customers whose name, e-mail addresses or phone numbers contain {@code words}, in any case, the
   * best match first.
   *
   * @param limit at most so many
   * @return empty when nobody matches or {@code words} is blank
   */
  List<Customer> search(String words, int limit);

  /**
   * Creates a customer. When this returns, the customer is found by their id and addresses.
   *
   * <p><b>Repetition.</b> A second call with the same {@link NewCustomer#key()}, also at the same
   * moment, creates nobody and answers with whom the first created, as they are now: agents press
   * buttons twice, and machines stop between the creation and the link to it. Calls with different
   * keys create different customers, whatever else is the same.
   */
  Customer create(NewCustomer customer);
}
