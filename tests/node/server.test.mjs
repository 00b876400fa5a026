import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { SeedMailbox, attachEwsIm, startEwsIm } from 'ews-im';
import globalSetup from 'ews-im/global-setup';
import { addGroup } from './client.mjs';

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'ews-im-test-'));
after(() => rmSync(folder, { recursive: true }));

test('Options configure the server', async () => {
    const exchange = await startEwsIm({
        mailboxes: [new SeedMailbox('alice@contoso.com').withGroup('Team')],
        settings: { 'Limits:MaxGroups': 1, 'control:token': 'secret' },
        databasePath: join(folder, 'mailboxes.db'),
        idSeed: 1,
    });

    assert.match(await addGroup(exchange, 'Friends'), /ErrorImGroupLimitReached/);
    await exchange.seed({ smtpAddress: 'alice@contoso.com' });
    await exchange.reset();
    const alice = await exchange.findMailbox('alice@contoso.com');
    assert.deepEqual(
        alice.userGroups.map((group) => group.displayName),
        ['Team'],
    );
    const other = await startEwsIm({ mailboxes: [new SeedMailbox('alice@contoso.com').withGroup('Team')], idSeed: 1 });
    assert.equal((await other.findMailbox('alice@contoso.com')).mailboxGuid, alice.mailboxGuid);
    assert.ok(existsSync(join(folder, 'mailboxes.db')));
    await assert.rejects(attachEwsIm(exchange.url).getMailboxes(), { name: 'EwsImServerError', message: /Control:Token/ });
    assert.equal((await attachEwsIm(exchange.url, { token: 'secret' }).getMailboxes()).length, 1);

    await Promise.all([exchange.stop(), other.stop()]);
    await assert.rejects(exchange.getMailboxes(), { name: 'EwsImServerError', message: /^The server http.* was stopped\.$/ });
    const connection = attachEwsIm(exchange.url);
    await assert.rejects(connection.getMailboxes(), { name: 'EwsImServerError', message: /^No server responds at http.*ECONNREFUSED/ });
    await assert.rejects(connection.waitUntilReady(100), { message: /^The server was not ready within 100 ms\. No server responds/ });
});

test('An error states that the program exited', async () => {
    const program = join(mkdtempSync(join(folder, 'program-')), 'ews-im');
    writeFileSync(program, `#!/bin/sh\necho $$ > pid\nexec '${process.env.EWS_IM_PROGRAM}' "$@"\n`, { mode: 0o755 });
    const exchange = await startEwsIm({ program });

    process.kill(Number(readFileSync(join(program, '../pid'), 'utf8')), 'SIGKILL');

    const failure = () => exchange.getRealms().catch((error) => error.message);
    let message = await failure();
    for (const end = Date.now() + 60_000; !/exited/.test(message) && Date.now() < end;) message = await failure();
    assert.match(message, /^No server responds at http\S+: The program \S+ exited with SIGKILL\.$/);
    await exchange.stop();
});

test('Settings take precedence over options, and relative paths begin at the working directory', async (t) => {
    const given = process.cwd();
    t.after(() => process.chdir(given));
    process.chdir(folder);
    writeFileSync('seed.json', '{ "mailboxes": [ { "smtpAddress": "bob@contoso.com" } ] }');

    const exchange = await startEwsIm({
        mailboxes: [new SeedMailbox('alice@contoso.com')],
        port: 1,
        settings: { urls: 'http://127.0.0.1:0', 'seed:path': 'seed.json', 'Storage:Path': 'settings.db' },
    });

    const mailboxes = await exchange.getMailboxes();
    assert.deepEqual(
        mailboxes.map((mailbox) => mailbox.smtpAddress),
        ['bob@contoso.com'],
    );
    assert.ok(existsSync('settings.db'));
    await exchange.stop();
});

test('The environment and the settings file of the test are not read', async (t) => {
    const given = process.cwd();
    t.after(() => {
        process.chdir(given);
        delete process.env.EWSIM_Limits__MaxGroups;
    });
    writeFileSync(join(folder, 'appsettings.json'), '{ "Limits": { "MaxGroups": 1 } }');
    process.chdir(folder);
    process.env.EWSIM_Limits__MaxGroups = '1';

    const exchange = await startEwsIm();

    await addGroup(exchange, 'Team');
    assert.match(await addGroup(exchange, 'Friends'), /NoError/);
    await exchange.stop();
});

test('The lines of the log are passed on until the server has stopped', async () => {
    const lines = [];
    const exchange = await startEwsIm({ logLine: (line) => lines.push(line) });
    await addGroup(exchange, 'Team');
    await exchange.stop();
    assert.match(lines.join('\n'), /EWS clients use .*AddImGroup.*The service has stopped/s);
});

test('TLS uses a certificate of the server', async (t) => {
    const exchange = await startEwsIm({ useHttps: true });
    assert.match(exchange.url, /^https:/);
    assert.equal((await exchange.getRealms()).length, 1);

    const [response] = await once(https.get(`${exchange.rootUrl}/readyz`, { ca: exchange.certificate }), 'response');
    response.resume();

    assert.equal(response.statusCode, 200);
    const attached = attachEwsIm(exchange.url, { certificate: exchange.certificate });
    await attached.waitUntilReady();
    await assert.rejects(attachEwsIm(exchange.url).getRealms(), { message: /self-signed certificate/ });
    t.after(() => delete process.env.EWS_IM_CERTIFICATE);
    process.env.EWS_IM_CERTIFICATE = join(folder, 'certificate.pem');
    assert.throws(() => attachEwsIm(exchange.url), {
        name: 'EwsImServerError',
        message: /^The file of EWS_IM_CERTIFICATE cannot be read: /,
    });
    writeFileSync(process.env.EWS_IM_CERTIFICATE, exchange.certificate);
    assert.equal((await attachEwsIm(exchange.url).getRealms()).length, 1);
    await exchange.stop();
});

test('A server that cannot start reports the reason', async () => {
    const exchange = await startEwsIm();
    const port = Number(new URL(exchange.url).port);
    const starts = [
        [{ settings: { 'Limits:MaxGroup': 1, 'Limits:MaxTeams': 1 } }, /exited with code 2: (?=[^]*MaxGroup')(?=[^]*MaxTeams')/],
        [{ mailboxes: [{ smtpAddress: 'alice' }] }, /exited with code 1: The seed [^]*'alice'/],
        [{ port }, new RegExp(`exited with code 1: .*127\\.0\\.0\\.1:${port}.*in use`)],
        [{ program: join(folder, 'missing') }, /cannot be started: .*ENOENT/],
        [{ startTimeoutMilliseconds: 1 }, /was not ready within 1 ms/],
    ];
    for (const [options, message] of starts) await assert.rejects(startEwsIm(options), { name: 'EwsImServerError', message });
    await exchange.stop();
});

test('The setup file for test runners starts one server, or uses a running one', async (t) => {
    t.after(() => delete process.env.EWS_IM_URL);
    const stop = await globalSetup();
    const url = process.env.EWS_IM_URL;
    const stopAttached = await globalSetup();
    assert.equal(process.env.EWS_IM_URL, url);
    await stopAttached();
    assert.equal((await attachEwsIm().getRealms()).length, 1);
    await stop();
    assert.equal(process.env.EWS_IM_URL, undefined);
    assert.throws(() => attachEwsIm(), { name: 'EwsImServerError', message: /Pass it, or set EWS_IM_URL/ });
    await assert.rejects(attachEwsIm(url).getRealms(), /No server responds/);
});

test('The setup file for test runners verifies the token of a running server', async (t) => {
    const exchange = await startEwsIm({ settings: { 'Control:Token': 'secret' } });
    t.after(async () => {
        for (const name of ['EWS_IM_URL', 'EWS_IM_TOKEN']) delete process.env[name];
        await exchange.stop();
    });
    process.env.EWS_IM_URL = exchange.rootUrl;
    await assert.rejects(globalSetup(), /The control API requires the header Authorization: Bearer TOKEN/);
    process.env.EWS_IM_TOKEN = 'wrong';
    await assert.rejects(globalSetup(), /The header Authorization does not contain the value of Control:Token/);
    process.env.EWS_IM_TOKEN = 'secret';
    await (
        await globalSetup()
    )();
});

/** Starts a process of Node that starts a server, and returns the process and the URL of the server. */
async function startInProcess(end) {
    const script = `import { startEwsIm } from 'ews-im'; console.log((await startEwsIm()).rootUrl); ${end}`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [url] = await once(createInterface(child.stdout), 'line');
    return { child, url };
}

/** Waits until no server responds. */
async function waitUntilStopped(url) {
    const responds = () =>
        fetch(`${url}/livez`).then(
            () => true,
            () => false,
        );
    for (const end = Date.now() + 60_000; await responds();) assert.ok(Date.now() < end, `${url} still responds.`);
}

test('A server does not keep the process alive, and stops with it', async () => {
    const { child, url } = await startInProcess('');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
    await waitUntilStopped(url);
});

test('A server stops if the process is killed', async () => {
    const { child, url } = await startInProcess('setInterval(() => {}, 1000);');
    assert.equal((await fetch(`${url}/livez`)).status, 200);
    child.kill('SIGKILL');
    await waitUntilStopped(url);
});

test('Ctrl+C in the terminal does not end the server before the tests', async () => {
    const script = `import { startEwsIm } from 'ews-im';
        const exchange = await startEwsIm();
        process.on('SIGINT', async () => {
            console.log((await exchange.getRealms()).length);
            await exchange.stop();
            process.exit();
        });
        setInterval(() => {}, 1000);
        console.log('ready');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const lines = [];
    for await (const line of createInterface(child.stdout)) {
        lines.push(line);
        if (line === 'ready') process.kill(-child.pid, 'SIGINT');
    }
    assert.deepEqual(lines, ['ready', '1']);
});

test('A program that does not become ready is ended, with the processes that it started', async () => {
    const program = join(mkdtempSync(join(folder, 'slow-')), 'ews-im');
    writeFileSync(program, '#!/bin/sh\nsleep 600\n', { mode: 0o755 });
    const script = `import { startEwsIm } from 'ews-im';
        const start = startEwsIm({ program: ${JSON.stringify(program)}, startTimeoutMilliseconds: 300 });
        await start.catch((error) => console.log(error.message));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const part of child.stdout.setEncoding('utf8')) output += part;
    assert.match(output, /^The server was not ready within 300 ms\./);
    if (child.exitCode === null) await once(child, 'exit');
});

test('A server that does not respond is an error', async (t) => {
    const silent = createServer().listen(0, '127.0.0.1');
    t.after(() => silent.close());
    await once(silent, 'listening');
    const { ControlConnection } = require(join(dirname(require.resolve('ews-im')), 'controlConnection.js'));
    const root = new URL(`http://127.0.0.1:${silent.address().port}/`);
    const calls = new ControlConnection(root, undefined, undefined, undefined, 50);
    const message = (milliseconds) => `No server responds at ${root}: no data within ${milliseconds} ms`;
    await assert.rejects(calls.send('', 'GET', 'realms'), { name: 'EwsImServerError', message: message(50) });
    await assert.rejects(calls.send('', 'GET', 'realms', { waitMilliseconds: 1 }), { message: message(51) });
    await assert.rejects(calls.open('', 'events'), { name: 'EwsImServerError', message: message(50) });

    silent.once('connection', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{'));
    await assert.rejects(calls.send('', 'GET', 'realms'), { message: message(50) });
});

test('A server of another kind is not ready', async (t) => {
    const other = http.createServer((_, response) => response.end('<!doctype html>')).listen(0, '127.0.0.1');
    t.after(() => other.close());
    await once(other, 'listening');
    const attached = attachEwsIm(`http://127.0.0.1:${other.address().port}`);
    await assert.rejects(attached.waitUntilReady(100), { message: /responds with HTTP status 200, and may be another service\.$/ });
});
