#!/usr/bin/env bash
# lists.sh [CONVERSATIONS=100000] [ROUNDS=51]: pages of lists, filters, searches and histories of the memory store, beside looking at everything.
# lists.sh --store JDBC-URL [CONVERSATIONS=1000000] [ROUNDS=51]: pages of lists, and words, of a PostgreSQL with nothing else in it, as peers/pg-up.sh
# starts one: 'jdbc:postgresql://127.0.0.1:15432/engage?user=engage&password=engage'. What it was filled with stays for the next run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/engage-lists.XXXXXX")
trap 'rm -rf "$work"' EXIT
[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
target=$here/../examples/cli/target
if [ "${1:-}" = --store ]; then
  class=StoreListBenchmark arguments=("$2" "${3:-1000000}" "${4:-51}")
else
  class=ListBenchmark arguments=("${1:-100000}" "${2:-51}")
fi
javac -d "$work" -cp "$target/lib/*" "$here/$class.java"
# shellcheck disable=SC2086 # several options, parted by blanks
java -XX:+UseSerialGC "-Xmx${ENGAGE_HEAP:-1g}" ${ENGAGE_JAVA_OPTS:-} -cp "$work:$target/lib/*" "$class" "${arguments[@]}"
