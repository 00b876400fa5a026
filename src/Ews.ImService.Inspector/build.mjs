// Writes built/, the page as it is served. The output depends only on the sources and the locked packages. The types of the control API are
// those of the npm package ews-im.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Builds the page into a folder. Returns the names of the libraries in it. */
export async function buildPage(target) {
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true });
    const { metafile } = await build({
        absWorkingDir: folder,
        entryPoints: { inspector: 'page/main.tsx', 'xml-worker': 'page/xml/worker.ts' },
        outdir: target,
        bundle: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        charset: 'utf8',
        legalComments: 'none',
        metafile: true,
        logLevel: 'warning',
    });
    await copyFile(`${folder}page/index.html`, `${target}/index.html`);
    const names = Object.keys(metafile.inputs).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
    return [...new Set(names.filter(Boolean))];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildPage(`${folder}built`);
