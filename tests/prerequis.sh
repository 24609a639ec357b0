# What ./run and ./test need on the machine: checked first, installed where that can be done.

need_dotnet() {
  dotnet --list-sdks 2>/dev/null | grep -q '^10\.' || {
    echo "Il manque le SDK .NET 10 : voir https://dotnet.microsoft.com/download (ou le paquet dotnet-sdk-10.0)." >&2
    return 1
  }
}

need_node() {
  local major
  major=$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/')
  [ "${major:-0}" -ge 18 ] || {
    echo "Il manque Node.js 18 ou plus : voir https://nodejs.org (ou le paquet nodejs)." >&2
    return 1
  }
}

# Front-end packages, only when the lock file changed.
npm_packages() {
  local web=src/Sofi.Web mark
  mark=$web/node_modules/.lock-installed
  cmp -s "$web/package-lock.json" "$mark" && return 0
  (cd "$web" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp "$web/package-lock.json" "$mark"
}

install_chromium() {
  command -v chromium >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && return 0
  fi
  echo "Il manque Chromium, nécessaire aux tests de navigateur : installez le paquet chromium." >&2
  return 1
}

# A mail server, for the tests that send to one.
install_aiosmtpd() {
  /usr/bin/python3 -c 'import aiosmtpd' >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-aiosmtpd >/dev/null && return 0
  fi
  echo "Il manque un serveur de courriel pour les tests : installez le paquet python3-aiosmtpd." >&2
  return 1
}

# Copies what the pages need out of node_modules: nothing is fetched from elsewhere at run time.
vendor_files() {
  local web=src/Sofi.Web vendor=src/Sofi.Web/wwwroot/vendor
  mkdir -p "$vendor/polices"
  # Its drawings in "data:" addresses are ours elsewhere: the content security policy refuses them, and a browser would say so.
  sed 's/url("data:[^"]*")/none/g' "$web/node_modules/bootstrap/dist/css/bootstrap.min.css" > "$vendor/bootstrap.min.css"
  cp -u "$web/node_modules/htmx.org/dist/htmx.min.js" "$vendor/"
  cp -u "$web"/node_modules/@fontsource-variable/{hanken-grotesk,literata}/files/*-latin{,-ext}-wght-normal.woff2 "$vendor/polices/"
}
