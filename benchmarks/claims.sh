#!/usr/bin/env bash
# claims.sh [ROWS=1000000]: recipients claimed by 500, marked and settled by 50, each step durable in PostgreSQL, with 1 and 4 workers, when
# nothing, half and nine tenths of a list are done; beside the same steps as bare SQL on a bare table. Needs Debian's postgresql.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/engage-claims.XXXXXX") port=${ENGAGE_PG_PORT:-15433}
chmod 755 "$work"
trap '"$here/peers/pg-down.sh" "$work/pg" || true; rm -rf "$work"' EXIT
[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
target=$here/../examples/cli/target
mkdir "$work/classes"
javac -d "$work/classes" -cp "$target/lib/*" "$here/ClaimBenchmark.java"
"$here/peers/pg-up.sh" "$work/pg" "$port" >/dev/null
java -XX:+UseSerialGC -Xmx512m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$work/classes:$target/lib/*" \
  ClaimBenchmark "jdbc:postgresql://127.0.0.1:$port/engage" "${1:-1000000}" "$(head -n 1 "$work/pg/pg/postmaster.pid")"
