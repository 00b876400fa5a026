import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EwsImServerOptions } from './options';

/** Returns the arguments of the program.
 * @param folder A folder for files that the program reads when it starts. */
export function argumentsOf(
    { mailboxes = [], useHttps, port = 0, databasePath = ':memory:' }: EwsImServerOptions,
    folder: string,
): string[] {
    const list = ['--urls', `${useHttps ? 'https' : 'http'}://127.0.0.1:${port}`];
    list.push('--db', databasePath === ':memory:' ? databasePath : resolve(databasePath));
    if (mailboxes.length > 0) {
        const seedFile = join(folder, 'seed.json');
        writeFileSync(seedFile, JSON.stringify({ mailboxes }));
        list.push('--seed', seedFile);
    }
    return list;
}

/** Returns the environment of the program: the settings, which other users of the machine cannot read there, unlike arguments, and the
 * environment of this process without the settings of a service. */
export function environmentOf({ settings = {}, useHttps, idSeed }: EwsImServerOptions): NodeJS.ProcessEnv {
    const isForService = (name: string): boolean => /^(EWSIM_|ASPNETCORE_|DOTNET_URLS$)/i.test(name);
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForService(name)));
    const all = { 'Https:CertificatePath': useHttps ? ':memory:' : undefined, 'Realms:IdSeed': idSeed, ...settings };
    for (const [key, value] of Object.entries(all)) if (value !== undefined) environment[`EWSIM_${key.replaceAll(':', '__')}`] = `${value}`;
    return environment;
}
