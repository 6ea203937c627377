# shellcheck shell=bash
# shellcheck disable=SC2154 # root and java_wanted come from the reader
# What the tests need beside the JDK, and how a bare Debian machine gets it. Read by ./check.

# Prints the Debian package of every tool that is missing. Starts nothing that takes long: this runs at every check.
missing_packages() {
  local pair
  for pair in 7z:p7zip-full unar:unar unzip:unzip transmission-daemon:transmission-daemon \
    transmission-create:transmission-cli chromium:chromium par2:par2 aria2c:aria2 curl:curl mvn:maven \
    shellcheck:shellcheck systemd-analyze:systemd supervisord:supervisor gcc:gcc; do
    command -v "${pair%%:*}" >/dev/null || echo "${pair#*:}"
  done
  # gcc alone cannot build a library that is loaded between a program and its disk.
  [[ -e /usr/include/stdio.h ]] || echo libc6-dev
  # The free unrar-free also calls itself unrar, and cannot read these archives.
  [[ $(unrar 2>/dev/null) == *Roshal* ]] || echo unrar
  if ! command -v rar >/dev/null && rar_exists_here; then echo rar; fi
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || echo postgresql
  fonts
  (find_jdk 2>/dev/null) || echo "openjdk-$java_wanted-jdk-headless"
}

# RARLAB makes the packer for Intel and AMD only; elsewhere its tests are skipped, and say so.
rar_exists_here() {
  case $(uname -m) in x86_64 | amd64 | i?86) ;; *) return 1 ;; esac
}

# Screenshots need letters of every kind. On a machine without dpkg the browser's own fonts must do.
fonts() {
  local font
  command -v dpkg-query >/dev/null || return 0
  for font in fonts-dejavu-core fonts-noto-core fonts-noto-color-emoji fonts-noto-cjk; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$font" 2>/dev/null) == installed ]] || echo "$font"
  done
}

install_packages() {
  local packages root_command=()
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]} > 0)) || return 0
  if ((EUID != 0)); then root_command=(sudo -n); fi
  if ! command -v apt-get >/dev/null || ! grep -qs '^ID=debian$' /etc/os-release; then
    echo "check: the tests need these Debian packages or their like, so install them first: ${packages[*]}" >&2
    return 1
  fi
  if ((EUID != 0)) && ! sudo -n true 2>/dev/null; then
    echo "check: run this as root first: apt-get install ${packages[*]} (unrar and rar are in Debian's non-free section)" >&2
    return 1
  fi
  echo "Installing ${packages[*]}"
  mkdir -p target
  if ! "${root_command[@]}" bash scripts/install-packages.sh "${packages[@]}" >target/install.log 2>&1; then
    grep -E '^(E:|check:)' target/install.log | head -n 10 >&2
    echo "check: the packages could not be installed; the whole log is $root/target/install.log" >&2
    return 1
  fi
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]} == 0)) && return 0
  echo "check: still missing after the installation: ${packages[*]}; the log is $root/target/install.log" >&2
  return 1
}
