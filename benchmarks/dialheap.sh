#!/usr/bin/env bash
# dialheap.sh [ROWS=1000000]: the most live heap, and the time for each mail at the beginning and at the end, while a campaign goes out in a
# JVM of 64 MB; once with a hundredth of the rows, once with all. Rows are made when they are claimed, and a server takes every mail.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rows=${1:-1000000}
[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
classes=$(mktemp -d "${TMPDIR:-/tmp}/engage-dialheap.XXXXXX")
trap 'rm -rf "$classes"' EXIT
target=$here/../examples/cli/target
javac -d "$classes" -cp "$target/lib/*" "$here/DialHeapBenchmark.java"
for count in $((rows / 100)) "$rows"; do
  java -XX:+UseSerialGC -Xmx64m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$classes:$target/lib/*" DialHeapBenchmark "$count"
done
