import { password, remarks, type SentRequest } from './sentRequest';

/** Returns a Python program that sends a request. It uses the standard library only. */
export function pythonProgram(request: SentRequest): string {
    const isEncoded = request.user !== null || request.bodyBase64 !== null;
    const headers = request.headers.map(([name, value]) => `        ${literal(name)}: ${literal(value)},\n`);
    if (request.user !== null) {
        headers.push(
            `        "Authorization": "Basic " + base64.b64encode(${literal(`${request.user}:${password}`)}.encode()).decode(),\n`,
        );
    }
    return [
        ...remarks(request).map((remark) => `# ${remark}\n`),
        isEncoded ? 'import base64\n' : '',
        'import urllib.error\nimport urllib.request\n\n',
        `body = ${bodyExpression(request)}\n`,
        'request = urllib.request.Request(\n',
        `    ${literal(request.url)},\n`,
        '    data=body,\n',
        `    method=${literal(request.method)},\n`,
        `    headers={\n${headers.join('')}    },\n`,
        ')\n',
        'try:\n',
        '    with urllib.request.urlopen(request) as response:\n',
        '        print(response.status, response.read().decode())\n',
        'except urllib.error.HTTPError as error:\n',
        '    print(error.code, error.read().decode())\n',
    ].join('');
}

function bodyExpression({ body, bodyBase64 }: SentRequest): string {
    if (bodyBase64 !== null) return `base64.b64decode(${literal(bodyBase64)})`;
    return body === null ? 'None' : `${longLiteral(body)}.encode()`;
}

/** Returns a string literal in one line. */
function literal(text: string): string {
    return `"${escape(text).replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Returns a string literal in which lines remain lines and single quotation marks are not escaped. */
function longLiteral(text: string): string {
    return `"""${escape(text).replaceAll('"""', '\\"\\"\\"').replace(/"$/, '\\"')}"""`;
}

/** Escapes backslashes, and control characters other than the line feed. */
function escape(text: string): string {
    const control = /[\u0000-\u0009\u000b-\u001f\u007f]/g;
    return text.replaceAll('\\', '\\\\').replace(control, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
