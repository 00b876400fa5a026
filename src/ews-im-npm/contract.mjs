// Writes source/contract.ts, the types of the control API. The output depends only on openapi.json and the locked packages.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';

/** The file with the types. */
export const contractFile = fileURLToPath(new URL('source/contract.ts', import.meta.url));

/** Returns the types of the control API. */
export async function generateContract() {
    const document = await readFile(new URL('../Ews.ImService.Control/Api/openapi.json', import.meta.url), 'utf8');
    const types = astToString(await openapi(JSON.parse(document)));
    return `// The types of the control API, generated from openapi.json by contract.mjs.\n${types}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await writeFile(contractFile, await generateContract());
