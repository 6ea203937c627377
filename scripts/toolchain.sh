# shellcheck shell=bash
# shellcheck disable=SC2154 # root comes from the reader
# Finds the JDK and Maven, and tells whether the program must be built again. Read by ./transpack and ./check.
# Every function that can fail says why in one sentence on standard error. $root is the checkout.

java_wanted=25

# The major version of the JDK in folder $1, in $major. Reads its `release` file, so that nothing is started.
jdk_major() {
  local line version=
  major=0
  [[ -x $1/bin/java && -x $1/bin/javac ]] || return 1
  if [[ -r $1/release ]]; then
    while IFS= read -r line; do
      if [[ $line == JAVA_VERSION=* ]]; then version=${line#JAVA_VERSION=}; fi
    done <"$1/release"
  else
    version=$("$1/bin/java" -version 2>&1 </dev/null | sed -n '1s/[^"]*\("[^"]*\).*/\1/p')
  fi
  version=${version//[\"$'\r']/}
  version=${version%%[!0-9]*}
  major=${version:-0}
}

# Where a JDK may lie, one folder a line, best first.
jdk_folders() {
  local java home=${HOME:-/nonexistent}
  if [[ -n ${JAVA_HOME:-} ]]; then printf '%s\n' "$JAVA_HOME"; fi
  while IFS= read -r java; do
    java=$(readlink -f "$java" 2>/dev/null) && printf '%s\n' "${java%/bin/java}"
  done < <(type -ap java)
  if [[ -n ${TRANSPACK_JDK_FOLDERS:-} ]]; then # the launcher's test names its own
    printf '%s\n' "$TRANSPACK_JDK_FOLDERS"/*
    return
  fi
  printf '%s\n' /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /usr/local/*jdk* \
    "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
}

# Sets JAVA_HOME to the first JDK that is new enough; the version the project is tested with before newer ones.
find_jdk() {
  local folder newer=
  while IFS= read -r folder; do
    jdk_major "$folder" || continue
    ((major >= java_wanted)) || continue
    if [[ $folder == "${JAVA_HOME:-}" ]] || ((major == java_wanted)); then
      newer=$folder
      break
    fi
    newer=${newer:-$folder}
  done < <(jdk_folders)
  if [[ -z $newer ]]; then
    echo "transpack: no JDK $java_wanted or newer was found: install one (the package openjdk-$java_wanted-jdk, or Eclipse Temurin $java_wanted), and set JAVA_HOME if it lies in an unusual folder." >&2
    return 1
  fi
  export JAVA_HOME=$newer
}

# Checks that `mvn` is there and new enough. Starts it once, so only call this before a build.
find_maven() {
  local version
  if ! command -v mvn >/dev/null; then
    echo "transpack: Maven was not found: install Maven 3.8 or newer (the package maven) so that mvn is on the PATH." >&2
    return 1
  fi
  version=$(mvn -v </dev/null 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
  if ! [[ $version =~ ^([0-9]+)\.([0-9]+)$ ]] || ((BASH_REMATCH[1] * 1000 + BASH_REMATCH[2] < 3008)); then
    echo "transpack: $(command -v mvn) is Maven ${version:-of an unknown version}: install Maven 3.8 or newer." >&2
    return 1
  fi
}

jar_of() { printf '%s' "$root/app/target/transpack.jar"; }
stamp_of() { printf '%s' "$root/app/target/transpack.built"; }

# Whether the jar is there and no source is newer than the moment its build began. A deleted file shows as its folder.
# For the command $1 `demo` the S3 server that it runs has to be there too.
jar_is_current() {
  local jar stamp newer
  jar=$(jar_of)
  stamp=$(stamp_of)
  [[ -s $jar && -e $stamp ]] || return 1
  [[ ${1:-} != demo || -d $root/s3proxy/target/jars ]] || return 1
  newer=$(cd "$root" && find pom.xml .mvn librar/pom.xml librar/src/main app/pom.xml app/src/main s3proxy/pom.xml \
    -newer "$stamp" -print 2>/dev/null | head -n 1)
  [[ -z $newer ]]
}

# Remembers when a build began; say `build_ends` when it went well, and not at all otherwise.
build_begins() {
  mkdir -p "$root/app/target" "$root/target" && : >"$root/target/transpack.building"
}
build_ends() { mv -f "$root/target/transpack.building" "$(stamp_of)"; }
