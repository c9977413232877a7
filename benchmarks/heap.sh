#!/usr/bin/env bash
# heap.sh [SMALL=2000] [LARGE=20000]: the most live heap while a small and a large mailbox are imported, and one mail of 300 MB,
# each in a JVM of 64 MB. Uses the corpus that import.sh has made: run that first with the same ENGAGE_BENCH_DIR.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
small=${1:-2000} large=${2:-20000} port=21143
work=${ENGAGE_BENCH_DIR:?name the folder in which import.sh has kept its mailboxes}
[ -e "$work/loaded-$large" ] || { echo "no mailbox of $large mails in $work: run import.sh $large first" >&2; exit 1; }
trap '"$here/peers/dovecot-down.sh" "$work/dovecot" >/dev/null 2>&1 || true' EXIT
"$here/peers/dovecot-up.sh" "$work/dovecot" $port $((port + 2)) sdbox </dev/null >&2
[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null

if [ ! -e "$work/loaded-$small" ]; then
  python3 "$here/peers/imap_load.py" 127.0.0.1 $port "u$small" pw "$work/corpus-$large" 0 "$small"
  touch "$work/loaded-$small"
fi
if [ ! -e "$work/loaded-huge" ]; then
  mkdir -p "$work/huge"
  {
    printf 'From: ana@customer.example\r\nTo: uhuge@localhost\r\nSubject: The film\r\nMessage-ID: <film@customer.example>\r\n'
    printf 'MIME-Version: 1.0\r\nContent-Type: video/mp4; name=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    head -c 228000000 /dev/zero | base64 -w 76 | sed 's/$/\r/'
  } >"$work/huge/1.eml"
  python3 "$here/peers/imap_load.py" 127.0.0.1 $port uhuge pw "$work/huge"
  touch "$work/loaded-huge"
fi

target=$here/../examples/cli/target
mkdir -p "$work/classes"
javac -d "$work/classes" -cp "$target/lib/*" "$here/HeapBenchmark.java"
for user in "u$small" "u$large" uhuge; do
  java -XX:+UseSerialGC -Xmx64m -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
    -cp "$work/classes:$target/lib/*" HeapBenchmark $port "$user"
done
