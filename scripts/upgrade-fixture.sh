#!/usr/bin/env bash
# Keeps what this version leaves on a machine, so that every later version is tested with it: an installation that was
# used for everything, as app/src/test/resources/upgrades/v<schema>.zip. To be run and committed when a version is
# released, and when its schema is final. Needs what ./check installs.
# usage: scripts/upgrade-fixture.sh
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
find_jdk && find_maven
log=$root/target/upgrade-fixture.log
mkdir -p target
if ! mvn -B -ntp -Dstyle.color=never -pl app -am verify -Dtest=UpgradeFixtureMaker \
  -Dsurefire.failIfNoSpecifiedTests=false >"$log" 2>&1; then
  echo "upgrade-fixture.sh: it could not be made; the whole log is $log" >&2
  exit 1
fi
git status --short app/src/test/resources/upgrades
