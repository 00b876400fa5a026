import { ControlError } from '../control/call';
import { errorText } from '../state/messages';

/** The error of a call: its problems, one per line, each with its JSON path. */
export function Problems({ error }: { error: unknown }) {
    const problems = error instanceof ControlError ? error.problems : [errorText(error)];
    return (
        <div role="alert" class="error">
            {error !== null && problems.length === 1 && <p>{problems[0]}</p>}
            {error !== null && problems.length > 1 && (
                <ul>
                    {problems.map((problem, index) => (
                        <li key={index}>{problem}</li>
                    ))}
                </ul>
            )}
        </div>
    );
}
