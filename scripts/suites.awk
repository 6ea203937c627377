# Reads surefire's XML reports and prints tab-separated lines:
#   suite <seconds> <tests> <failed> <skipped> <name>
#   skip <test> <reason>
#   fail <test> <message>
# Records end at "<", so every record is one tag and the text behind it; captured output (CDATA) is passed over.
function attribute(name,    text, from) {
  from = index($0, " " name "=\"")
  if (!from) return ""
  text = substr($0, from + length(name) + 3)
  return substr(text, 1, index(text, "\"") - 1)
}
function plain(text) {
  gsub(/&#1[03];|\n|\t/, " ", text)
  gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text)
  gsub(/&#[0-9]+;/, "?", text)
  gsub(/&amp;/, "\\&", text)
  gsub(/  +/, " ", text)
  return length(text) > 400 ? substr(text, 1, 400) "..." : text
}
# A broken assumption has its reason in the first line of its trace, behind the exception's name.
function reason_of(trace) {
  sub(/[\n\]].*/, "", trace)
  sub(/^[A-Za-z0-9_.$]+: */, "", trace)
  return trace == "" ? "no reason given" : plain(trace)
}
function test_name() { return plain(attribute("classname") "." attribute("name")) }
BEGIN { RS = "<"; OFS = "\t" }
hidden { if (index($0, "]]>")) hidden = 0; next }
/^!\[CDATA\[/ && awaited { print "skip", test, reason_of(substr($0, 9)); awaited = 0 }
/^!\[CDATA\[/ { if (!index($0, "]]>")) hidden = 1; next }
/^testsuite[ \n]/ {
  print "suite", attribute("time"), attribute("tests"), attribute("failures") + attribute("errors"), attribute("skipped"), attribute("name")
}
/^testcase[ \n]/ { test = test_name() }
/^\/skipped/ && awaited { print "skip", test, "no reason given"; awaited = 0 }
/^skipped/ {
  reason = plain(attribute("message"))
  awaited = reason == "" && !/^skipped[^>]*\/>/
  if (!awaited) print "skip", test, reason == "" ? "no reason given" : reason
}
/^(failure|error)[ \n]/ { message = plain(attribute("message")); print "fail", test, message == "" ? plain(attribute("type")) : message }
