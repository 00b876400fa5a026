import type { JournalEntry } from '../../control/stream';
import { password, remarks, type SentRequest } from './sentRequest';

/** The characters that end a line in C#, other than the line feed, and other control characters; a raw string cannot contain them. */
const notRaw = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

/** Returns `true` if a request names objects by their ids, which another mailbox does not have. */
export function usesIds({ body }: SentRequest): boolean {
    return /<(\w+:)?(?!Distinguished)\w*Id\s[^>]*\bId\s*=/.test(body ?? '');
}

/** Returns a test for xunit that sends a request to a new server of Ews.ImService.Testing and expects the recorded result. `seed` is the
 * seed document of the mailbox; without it, the mailbox is empty. */
export function csharpTest(request: SentRequest, entry: JournalEntry, seed: string | null = null): string {
    const operation = identifier(entry.operation ?? 'Request');
    const isEncoded = request.user !== null;
    return [
        isEncoded ? 'using System.Net.Http.Headers;\n' : '',
        'using System.Text;\nusing Ews.ImService.Testing;\nusing Xunit;\n\n',
        `public sealed class ${operation}Tests\n{\n`,
        `    [Fact]\n    public async Task ${operation}_returns_${identifier(resultOf(entry))}()\n    {\n`,
        '        await using var exchange = await EwsImServer.StartAsync();\n',
        seedStatement(entry, seed),
        faultRemark(entry),
        '        using var http = exchange.CreateClient();\n\n',
        ...remarks(request).map((remark) => `        // ${remark}\n`),
        `        using var request = new HttpRequestMessage(new HttpMethod(${literal(request.method)}), ${urlExpression(request)});\n`,
        ...contentStatements(request),
        ...request.headers.map(([name, value]) => headerStatement(request, name, value)),
        isEncoded
            ? '        request.Headers.Authorization = new AuthenticationHeaderValue(\n' +
              `            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(${literal(`${request.user}:${password}`)})));\n`
            : '',
        ...responseStatements(entry),
        '    }\n}\n',
    ].join('');
}

function seedStatement({ mailbox }: JournalEntry, seed: string | null): string {
    if (mailbox === null) return '';
    if (seed !== null) {
        return (
            '        // The mailbox as it was when this test was copied, with its ids. Undo the changes of the request in it.\n' +
            `        await exchange.ImportSeedAsync(${rawLiteral(seed.trimEnd(), 12)});\n`
        );
    }
    return (
        '        // Add the groups and contacts that the request needs.\n' +
        `        await exchange.SeedAsync(new SeedMailbox(${literal(mailbox)}));\n`
    );
}

function faultRemark({ fault, faultKind }: JournalEntry): string {
    if (fault === null) return '';
    return (
        `        // The request triggered the fault rule ${JSON.stringify(fault)} (${faultKind}). Without this rule, the result is another one.\n` +
        '        // Add the rule: await exchange.Faults.AddAsync(Fault.…);\n'
    );
}

function responseStatements(entry: JournalEntry): string[] {
    if (entry.state === 'failed') return ['\n        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request));\n'];
    return [
        '        using var response = await http.SendAsync(request);\n\n',
        entry.status === null ? '' : `        Assert.Equal(${entry.status}, (int)response.StatusCode);\n`,
        journalStatement(entry),
    ];
}

function resultOf(entry: JournalEntry): string {
    return entry.responseCode ?? (entry.status === null ? 'no_response' : `status_${entry.status}`);
}

function urlExpression({ path }: SentRequest): string {
    return path.toLowerCase() === '/ews/exchange.asmx' ? 'exchange.Url' : `new Uri(exchange.Url, ${literal(`..${path}`)})`;
}

function contentStatements({ body, bodyBase64 }: SentRequest): string[] {
    if (bodyBase64 !== null) return [`        request.Content = new ByteArrayContent(Convert.FromBase64String(${literal(bodyBase64)}));\n`];
    if (body === null) return [];
    return [
        `        const string Body = ${notRaw.test(body) ? literal(body) : rawLiteral(body, 12)};\n`,
        '        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));\n',
    ];
}

function headerStatement(request: SentRequest, name: string, value: string): string {
    const hasContent = request.body !== null || request.bodyBase64 !== null;
    const isContentHeader = /^(content-|allow$|expires$|last-modified$)/i.test(name);
    if (isContentHeader && !hasContent) return '';
    const target = isContentHeader ? 'request.Content.Headers' : 'request.Headers';
    return `        ${target}.TryAddWithoutValidation(${literal(name)}, ${literal(value)});\n`;
}

function journalStatement(entry: JournalEntry): string {
    if (entry.operation === null || entry.responseCode === null) return '';
    return (
        '        await exchange.Journal.ShouldHaveReceivedAsync(\n' +
        `            new RequestPattern { Operation = ${literal(entry.operation)}, ResponseCode = ${literal(entry.responseCode)} });\n`
    );
}

/** Returns a raw string literal. Its delimiter is longer than each sequence of quotation marks in it, and its lines are indented. */
function rawLiteral(text: string, indent: number): string {
    const longest = Math.max(2, ...(text.match(/"+/g) ?? []).map((marks) => marks.length));
    const delimiter = '"'.repeat(longest + 1);
    const lines = [delimiter, ...text.split('\n').map((line) => ' '.repeat(indent) + line), ' '.repeat(indent) + delimiter];
    return lines.join('\n');
}

/** Returns a string literal in one line. */
function literal(text: string): string {
    const special = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
    return `"${text.replace(special, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

/** Returns a text as part of a C# name. */
function identifier(text: string): string {
    return text.replace(/\W+/g, '_');
}
