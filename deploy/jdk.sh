# For the scripts at the root, which source it: finds the JDK to run with. Works with bash 3.2, which macOS has.
needed_java=25

# The version of a JDK (its javac is needed too), or nothing.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# The home of a command that may be reached through symbolic links.
home_of() {
    local file=$1 target
    while [ -L "$file" ]; do
        target=$(readlink "$file")
        case $target in
            /*) file=$target ;;
            *) file=$(dirname "$file")/$target ;;
        esac
    done
    cd "$(dirname "$file")/.." && pwd -P
}

jdk_candidates() {
    [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
    if command -v javac >/dev/null 2>&1; then home_of "$(command -v javac)"; fi
    if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v "$needed_java+" 2>/dev/null || :; fi
    local home
    for home in /usr/lib/jvm/* /usr/java/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        [ ! -d "$home" ] || echo "$home"
    done
}

find_jdk() {
    local home version
    while IFS= read -r home; do
        version=$(jdk_version "$home")
        if [ -n "$version" ] && [ "$version" -ge "$needed_java" ]; then
            echo "$home"
            return
        fi
    done <<EOF
$(jdk_candidates)
EOF
}

# Sets jdk, or ends the script; the argument is its name.
require_jdk() {
    jdk=$(find_jdk)
    if [ -z "$jdk" ]; then
        echo "$1: a JDK $needed_java or newer is needed and none was found; install one, for example Eclipse Temurin $needed_java from https://adoptium.net, or set JAVA_HOME to it." >&2
        exit 1
    fi
}
