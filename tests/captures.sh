#!/usr/bin/env bash
# Takes the pictures of the README anew, into docs/captures.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/prerequis.sh

need_dotnet
need_node
install_chromium
npm_packages
vendor_files
dotnet build tests/Sofi.EndToEnd.Tests -c Release -v quiet --nologo
dotnet artifacts/bin/Sofi.EndToEnd.Tests/release/Sofi.EndToEnd.Tests.dll -noLogo -noColor -explicit only -class "*CapturesTests"
