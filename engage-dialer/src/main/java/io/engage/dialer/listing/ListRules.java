package io.engage.dialer.listing;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * What the rows of a list are checked against.
 *
 * @param campaign the name that each row has to give; case and blanks around it do not matter
 * @param attachments the tokens of the files that were uploaded
 * @param fields the names that every row needs a value for: those of the subject and of the event
 * @param templateFields the names that a row without a message of its own needs a value for
 * @param given the names that have a value without the list
 */
public record ListRules(
    String campaign,
    Set<String> attachments,
    Set<String> fields,
    Set<String> templateFields,
    Set<String> given) {
  public ListRules {
    requireNonNull(campaign, "campaign");
    attachments = Set.copyOf(attachments);
    fields = Set.copyOf(fields);
    templateFields = Set.copyOf(templateFields);
    given = Set.copyOf(given);
  }

  /** Rows of this campaign, with no files and no fields. */
  public static ListRules of(String campaign) {
    return new ListRules(campaign, Set.of(), Set.of(), Set.of(), Set.of());
  }

  public ListRules withAttachments(Set<String> tokens) {
    return new ListRules(campaign, tokens, fields, templateFields, given);
  }

  public ListRules withFields(Set<String> names) {
    return new ListRules(campaign, attachments, names, templateFields, given);
  }

  public ListRules withTemplateFields(Set<String> names) {
    return new ListRules(campaign, attachments, fields, names, given);
  }

  public ListRules withGiven(Set<String> names) {
    return new ListRules(campaign, attachments, fields, templateFields, names);
  }
}
