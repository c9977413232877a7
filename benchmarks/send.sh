#!/usr/bin/env bash
# send.sh [MAILS=20000] [ROUNDS=5]: sends mails of 4 KB to Postfix' smtp-sink with Engage's transport, smtp-source and Angus, in turns, in
# one run: over 1, 2 and 8 kept connections, then with 10 and 40 ms for each round trip, and how many of those a mail takes.
# Needs smtp-sink and smtp-source (.ci/peers) and cc. The transport alone; dial.sh measures the dialer.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mails=${1:-20000} rounds=${2:-5} port=22525
work=$(mktemp -d "${TMPDIR:-/tmp}/engage-send.XXXXXX")
# shellcheck source=peers/sink.sh
. "$here/peers/sink.sh"
trap 'sink_down; rm -rf "$work"' EXIT

if [ -z "${ENGAGE_CLASSPATH:-}" ]; then
  [ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
  ENGAGE_CLASSPATH="$here/../examples/cli/target/lib/*"
fi
javac -nowarn -d "$work" -cp "$ENGAGE_CLASSPATH" "$here/SendBenchmark.java"
benchmark() {
  # shellcheck disable=SC2086 # several options, parted by blanks
  java -XX:+UseSerialGC "-Xmx${ENGAGE_HEAP:-256m}" ${ENGAGE_JAVA_OPTS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
    -cp "$work:$ENGAGE_CLASSPATH" SendBenchmark "$@"
}

sink_up
benchmark $port $port $port $port "$mails" "$rounds" 40000 "$source" 1 2 8

for delay in 5 20; do
  for sessions in 1 8; do
    few=$((100 * sessions))
    printf '\n%s ms for each round trip, %s mails\n' $((2 * delay)) $few
    ways=()
    for peer in 1 2 3; do
      ways+=($((port + 10 * delay + 100 * sessions + peer)))
      way_up "${ways[-1]}" $delay "$work/turns-$peer"
    done
    benchmark $port "${ways[@]}" $few 1 10000 "$source" $sessions
    sleep 0.5
    printf '  turns a mail: engage %s, smtp-source %s, Angus %s\n' "$(turns_a_mail "$work/turns-1" $few)" \
      "$(turns_a_mail "$work/turns-2" $few)" "$(turns_a_mail "$work/turns-3" $few)"
  done
done
