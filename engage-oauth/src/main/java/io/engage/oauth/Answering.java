package io.engage.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engage.model.inbox.Secret;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands answers of token servers (RFC 6749 sections 5.1 and 5.2), hostile ones too. */
final class Answering {
  private static final Duration UNSAID_LIFE = Duration.ofMinutes(10);
  private static final Duration LONGEST_LIFE = Duration.ofDays(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);
  private static final int LONGEST_TOKEN = 16_384;

  /** Printable ASCII (RFC 6749 appendix A.12 and A.17). */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /** The number by which Microsoft's documentation explains an error. */
  private static final Pattern MICROSOFT = Pattern.compile("AADSTS\\d{4,8}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Answering() {}

  /**
   * @param retryAfter the field of that name (RFC 9110 section 10.2.3), empty when there was none
   */
  static Answer decide(int status, String retryAfter, String body, Instant now) {
    if (status == 429 || status == 408 || status >= 500) {
      String reason =
          status == 429 ? "it asks to come back later" : "it answered %d".formatted(status);
      return new Answer.Later(reason, wait(retryAfter, now));
    }
    JsonNode json = parse(body);
    if (json == null || !json.isObject()) {
      return new Answer.Later(
          "it answered %d and something that no token server says".formatted(status),
          wait(retryAfter, now));
    }
    String error = text(json, "error");
    if (!error.isEmpty()) {
      return refusal(error, json, wait(retryAfter, now));
    }
    return status == 200
        ? issued(json)
        : new Answer.Later("it answered %d".formatted(status), wait(retryAfter, now));
  }

  private static Answer issued(JsonNode json) {
    String access = text(json, "access_token");
    String refresh = text(json, "refresh_token");
    String type = text(json, "token_type");
    boolean bearer = type.isEmpty() || type.equalsIgnoreCase("bearer");
    if (!isToken(access) || !bearer || !(refresh.isEmpty() || isToken(refresh))) {
      return new Answer.Later("it answered without a usable access token", Duration.ZERO);
    }
    return new Answer.Issued(
        Secret.of(access), refresh.isEmpty() ? null : Secret.of(refresh), life(json));
  }

  private static Answer refusal(String error, JsonNode json, Duration wait) {
    Matcher found = MICROSOFT.matcher(text(json, "error_description"));
    String number = found.find() ? ", " + found.group() : "";
    return switch (error) {
      case "invalid_grant",
          "access_denied",
          "consent_required",
          "interaction_required",
          "login_required" ->
          new Answer.Withdrawn("it takes the refresh token no more (%s)".formatted(error + number));
      case "invalid_client",
          "unauthorized_client",
          "deleted_client",
          "disabled_client",
          "org_internal",
          "admin_policy_enforced",
          "invalid_scope",
          "invalid_request",
          "invalid_resource",
          "unsupported_grant_type" ->
          new Answer.Misregistered(
              "it does not accept how this application is registered with it (%s)"
                  .formatted(error + number));
      default -> new Answer.Later("it could not say" + number, wait);
    };
  }

  private static Duration life(JsonNode json) {
    JsonNode said = json.get("expires_in");
    if (said == null) {
      return UNSAID_LIFE;
    }
    String digits = said.asText("");
    if (!digits.matches("\\d{1,12}")) {
      return UNSAID_LIFE;
    }
    Duration life = Duration.ofSeconds(Long.parseLong(digits));
    return life.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : life;
  }

  private static Duration wait(String retryAfter, Instant now) {
    Duration wait = said(retryAfter.strip(), now);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Duration said(String retryAfter, Instant now) {
    if (retryAfter.matches("\\d{1,10}")) {
      return Duration.ofSeconds(Long.parseLong(retryAfter));
    }
    try {
      DateTimeFormatter date = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
      return Duration.between(now, ZonedDateTime.parse(retryAfter, date).toInstant());
    } catch (DateTimeException | ArithmeticException unsaid) {
      return Duration.ZERO;
    }
  }

  private static boolean isToken(String text) {
    return text.length() <= LONGEST_TOKEN && TOKEN.matcher(text).matches();
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    return value != null && value.isTextual() ? value.textValue() : "";
  }

  /** The parser's own message repeats what it read, which may be a token. */
  private static @Nullable JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException garbage) {
      return null;
    }
  }
}
