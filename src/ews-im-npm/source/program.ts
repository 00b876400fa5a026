import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve, sep } from 'node:path';
import { EwsImServerError } from './errors';
import { systemName } from './systems';

const fileName = process.platform === 'win32' ? 'ews-im.exe' : 'ews-im';

/** The environment variable that the command of this package sets for the program. */
export const launcherVariable = 'EWS_IM_LAUNCHER';

/** The folder of npm's launchers, one of which starts this package. */
const launchers = join('node_modules', '.bin');

/** Returns the path of the program: the environment variable EWS_IM_PROGRAM; otherwise, the program of the package for this system, such
 * as ews-im-linux-x64; otherwise, `ews-im` on the path. */
export function findProgram(): string {
    const given = process.env['EWS_IM_PROGRAM'];
    if (given) {
        if (!isFile(given)) throw new EwsImServerError(`EWS_IM_PROGRAM is '${given}', which is not a file.`);
        return resolve(given);
    }
    const program = findInPackage() ?? findOnPath();
    if (program) return program;
    throw new EwsImServerError(
        `The program ews-im was not found. Install the npm package ${packageName()}, install ews-im so that it is on the path, ` +
            'or set EWS_IM_PROGRAM to its path.',
    );
}

const packageName = (): string => `ews-im-${systemName()}`;

function findInPackage(): string | undefined {
    let manifest: string;
    try {
        manifest = require.resolve(`${packageName()}/package.json`);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
        throw error;
    }
    return join(dirname(manifest), 'program', fileName);
}

function findOnPath(): string | undefined {
    if (process.env[launcherVariable]) return undefined; // The command of this package found a command of this package on the path.
    return (process.env['PATH'] ?? '')
        .split(delimiter)
        .filter((folder) => folder !== '' && !folder.endsWith(sep + launchers))
        .map((folder) => resolve(folder, fileName))
        .find(isFile);
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
