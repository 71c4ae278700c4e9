#!/bin/sh
# Writes a keyset of one new AES-256-GCM key, as Tink's JSON has it, where there is none yet.
set -eu
file=${1:-/keyset/keyset.json}
[ -s "$file" ] && exit 0
# the key's message: field 3, 32 bytes
value=$({ printf '\032\040'; head -c 32 /dev/urandom; } | base64 -w 0)
id=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
umask 077
cat >"$file.new" <<JSON
{"primaryKeyId":$id,"key":[{"keyData":{"typeUrl":"type.googleapis.com/google.crypto.tink.AesGcmKey","keyMaterialType":"SYMMETRIC","value":"$value"},"outputPrefixType":"TINK","keyId":$id,"status":"ENABLED"}]}
JSON
[ "$(id -u)" != 0 ] || chown 10001:10001 "$file.new"
mv "$file.new" "$file"
