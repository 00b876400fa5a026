import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyLog, readFurther, type Log } from './log';

/** Returns the call of a service that wrote lines 1 to lastId. */
function service(lastId: number) {
    return async (after: number, limit: number): Promise<Log> => {
        const ids = Array.from({ length: lastId }, (_, index) => index + 1).filter((id) => id > after);
        return { lastId, lines: ids.slice(-limit).map((id) => ({ id, text: `line ${id}` })) };
    };
}

const idsOf = (log: Log) => log.lines.map((line) => line.id);

test('Further lines follow those that are known', async () => {
    const log = await readFurther(await readFurther(emptyLog, service(2)), service(3));
    assert.deepEqual(idsOf(log), [1, 2, 3]);
});

test('After a restart, the log begins again', async () => {
    const log = await readFurther(await readFurther(emptyLog, service(5)), service(2));
    assert.deepEqual(idsOf(log), [1, 2]);
});

test('The newest 1,000 lines are kept', async () => {
    const log = await readFurther(await readFurther(emptyLog, service(999)), service(1500));
    assert.equal(log.lines.length, 1000);
    assert.deepEqual([idsOf(log)[0], idsOf(log).at(-1)], [501, 1500]);
});
