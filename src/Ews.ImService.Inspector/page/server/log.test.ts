import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyLog, readFurther, type Log } from './log';

/** Returns the call of a service that wrote lines 1 to lastId since it started. */
function service(lastId: number, epoch = 'A') {
    return async (after: number, limit: number): Promise<Log> => {
        const ids = Array.from({ length: lastId }, (_, index) => index + 1).filter((id) => id > after);
        return { epoch, lastId, lines: ids.slice(-limit).map((id) => ({ id, text: `${epoch}${id}` })) };
    };
}

const idsOf = (log: Log) => log.lines.map((line) => line.id);

test('Further lines follow those that are known', async () => {
    const log = await readFurther(await readFurther(emptyLog, service(2)), service(3));
    assert.deepEqual(idsOf(log), [1, 2, 3]);
});

for (const [before, after] of [
    [5, 2],
    [2, 2],
    [2, 5],
    [0, 2],
    [2, 0],
] as const) {
    test(`After a restart, the log begins again: ${after} lines instead of ${before}`, async () => {
        const old = await readFurther(emptyLog, service(before));
        const log = await readFurther(old, service(after, 'B'));
        assert.deepEqual(log, await service(after, 'B')(0, 1000));
        assert.deepEqual(idsOf(await readFurther(log, service(after + 1, 'B'))).at(-1), after + 1);
    });
}

test('The newest 1,000 lines are kept', async () => {
    const log = await readFurther(await readFurther(emptyLog, service(999)), service(1500));
    assert.equal(log.lines.length, 1000);
    assert.deepEqual([idsOf(log)[0], idsOf(log).at(-1)], [501, 1500]);
});
