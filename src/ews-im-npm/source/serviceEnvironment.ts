import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EwsImServerOptions } from './options';

const inMemory = ':memory:';

/** Returns the environment of the program: the settings, which other users of the machine cannot read there, unlike arguments, and the
 * environment of this process without the settings of a service.
 * @param folder A folder for files that the program reads when it starts. */
export function environmentOf(options: EwsImServerOptions, folder: string): NodeJS.ProcessEnv {
    const isForService = (name: string): boolean => /^(EWSIM_|ASPNETCORE_|DOTNET_URLS$)/i.test(name);
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForService(name)));
    for (const [key, value] of settingsOf(options, folder)) environment[`EWSIM_${key.replaceAll(':', '__')}`] = `${value}`;
    return environment;
}

/** Returns the settings of the service. Those of the option `settings` take precedence; case is ignored in keys. */
function settingsOf(options: EwsImServerOptions, folder: string): [string, unknown][] {
    const { mailboxes = [], settings = {}, useHttps, port = 0, databasePath = inMemory, idSeed } = options;
    const given = new Set(Object.keys(settings).map((key) => key.toLowerCase()));
    const others = {
        Urls: `${useHttps ? 'https' : 'http'}://127.0.0.1:${port}`,
        'Storage:Path': databasePath,
        'Https:CertificatePath': useHttps ? inMemory : undefined,
        'Realms:IdSeed': idSeed,
        'Seed:Path': mailboxes.length > 0 ? writeSeed(mailboxes, folder) : undefined,
    };
    return [...Object.entries(others).filter(([key]) => !given.has(key.toLowerCase())), ...Object.entries(settings)]
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key, /Path$/i.test(key) && value !== inMemory ? resolve(`${value}`) : value]);
}

function writeSeed(mailboxes: NonNullable<EwsImServerOptions['mailboxes']>, folder: string): string {
    const file = join(folder, 'seed.json');
    writeFileSync(file, JSON.stringify({ mailboxes }));
    return file;
}
