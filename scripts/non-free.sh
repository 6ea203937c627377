# shellcheck shell=bash
# Debian's own sources again, with only the section non-free: mirror, releases and key stay as the machine has them.
non_free_deb822() {
  awk -v RS= -v ORS='\n\n' '
    /(^|\n)Types:[^\n]*deb([ \n]|$)/ && /(^|\n)URIs:[^\n]*debian(-security)?([.\/ \n]|$)/ && /(^|\n)Components:[^\n]* main( |\n|$)/ &&
    !/(^|\n)Enabled: *no/ { sub(/Components:[^\n]*/, "Components: non-free"); print }' "$@"
}
non_free_lines() {
  sed -nE '/^deb[[:space:]].*debian(-security)?([.\/][^ ]*)?[[:space:]]+[^ ]+[[:space:]]+(.*[[:space:]])?main([[:space:]]|$)/s/^(deb[[:space:]]+(\[[^]]*\][[:space:]]+)?[^[:space:]]+[[:space:]]+[^[:space:]]+)[[:space:]].*/\1 non-free/p' "$@"
}
