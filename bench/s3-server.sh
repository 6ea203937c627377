# The S3 server that the benchmarks send to; sourced by them. Expects $work, an empty folder, and $port, $tls_port.
# shellcheck shell=bash
# shellcheck disable=SC2154
export AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=benchbench AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_ENDPOINT_URL=http://127.0.0.1:$port

# Started, and its bucket `bench` is there; $server is its process.
start_server() {
  mkdir -p "$work/data/bench" "$work/state"
  "$JAVA_HOME/bin/keytool" -genkeypair -alias s3 -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -validity 2 \
    -keystore "$work/keys.p12" -storepass benchbench 2>"$work/keytool"
  "$JAVA_HOME/bin/keytool" -exportcert -rfc -alias s3 -keystore "$work/keys.p12" -storepass benchbench \
    >"$work/ca.pem" 2>>"$work/keytool"
  cat >"$work/server.properties" <<CONF
s3proxy.endpoint=http://127.0.0.1:$port
s3proxy.secure-endpoint=https://127.0.0.1:$tls_port
s3proxy.keystore-path=$work/keys.p12
s3proxy.keystore-password=benchbench
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=bench
s3proxy.credential=benchbench
s3proxy.v4-max-non-chunked-request-size=1073741824
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/data
CONF
  echo '<configuration><root level="OFF"/></configuration>' >"$work/logback.xml"
  "$JAVA_HOME/bin/java" -Xmx512m -Dlogback.configurationFile="$work/logback.xml" -cp 's3proxy/target/jars/*' \
    org.gaul.s3proxy.Main --properties "$work/server.properties" &
  server=$!
  until curl -s -o "$work/answer" "$AWS_ENDPOINT_URL"; do kill -0 "$server" || exit 1; sleep 0.2; done
}
