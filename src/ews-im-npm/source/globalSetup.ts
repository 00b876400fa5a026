import { attachEwsIm, startEwsIm } from './server';

/** Starts one server for all test files, unless EWS_IM_URL names a running one. Test files attach to it: `attachEwsIm()`. For the option
 * `globalSetup` of Jest and Vitest. The server stops when the test runner exits.
 * @returns A function that stops the server, which Vitest calls. */
async function globalSetup(): Promise<() => Promise<void>> {
    const isRunning = Boolean(process.env['EWS_IM_URL']);
    const exchange = isRunning ? attachEwsIm() : await startEwsIm();
    await exchange.waitUntilReady();
    process.env['EWS_IM_URL'] = exchange.rootUrl;
    return () => exchange.stop();
}

export = globalSetup;
