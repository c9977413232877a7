#!/usr/bin/env bash
# lists.sh [CONVERSATIONS=100000] [ROUNDS=51]: pages of lists, filters, searches and histories of the memory store, beside looking at everything.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/engage-lists.XXXXXX")
trap 'rm -rf "$work"' EXIT
[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
target=$here/../examples/cli/target
javac -d "$work" -cp "$target/lib/*" "$here/ListBenchmark.java"
# shellcheck disable=SC2086 # several options, parted by blanks
java -XX:+UseSerialGC "-Xmx${ENGAGE_HEAP:-1g}" ${ENGAGE_JAVA_OPTS:-} -cp "$work:$target/lib/*" \
  ListBenchmark "${1:-100000}" "${2:-51}"
