#!/usr/bin/env bash
# queues.sh [AGENTS=10000] [INBOXES=1000] [QUEUED=100000] [ROUNDS=301]: who gets what waits: the decision alone, then all agents sign in to a memory
# store, everything is drained, and one by one they complete something and get something new; a tenth of everything beside everything.
# queues.sh --postgresql [...]: the same over a private PostgreSQL. Needs Debian's postgresql.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/engage-queues.XXXXXX") port=${ENGAGE_PG_PORT:-15434} url=()
chmod 755 "$work"
trap '[ ! -d "$work/pg" ] || "$here/peers/pg-down.sh" "$work/pg" || true; rm -rf "$work"' EXIT
[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
target=$here/../examples/cli/target
if [ "${1:-}" = --postgresql ]; then
  shift
  "$here/peers/pg-up.sh" "$work/pg" "$port" >/dev/null
  url=("jdbc:postgresql://127.0.0.1:$port/engage?user=engage&password=engage&reWriteBatchedInserts=true")
fi
mkdir "$work/classes"
javac -d "$work/classes" -cp "${ENGAGE_CLASSES:-$target/lib/*}" "$here/QueueBenchmark.java"
# shellcheck disable=SC2086 # several options, parted by blanks
java -XX:+UseSerialGC "-Xmx${ENGAGE_HEAP:-1g}" ${ENGAGE_JAVA_OPTS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
  -cp "$work/classes:${ENGAGE_CLASSES:-$target/lib/*}" QueueBenchmark "${1:-10000}" "${2:-1000}" "${3:-100000}" "${4:-301}" "${url[@]}"
