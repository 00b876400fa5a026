/** Returns the name of this system, as in the names of the packages with the program, such as `linux-x64`, `osx-arm64` or `win-x64`. */
export const systemName = (): string => `${platformName()}-${process.arch}`;

function platformName(): string {
    switch (process.platform) {
        case 'win32':
            return 'win';
        case 'darwin':
            return 'osx';
        case 'linux':
            return isMusl() ? 'linux-musl' : 'linux';
        default:
            return process.platform;
    }
}

/** Returns `true` on a Linux with musl instead of glibc, such as Alpine. */
function isMusl(): boolean {
    const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
    const { excludeNetwork } = report;
    report.excludeNetwork = true; // Otherwise, the report contains the names of connected computers, which take time.
    const { header } = report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
    report.excludeNetwork = excludeNetwork;
    return header.glibcVersionRuntime === undefined;
}
