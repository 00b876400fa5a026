import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { RepeatedRead } from './repeatedRead';

/** Lets the continuations of completed promises run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Returns a call that takes 10 ms, and the number of its runs. */
function exampleCall() {
    const runs: AbortSignal[] = [];
    const call = (signal: AbortSignal) => {
        runs.push(signal);
        return new Promise<void>((resolve) => setTimeout(resolve, 10));
    };
    return { runs, call };
}

/** Runs a test with timers and a clock that `advance` moves. */
async function withClock(scenario: (advance: (milliseconds: number) => Promise<void>) => Promise<void>): Promise<void> {
    let now = 1000;
    mock.timers.enable({ apis: ['setTimeout'] });
    const clock = mock.method(performance, 'now', () => now);
    try {
        await scenario(async (milliseconds) => {
            now += milliseconds;
            mock.timers.tick(milliseconds);
            await settle();
        });
    } finally {
        clock.mock.restore();
        mock.timers.reset();
    }
}

test('Changes during a call and during the pause after it cause one call, after the pause', () =>
    withClock(async (advance) => {
        const { runs, call } = exampleCall();
        const read = new RepeatedRead(call, 1000);
        read.run();
        read.runLater();
        read.runLater();
        await advance(10);
        read.runLater();
        await advance(999);
        assert.equal(runs.length, 1);

        await advance(1);
        assert.equal(runs.length, 2);
    }));

test('A pause is at least five times as long as the call', () =>
    withClock(async (advance) => {
        const { runs, call } = exampleCall();
        const read = new RepeatedRead(call, 0);
        read.run();
        await advance(10);
        read.runLater();
        await advance(49);
        assert.equal(runs.length, 1);

        await advance(1);
        assert.equal(runs.length, 2);
    }));

test('A call that is requested does not wait for a pause', () =>
    withClock(async (advance) => {
        const { runs, call } = exampleCall();
        const read = new RepeatedRead(call, 1000);
        read.run();
        read.run();
        await advance(10);
        assert.equal(runs.length, 2);
    }));

test('A call that is stopped is aborted and not repeated', () =>
    withClock(async (advance) => {
        const { runs, call } = exampleCall();
        const read = new RepeatedRead(call, 0);
        read.run();
        read.runLater();
        read.stop();
        await advance(10_000);

        assert.equal(runs.length, 1);
        assert.ok(runs[0]!.aborted);
    }));
