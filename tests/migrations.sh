#!/usr/bin/env bash
# Adds a migration to both databases: tests/migrations.sh NAME. Until the first release there is one, Initiale, made anew.
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:-Initiale}
for provider in Sqlite PostgreSql; do
  [ "$name" != Initiale ] || rm -rf "src/Sofi.Data.$provider/Migrations"
  dotnet ef migrations add "$name" --project "src/Sofi.Data.$provider" --startup-project "src/Sofi.Data.$provider" --context SofiDbContext >/dev/null
done
