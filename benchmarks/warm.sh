#!/usr/bin/env bash
# warm.sh [MAILS=20000] [RUNS=5]: imports one mailbox RUNS times in one JVM, into a fresh store each time, with mbsync in between.
# The first import is the cold one. Uses the mailbox that import.sh has loaded: run that first with the same ENGAGE_BENCH_DIR.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mails=${1:-20000} runs=${2:-5} port=21143
work=${ENGAGE_BENCH_DIR:?name the folder in which import.sh has kept its mailboxes}
[ -e "$work/loaded-$mails" ] || { echo "no mailbox of $mails mails in $work: run import.sh $mails first" >&2; exit 1; }
trap '"$here/peers/dovecot-down.sh" "$work/dovecot" >/dev/null 2>&1 || true' EXIT
"$here/peers/dovecot-up.sh" "$work/dovecot" $port $((port + 2)) sdbox </dev/null >&2
[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
target=$here/../examples/cli/target
mkdir -p "$work/classes"
javac -d "$work/classes" -cp "$target/lib/*" "$here/ImportBenchmark.java"
# shellcheck disable=SC2086 # several options, parted by blanks
java -XX:+UseSerialGC "-Xmx${ENGAGE_HEAP:-512m}" ${ENGAGE_JAVA_OPTS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
  -cp "$work/classes:$target/lib/*" ImportBenchmark $port "u$mails" "$runs" "$here/peers/mbsync-once.sh" "$work/mb"
