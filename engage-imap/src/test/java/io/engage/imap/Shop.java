package io.engage.imap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Credential;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.MailContent;
import io.engage.spi.BlobStore;
import io.engage.spi.Credentials;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A watch shop: its people, its mail, its secrets. */
public final class Shop {
  public static final EmailAddress SERVICE = EmailAddress.of("service@shop.example");
  public static final EmailAddress ANA = EmailAddress.of("ana@example.com");
  public static final EmailAddress BEN = EmailAddress.of("ben@example.com");

  private static final AtomicInteger USERS = new AtomicInteger();

  private Shop() {}

  /** A mail user that no test has used. */
  public static String newUser() {
    return "workshop" + USERS.incrementAndGet();
  }

  /** Always this password. */
  public static Credentials password(String password) {
    return always(Credential.password(password));
  }

  public static Credentials always(Credential credential) {
    return new Credentials() {
      @Override
      public Credential current(AccountId account) {
        return credential;
      }

      @Override
      public Credential renewed(AccountId account, Credential refused) {
        return credential;
      }
    };
  }

  public static byte[] mail(String subject) {
    String text =
        "From: Ana <ana@example.com>\r\nTo: service@shop.example\r\nSubject: %s\r\n\r\nHello.\r\n";
    return text.formatted(subject).getBytes(US_ASCII);
  }

  public static ContentDigest digest(byte[] bytes) {
    return blob(bytes, new byte[0], 0).digest();
  }

  /** What a mail is that ends with so many times the same bytes. */
  public static Blob blob(byte[] start, byte[] more, int times) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(start);
      for (int i = 0; i < times; i++) {
        sha256.update(more);
      }
      long size = start.length + (long) more.length * times;
      return new Blob(ContentDigest.of(sha256.digest()), size);
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new AssertionError(everyPlatformHasIt);
    }
  }

  public static Envelope envelope(byte[] mail, EmailAddress... recipients) {
    return new Envelope(SERVICE, List.of(recipients), MailContent.of(mail));
  }

  /** Takes bytes in and forgets them at once: what remains is what the mailbox session holds. */
  public static final class ForgetfulBlobs implements BlobStore {
    @Override
    public Blob put(InputStream content) throws IOException {
      try {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] chunk = new byte[64 << 10];
        long size = 0;
        for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
          sha256.update(chunk, 0, count);
          size += count;
        }
        return new Blob(ContentDigest.of(sha256.digest()), size);
      } catch (GeneralSecurityException everyPlatformHasIt) {
        throw new AssertionError(everyPlatformHasIt);
      }
    }

    @Override
    public void makeDurable() {}

    @Override
    public InputStream open(ContentDigest digest) {
      throw new NotFound("blob", digest.value());
    }

    @Override
    public Optional<Blob> find(ContentDigest digest) {
      return Optional.empty();
    }

    @Override
    public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
      return Set.of();
    }
  }
}
