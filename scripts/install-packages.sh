#!/usr/bin/env bash
# Installs the Debian packages named as arguments. Runs as root, without questions. Called by ./check.
# Nothing that Debian would start by itself is started, now or at the next boot: the tests start their own.
set -u
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

# shellcheck source=scripts/non-free.sh
. "$(dirname "${BASH_SOURCE[0]}")/non-free.sh"

policy=/usr/sbin/policy-rc.d
lists=/etc/apt/sources.list.d
apt=(apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)

# shellcheck disable=SC2317
cleanup() { if [[ -n ${our_policy:-} ]]; then rm -f "$policy"; fi; }
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

# Debian asks this file before it starts a service; 101 means no.
forbid_starts() {
  [[ ! -e $policy ]] || return 0
  our_policy=yes
  printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
}

add_non_free() {
  local sources=() file
  for file in "$lists"/*.sources; do
    if [[ -f $file ]]; then sources+=("$file"); fi
  done
  if ((${#sources[@]} > 0)); then non_free_deb822 "${sources[@]}" >"$lists/transpack-non-free.sources"; fi
  sources=()
  for file in /etc/apt/sources.list "$lists"/*.list; do
    if [[ -f $file ]]; then sources+=("$file"); fi
  done
  if ((${#sources[@]} > 0)); then non_free_lines "${sources[@]}" >"$lists/transpack-non-free.list"; fi
  for file in "$lists"/transpack-non-free.{sources,list}; do
    if [[ -e $file && ! -s $file ]]; then rm -f "$file"; fi
  done
  "${apt[@]}" update
}

has_candidate() { apt-cache policy "$1" | grep -q '^  Candidate: [^(]'; }

forbid_starts || exit 1
"${apt[@]}" update || exit 1
for package; do
  case $package in
    rar | unrar) has_candidate "$package" || add_non_free || exit 1 ;;
    openjdk-*)
      if ! has_candidate "$package"; then
        echo "check: this Debian has no package $package: install a JDK 25 by hand, for instance Eclipse Temurin 25"
        exit 1
      fi
      ;;
  esac
done
"${apt[@]}" install --no-install-recommends "$@" || exit 1

# The services of these packages are not wanted at the next boot either.
if [[ -d /run/systemd/system ]]; then
  for package; do
    case $package in transmission-daemon | postgresql) systemctl disable --now "$package" ;; esac
  done
fi
exit 0
