import { password, remarks, type SentRequest } from './sentRequest';

/** Returns a command for POSIX shells that sends a request with curl. */
export function curlCommand(request: SentRequest): string {
    const options = [`--request ${quote(request.method)} ${quote(request.url)}`];
    // curl takes these characters for patterns of several URLs.
    if (/[[\]{}]/.test(request.url)) options.push('--globoff');
    if (request.user !== null) options.push(`--user ${quote(`${request.user}:${password}`)}`);
    for (const [name, value] of request.headers) options.push(`--header ${quote(value ? `${name}: ${value}` : `${name};`)}`);
    const [input, body] = bodyOptions(request);
    // curl adds a content type of forms if there is a body without one.
    if (body.length > 0 && !request.headers.some(([name]) => name.toLowerCase() === 'content-type'))
        options.push("--header 'Content-Type:'");
    const comments = remarks(request).map((remark) => `# ${remark}\n`);
    return `${comments.join('')}${input}curl ${[...options, ...body].join(' \\\n    ')}\n`;
}

/** Returns the command that writes the body to the standard input, if an argument cannot contain it, and the options. */
function bodyOptions({ body, bodyBase64 }: SentRequest): [input: string, options: string[]] {
    if (bodyBase64 !== null || body?.includes('\0')) {
        const encoded = bodyBase64 ?? toBase64(body!);
        return [`printf %s ${quote(encoded)} | base64 -d | `, ['--data-binary @-']];
    }
    return ['', body === null ? [] : [`--data-raw ${quote(body)}`]];
}

function toBase64(text: string): string {
    const bytes = new TextEncoder().encode(text);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Quotes an argument. Between single quotes, a shell interprets no character except the single quote. */
function quote(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}
