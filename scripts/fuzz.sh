#!/usr/bin/env bash
# Fuzzes, with Jazzer, every reader of what strangers write: the classes *Fuzz of the tests, one after the other. Goes on
# from what earlier runs learnt (target/fuzz/corpus) and from the seeds; keeps what breaks a target in target/fuzz/found.
# usage: scripts/fuzz.sh [SECONDS_EACH [TARGET...]]     such as 300 ManifestFuzz; 60 seconds and all of them if not said
# Exit status: 0 nothing was found, 1 something was.
set -uo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
root=$PWD
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
find_jdk && find_maven || exit 1
seconds=${1:-60}
shift
[[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "fuzz.sh: '$seconds' is no number of seconds" >&2; exit 1; }

kept=$root/target/fuzz
seeds=$root/app/src/test/resources/fuzz
mkdir -p "$kept/corpus" "$kept/found"
mvn -B -q -ntp -Dstyle.color=never -Pfuzz -pl app -am test-compile >&2 || exit 1
class_path=app/target/test-classes:librar/target/test-classes:app/target/classes:$(<app/target/fuzz/class-path)

# Some targets write files, many thousand times: into memory, where that is a folder.
temporary=/tmp
if [[ -w /dev/shm ]]; then temporary=/dev/shm; fi

# In the background, so that a signal ends it at once.
running=
trap 'if [[ -n $running ]]; then kill "$running"; fi; exit 143' INT TERM HUP

# Runs the target that class $1 is.
fuzz() {
  local name=${1##*.} log
  log=$kept/$name.log
  mkdir -p "$kept/corpus/$name" "$kept/found/$name"
  local inputs=("$kept/corpus/$name")
  if [[ -d $seeds/$name ]]; then inputs+=("$seeds/$name"); fi
  # What a project's own classes do guides the search, and what the readers they use do.
  "$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED -XX:+EnableDynamicAgentLoading \
    --sun-misc-unsafe-memory-access=allow -Djava.io.tmpdir="$temporary" -cp "$class_path" com.code_intelligence.jazzer.Jazzer \
    --target_class="$1" --instrumentation_includes='dev.transpack.**:tools.jackson.**:org.yaml.snakeyaml.**' \
    --reproducer_path="$kept/found/$name" -artifact_prefix="$kept/found/$name/" -max_total_time="$seconds" \
    -timeout=60 -rss_limit_mb=0 -use_value_profile=1 -max_len=8192 "${inputs[@]}" >"$log" 2>&1 &
  running=$!
  wait "$running"
  status=$?
  running=
  if ((status == 0)); then
    echo "  $name: $(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) .*/\1 runs in \2 s/p' "$log")"
    return 0
  fi
  echo "  $name: failed: see $log, and the input in $kept/found/$name; mend it, and keep the input in $seeds/$name"
  return 1
}

failed=0
ran=0
while IFS= read -r file; do
  class=${file#*/src/test/java/}
  class=${class%.java}
  class=${class//\//.}
  if (($# > 0)) && [[ " $* " != *" ${class##*.} "* ]]; then continue; fi
  ran=$((ran + 1))
  fuzz "$class" </dev/null || failed=1
done < <(find app/src/test/java librar/src/test/java -name '*Fuzz.java' | sort)
((ran > 0)) || { echo "fuzz.sh: there is no target $*" >&2; exit 1; }
exit "$failed"
