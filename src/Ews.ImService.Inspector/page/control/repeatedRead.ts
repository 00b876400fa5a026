/** The pause after a call in relation to its duration, so that frequent changes do not occupy the service. */
const pausePerDuration = 5;

/** A call that is repeated, one at a time. */
export class RepeatedRead {
    private readonly aborter = new AbortController();
    private timer: ReturnType<typeof setTimeout> | undefined;
    private isRunning = false;
    private next: 'none' | 'later' | 'now' = 'none';
    private pauseEnd = 0;

    /** `call` shows its errors itself. */
    constructor(
        private readonly call: (signal: AbortSignal) => Promise<void>,
        private readonly minPauseMilliseconds: number,
    ) {}

    /** Runs the call now or, if it is running, again after it. */
    run(): void {
        if (this.isRunning) this.next = 'now';
        else void this.runNow();
    }

    /** Runs the call after a pause, unless it is going to run. */
    runLater(): void {
        if (this.isRunning) {
            if (this.next === 'none') this.next = 'later';
        } else if (!this.aborter.signal.aborted) {
            this.timer ??= setTimeout(() => this.runNow(), Math.max(0, this.pauseEnd - performance.now()));
        }
    }

    /** Aborts the call. It is not repeated any more. */
    stop(): void {
        clearTimeout(this.timer);
        this.aborter.abort();
    }

    private async runNow(): Promise<void> {
        clearTimeout(this.timer);
        this.timer = undefined;
        if (this.aborter.signal.aborted) return;
        this.isRunning = true;
        const start = performance.now();
        await this.call(this.aborter.signal);
        const end = performance.now();
        this.isRunning = false;
        this.pauseEnd = end + Math.max(this.minPauseMilliseconds, pausePerDuration * (end - start));
        const { next } = this;
        this.next = 'none';
        if (next === 'now') this.run();
        else if (next === 'later') this.runLater();
    }
}
