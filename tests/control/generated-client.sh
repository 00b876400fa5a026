#!/usr/bin/env bash
# Saves the OpenAPI document, validates the file, generates types from it and type-checks generated-client.ts against them.
# EWS_ROOT is the root of a service; WORK is a directory in which the npm packages of tests/control/run are installed.
set -euo pipefail
here=$PWD
cd "$WORK"
curl -fsS -o openapi.json "$EWS_ROOT/_control/v1/openapi.json"
node_modules/.bin/validate-api openapi.json
node_modules/.bin/openapi-typescript openapi.json -o api.d.ts
cp "$here/generated-client.ts" .
node_modules/.bin/tsc --noEmit --strict --target es2022 --module nodenext --skipLibCheck generated-client.ts
