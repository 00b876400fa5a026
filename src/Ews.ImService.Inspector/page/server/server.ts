import { call, type Contract } from '../control/call';

export type Server = Contract['ServerState'];
export type Setting = Contract['ServerSetting'];

/** Reads the version, URLs and settings of the service. */
export function readServer(): Promise<Server> {
    return call('GET', 'server');
}

/** Reads the newest lines of the log, after one of them. */
export function readLog(after: number, limit: number): Promise<Contract['LogPage']> {
    return call('GET', 'log', { query: { after, limit } });
}
