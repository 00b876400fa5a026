import { attachEwsIm, startEwsIm } from './server';

/** Starts one server for all test files, unless EWS_IM_URL names a running one. Test files attach to it: `attachEwsIm()`. For the option
 * `globalSetup` of Jest and Vitest. The server stops when the test runner exits.
 * @returns A function that stops the server, which Vitest calls. */
async function globalSetup(): Promise<() => Promise<void>> {
    if (process.env['EWS_IM_URL']) {
        const running = attachEwsIm();
        await running.waitUntilReady();
        await running.getRealms(); // A wrong token is one error here, not one in each test.
        return async () => {};
    }
    const exchange = await startEwsIm();
    process.env['EWS_IM_URL'] = exchange.rootUrl;
    return async () => {
        delete process.env['EWS_IM_URL'];
        await exchange.stop();
    };
}

export = globalSetup;
