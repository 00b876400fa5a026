// Serves the npm packages of a folder and those that are published to it, and redirects requests for all other packages to another
// registry.
// Usage: node npm-registry.mjs PACKAGES URL_FILE [REGISTRY]. The URL of the registry is written to the file.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [folder, urlFile, upstream] = process.argv.slice(2);
const files = new Map();
for (const name of readdirSync(folder).filter((file) => file.endsWith('.tgz'))) {
    const path = join(folder, name);
    files.set(name, {
        content: readFileSync(path),
        manifest: JSON.parse(execFileSync('tar', ['-xzOf', path, 'package/package.json'])),
    });
}

/** Returns the description of a package with its only version, as registries do. */
function describe(file, { content, manifest }, root) {
    const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
    const version = { ...manifest, dist: { tarball: `${root}/files/${file}`, integrity } };
    return { name: manifest.name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: version } };
}

const published = new Map();

/** Keeps the description of a published package; a version that exists is rejected, as registries do. */
async function publish(name, request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { 'dist-tags': tags, versions } = JSON.parse(Buffer.concat(chunks));
    const known = published.get(name) ?? { name, 'dist-tags': {}, versions: {} };
    if (Object.keys(versions).some((version) => version in known.versions)) {
        response.writeHead(403).end();
        return;
    }
    Object.assign(known['dist-tags'], tags);
    Object.assign(known.versions, versions);
    published.set(name, known);
    response.writeHead(201, { 'Content-Type': 'application/json' }).end('{}');
}

const server = createServer(async (request, response) => {
    const root = `http://127.0.0.1:${server.address().port}`;
    const name = decodeURIComponent(request.url.slice(1));
    const packed = [...files].find(([, { manifest }]) => manifest.name === name);
    if (request.method === 'PUT') {
        await publish(name, request, response);
    } else if (published.has(name)) {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(published.get(name)));
    } else if (packed) {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(describe(...packed, root)));
    } else if (name.startsWith('files/')) {
        response.end(files.get(name.slice('files/'.length)).content);
    } else if (!upstream) {
        response.writeHead(404, { 'Content-Type': 'application/json' }).end('{}');
    } else {
        response.writeHead(307, { Location: new URL(request.url.slice(1), upstream).href }).end();
    }
});
server.listen(0, '127.0.0.1', () => {
    writeFileSync(`${urlFile}.new`, `http://127.0.0.1:${server.address().port}/\n`);
    renameSync(`${urlFile}.new`, urlFile);
});
