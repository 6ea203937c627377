#!/usr/bin/env bash
# Tests ./transpack and scripts/suites.awk without Maven or Java: both are stand-ins that write down how they were called.
# Prints the result in the form of scripts/suites.awk; what went wrong also goes to standard error.
set -u
exec </dev/null
source_root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
started=$(date +%s.%N)
tests=0
failed=0

# A checkout with nothing but what the launcher looks at, and a PATH with nothing but what it calls.
fresh_checkout() {
  rm -rf "${work:?}"/*
  mkdir -p "$work"/checkout/{librar,app}/src/main "$work"/checkout/.mvn "$work"/bin "$work"/jdks/25/bin "$work"/jdks/17/bin
  cp -r "$source_root"/transpack "$source_root"/scripts "$work"/checkout/
  touch "$work"/checkout/{,librar/,app/}pom.xml
  local tool
  for tool in bash env dirname readlink find head tail flock locale mkdir cp mv rm touch date sed cat sleep wc grep; do
    if command -v "$tool" >/dev/null; then ln -s "$(command -v "$tool")" "$work/bin/$tool"; fi
  done
  printf 'JAVA_VERSION="25.0.1"\n' >"$work/jdks/25/release"
  printf 'JAVA_VERSION="17.0.2"\n' >"$work/jdks/17/release"
  printf '#!/bin/sh\necho Java 17 was started\nexit 9\n' >"$work/jdks/17/bin/java"
  touch "$work"/jdks/{17,25}/bin/javac
  cat >"$work/jdks/25/bin/java" <<'JAVA'
#!/usr/bin/env bash
if [[ $1 == -Djarmode=tools ]]; then
  mkdir -p "$6" && cp "$3" "$6/transpack.jar"
  exit
fi
for flag; do if [[ $flag == -XX:AOTCacheOutput=* ]]; then echo learnt >"${flag#*=}"; fi; done
echo "pid $$"
echo "charmap $(locale charmap)"
echo "folder $PWD"
while [[ $1 != -jar ]]; do echo "flag $1"; shift; done
echo "jar $(cat "$2")"
jar=$2
shift 2
printf 'argument <%s>\n' "$@"
case ${1:-} in
  exit) exit "$2" ;;
  read) cat ;;
  hold) trap 'exit 77' TERM; touch "$2"; while [[ ! -e $3 ]]; do sleep 0.02; done; cat "$jar" ;;
esac
JAVA
  cat >"$work/bin/mvn" <<'MVN'
#!/usr/bin/env bash
if [[ $1 == -v ]]; then echo "Apache Maven ${STANDIN_VERSION:-3.8.7}"; exit; fi
echo "$PWD $JAVA_HOME" >>"$STANDIN_CALLS"
if [[ -n ${STANDIN_FAILS:-} ]]; then echo "[ERROR] the reason"; exit 1; fi
if [[ -n ${STANDIN_HANGS:-} ]]; then echo $$ >"$STANDIN_HANGS"; exec sleep 60; fi
sleep 0.1
mkdir -p app/target
wc -l <"$STANDIN_CALLS" >app/target/transpack.jar
touch -d 2026-01-01 app/target/transpack.jar
MVN
  chmod +x "$work"/bin/mvn "$work"/jdks/*/bin/*
}

launch() {
  ${become:-} env -i HOME="$work" PATH="$work/bin" TRANSPACK_JDK_FOLDERS="$work/jdks" STANDIN_CALLS="$work/calls" "${extra[@]+"${extra[@]}"}" \
    "${launcher:-$work/checkout/transpack}" "$@"
}

builds() { if [[ -e $work/calls ]]; then wc -l <"$work/calls"; else echo 0; fi; }
lines() { if [[ -n $1 ]]; then printf '%s\n' "$1" | wc -l; else echo 0; fi; }
await() { local n; for ((n = 0; n < 500; n++)); do [[ -e $1 ]] && return 0; sleep 0.02; done; return 1; }

expect() { # what, wanted, got
  [[ $2 == "$3" ]] || wrong+="$1: wanted '$2', got '$3'. "
}
expect_in() { # what, wanted part, whole
  [[ $3 == *"$2"* ]] || wrong+="$1: no '$2' in '$3'. "
}

run_test() {
  extra=()
  launcher=
  wrong=
  fresh_checkout
  "$1"
  tests=$((tests + 1))
  [[ -n $wrong ]] || return 0
  failed=$((failed + 1))
  printf 'fail\tlauncher.%s\t%s\n' "$1" "${wrong//[$'\n\t']/ }"
  echo "launcher: $1: $wrong" >&2
}

sayWhatToInstallWithoutAJdk() {
  local out
  rm -r "$work/jdks/25"
  out=$(launch list 2>&1)
  expect status 1 $?
  expect lines 1 "$(lines "$out")"
  expect_in sentence "install one (the package openjdk-25-jdk" "$out"
}

passOverAnOldJdkInJavaHome() {
  local out
  extra=(JAVA_HOME="$work/jdks/17")
  out=$(launch list 2>&1)
  expect status 0 $?
  expect_in java "argument <list>" "$out"
  expect_in "Maven's Java" "$work/jdks/25" "$(cat "$work/calls")"
}

sayWhatToInstallWithoutMaven() {
  local out
  rm "$work/bin/mvn"
  out=$(launch list 2>&1)
  expect status 1 $?
  expect lines 1 "$(lines "$out")"
  expect_in sentence "install Maven 3.8 or newer" "$out"
}

refuseAnOldMaven() {
  local out
  extra=(STANDIN_VERSION=3.6.3)
  out=$(launch list 2>&1)
  expect status 1 $?
  expect_in sentence "is Maven 3.6: install Maven 3.8 or newer" "$out"
}

buildOnceAndAgainWhenASourceChanged() {
  launch a >"$work/out" 2>&1
  launch a >"$work/out" 2>&1
  expect "builds after two starts" 1 "$(builds)"
  touch "$work/checkout/librar/src/main/New.java"
  expect_in "new jar" "jar 2" "$(launch a 2>&1)"
  rm "$work/checkout/librar/src/main/New.java"
  launch a >"$work/out" 2>&1
  expect "builds after a change and a deletion" 3 "$(builds)"
}

buildOnceWhenStartedFourTimesAtOnce() {
  local n
  for n in 1 2 3 4; do launch a >"$work/out.$n" 2>&1 & done
  wait
  expect builds 1 "$(builds)"
  for n in 1 2 3 4; do expect_in "start $n" "jar 1" "$(cat "$work/out.$n")"; done
}

passArgumentsVerbatim() {
  local out
  out=$(launch 'two words' '' '*' '$(touch x)' '"quoted"' $'new\nline' --flag=ä 2>/dev/null | grep -A 1 argument)
  # shellcheck disable=SC2016
  expect arguments $'argument <two words>\nargument <>\nargument <*>\nargument <$(touch x)>\nargument <"quoted">\nargument <new\nline>\nargument <--flag=ä>' "$out"
}

workFromAnywhereAndThroughLinks() {
  local out
  mkdir "$work/else where"
  ln -s ../checkout/transpack "$work/else where/first"
  ln -s first "$work/else where/second"
  launcher=./second
  out=$(cd "$work/else where" && launch a 2>&1)
  expect status 0 $?
  expect_in "working folder" "folder $work/else where" "$out"
}

setAUtf8Locale() {
  expect_in "without a locale" "charmap UTF-8" "$(launch a 2>&1)"
  extra=(LC_ALL=C)
  expect_in "under C" "charmap UTF-8" "$(launch a 2>&1)"
  extra=(LANG=xx_XX.UTF-8)
  expect_in "under a locale that is not installed" "charmap UTF-8" "$(launch a 2>&1)"
}

passTheExitStatusAndStandardInput() {
  local out
  launch exit 42 >/dev/null 2>&1
  expect status 42 $?
  out=$(printf 'secret\n' | launch read 2>&1)
  expect_in input secret "$out"
  launch read <&- >"$work/out" 2>&1
  expect "status with input closed" 0 $?
  expect_in "with input closed" "argument <read>" "$(cat "$work/out")"
}

becomeTheProgramSoThatSignalsArrive() {
  local pid
  launch a >/dev/null 2>&1
  become="exec" launch hold "$work/held" "$work/never" >"$work/out" 2>&1 &
  pid=$!
  await "$work/held" || wrong+="the program did not start. "
  expect_in "process" "pid $pid" "$(cat "$work/out")"
  kill -TERM "$pid"
  wait "$pid"
  expect status 77 $?
}

keepTheJarOfARunningProgram() {
  local pid
  launch hold "$work/held" "$work/let-go" >"$work/out" 2>&1 &
  pid=$!
  await "$work/held" || wrong+="the program did not start. "
  touch "$work/checkout/app/src/main/New.java"
  expect_in "second program" "jar 2" "$(launch a 2>&1)"
  touch "$work/let-go"
  wait "$pid"
  expect "first program's jar at its end" 1 "$(tail -n 1 "$work/out")"
  touch "$work/checkout/app/src/main/New.java"
  launch a >/dev/null 2>&1
  expect "copies left" 1 "$(find "$work/checkout/app/target" -name 'run-*' | wc -l)"
}

letJavaLearnOnceABuild() {
  local aot out
  out=$(launch a 2>&1)
  aot=$(find "$work/checkout/app/target" -name commands.aot)
  expect "caches for commands" 1 "$(lines "$aot")"
  expect_in "given to a command" "flag -XX:AOTCache=$aot" "$out"
  expect_in "given to the server" "flag -XX:AOTCache=${aot%/*}/server.aot" "$(launch serve 2>&1)"
  echo kept >"$aot"
  launch a >/dev/null 2>&1
  expect "learnt again" kept "$(cat "$aot")"
}

showTheEndOfAFailedBuild() {
  local out
  extra=(STANDIN_FAILS=yes)
  out=$(launch a 2>&1)
  expect status 1 $?
  expect_in log "[ERROR] the reason" "$out"
  expect_in path "the whole log is $work/checkout/target/build.log" "$out"
  extra=()
  expect_in "the next start" "argument <a>" "$(launch a 2>&1)"
}

endTheBuildWhenToldToStop() {
  local pid mvn
  extra=(STANDIN_HANGS="$work/maven.pid")
  become="exec" launch a >/dev/null 2>&1 &
  pid=$!
  await "$work/maven.pid" || wrong+="the build did not start. "
  kill -TERM "$pid"
  wait "$pid"
  expect status 143 $?
  mvn=$(cat "$work/maven.pid")
  if kill -0 "$mvn" 2>/dev/null; then wrong+="Maven still runs. "; kill -KILL "$mvn"; fi
}

readReportsAsTheyAre() {
  local out
  cat >"$work/TEST-x.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<testsuite xsi:noNamespaceSchemaLocation="x.xsd" version="3.0" name="dev.transpack.XTest" time="1.5" tests="5" errors="1" skipped="2" failures="1">
  <properties><property name="a" value="&lt;skipped&gt;"/></properties>
  <testcase name="passes" classname="dev.transpack.XTest" time="0.1">
    <system-out><![CDATA[<testsuite name="no" tests="100" errors="0" skipped="0" failures="0"> <skipped message="no"/>
<failure message="no">]]></system-out>
  </testcase>
  <testcase name="odd &amp; &lt;b&gt;" classname="dev.transpack.XTest" time="0.1"><failure message="a &quot;b&quot;&#10;c" type="T"><![CDATA[trace]]></failure></testcase>
  <testcase name="breaks" classname="dev.transpack.XTest" time="0.1"><error type="java.lang.Error"><![CDATA[trace]]></error></testcase>
  <testcase name="leaves" classname="dev.transpack.XTest" time="0"><skipped message="no rar here"/></testcase>
  <testcase name="assumes" classname="dev.transpack.XTest" time="0"><skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: no par2: install it
	at a.B.c(B.java:1)
]]></skipped></testcase>
</testsuite>
XML
  out=$(awk -f "$source_root/scripts/suites.awk" "$work/TEST-x.xml")
  expect lines $'suite\t1.5\t5\t2\t2\tdev.transpack.XTest\nfail\tdev.transpack.XTest.odd & <b>\ta "b" c\nfail\tdev.transpack.XTest.breaks\tjava.lang.Error\nskip\tdev.transpack.XTest.leaves\tno rar here\nskip\tdev.transpack.XTest.assumes\tno par2: install it' "$out"
}

findDebiansOtherSection() {
  local out
  # shellcheck source=scripts/non-free.sh
  . "$source_root/scripts/non-free.sh"
  cat >"$work/debian.sources" <<'DEB'
Types: deb deb-src
URIs: http://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://security.example.org/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: https://packages.example.org/artifactory/deb
Suites: bookworm
Components: main

Types: deb
URIs: https://download.example.org/linux/debian
Suites: bookworm
Components: stable
DEB
  out=$(non_free_deb822 "$work/debian.sources" | grep -E '^(URIs|Components)')
  expect deb822 $'URIs: http://mirror.example.org/debian\nComponents: non-free\nURIs: http://security.example.org/debian-security\nComponents: non-free' "$out"
  cat >"$work/sources.list" <<'DEB'
# deb http://old.example.org/debian bookworm main
deb http://mirror.example.org/debian bookworm main contrib
deb [arch=amd64 signed-by=/x.gpg] http://mirror.example.org/debian/ bookworm-updates contrib main
deb-src http://mirror.example.org/debian bookworm main
deb http://security.example.org/debian-security bookworm-security main
deb https://packages.example.org/artifactory/deb bookworm main
deb https://download.example.org/linux/debian bookworm stable
DEB
  out=$(non_free_lines "$work/sources.list")
  expect lines $'deb http://mirror.example.org/debian bookworm non-free\ndeb [arch=amd64 signed-by=/x.gpg] http://mirror.example.org/debian/ bookworm-updates non-free\ndeb http://security.example.org/debian-security bookworm-security non-free' "$out"
}

# Every test is a function whose name begins in lower case and has a capital in it.
for name in $(declare -F | sed -n 's/^declare -f \([a-z]*[A-Z][A-Za-z0-9]*\)$/\1/p'); do run_test "$name"; done
printf 'suite\t%s\t%d\t%d\t0\tlauncher\n' "$(awk -v a="$started" -v b="$(date +%s.%N)" 'BEGIN { printf "%.3f", b - a }')" "$tests" "$failed"
((failed == 0))
