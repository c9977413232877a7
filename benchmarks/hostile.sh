#!/usr/bin/env bash
# hostile.sh: reads texts of one megabyte that were made to cost time, each in a JVM of its own.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/engage-hostile.XXXXXX")
trap 'rm -rf "$work"' EXIT
[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
target=$here/../examples/cli/target
classes=${ENGAGE_CLASSES:-$target/lib/*}
javac -d "$work" -cp "$classes" "$here/HostileTexts.java"
pieces=('>' '> \n' '>> ' 'x:\n' 'On ' 'On 2024-01-01 10:30 a@b.c wrote:\n' 'wrote:\nx\n' '10:15 on wrote\n\n> a\nx\n'
  'From: a@b\n' 'De : \n' 'Sent: 10:15 2024 a\n' 'From: a\n\nTo: b\n\n' '_____\n' 'see below\n-----Original Message-----\n' '((((((((((((((((((@a 10:15:\n'
  'a@b' '<a@' '+1 555 0100 ' '550 5.1.1 ' 'Final-Recipient: rfc822; a@b\n> a? \n' ' ' '\t\n' 'urgent' 'Dear shop, my order is late.\n')
for piece in "${pieces[@]}"; do
  # shellcheck disable=SC2086 # several options, parted by blanks
  java -XX:+UseSerialGC ${ENGAGE_JAVA_OPTS:-} -cp "$work:$classes" HostileTexts plain "$piece"
done
for piece in '<div>' '</div>' '<a href=\"' '<table>' '<b' '<!--' '&' '&#' '<blockquote>\n' '<style>' 'x:<br>' '> <br>\n'; do
  # shellcheck disable=SC2086 # several options, parted by blanks
  java -XX:+UseSerialGC ${ENGAGE_JAVA_OPTS:-} -cp "$work:$classes" HostileTexts html "$piece"
done
