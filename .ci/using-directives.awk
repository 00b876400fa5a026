# Verifies the order of using directives that "dotnet format" produces: System first, then by name. "dotnet format style" verifies it too,
# but takes as long as a build.
FNR == 1 { previous = "" }
/^using [A-Z][A-Za-z0-9_.]*;/ {
    key = tolower(substr($2, 1, length($2) - 1))
    gsub(/\./, " ", key)
    key = (key ~ /^system( |$)/ ? 0 : 1) key
    if (key < previous) {
        print FILENAME ":" FNR ": The using directives are not in the order of \"dotnet format\"."
        failed = 1
    }
    previous = key
}
END { exit failed }
