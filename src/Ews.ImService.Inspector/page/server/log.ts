import type { Contract } from '../control/call';
import { readLog } from './server';

export type Log = Contract['LogPage'];

/** The number of lines that the service keeps, and the page too. */
const maxLines = 1000;

export const emptyLog: Log = { epoch: '', lastId: 0, lines: [] };

/** Returns a log with the lines that were written since it was read. After a restart of the service, the log begins again. */
export async function readFurther(log: Log, read = readLog): Promise<Log> {
    const page = await read(log.lastId, maxLines);
    if (log.lastId > 0 && page.epoch !== log.epoch) return readFurther(emptyLog, read);
    return { ...page, lines: [...log.lines, ...page.lines].slice(-maxLines) };
}
