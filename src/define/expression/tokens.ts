import type { ExpressionFault, Span } from './tree.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly span: Span }
  | { readonly kind: 'quoted-name'; readonly text: string; readonly span: Span }
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'sign'; readonly text: string; readonly span: Span }
  | { readonly kind: 'end'; readonly span: Span };

/** Raised inside the reader and caught at its door; never leaves the folder. */
export class ExpressionSyntaxError extends Error {
  readonly fault: ExpressionFault;
  constructor(message: string, span: Span, hint: string) {
    super(message);
    this.fault = { message, span, hint };
  }
}

const space = /\s+/y;
const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const sign = /<>|<=|>=|!=|==|[=<>+\-*/(),]/y;
const quoted = { "'": /'(?:[^']|'')*'/y, '"': /"(?:[^"]|"")*"/y } as const;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Reads the one token that starts at a place; the caller has skipped the white space before it. */
function tokenAt(text: string, at: number): Exclude<Token, { kind: 'end' }> {
  const spanOf = (piece: string): Span => ({ start: at, end: at + piece.length });
  const first = text[at];
  if (first === "'" || first === '"') {
    const piece = matchAt(quoted[first], text, at);
    if (piece === undefined)
      throw new ExpressionSyntaxError(
        `the ${first === "'" ? 'text' : 'column name'} that starts here has no closing quote`,
        { start: at, end: text.length },
        `close it with ${first}; write a quote inside it twice`,
      );
    const inner = piece.slice(1, -1).replaceAll(first + first, first);
    return { kind: first === "'" ? 'text' : 'quoted-name', text: inner, span: spanOf(piece) };
  }
  const digits = matchAt(number, text, at);
  if (digits !== undefined) {
    if (!Number.isFinite(Number(digits)))
      throw new ExpressionSyntaxError('this number is too large', spanOf(digits), 'write a smaller number');
    return { kind: 'number', value: Number(digits), span: spanOf(digits) };
  }
  const letters = matchAt(word, text, at);
  if (letters !== undefined) return { kind: 'word', text: letters, span: spanOf(letters) };
  const mark = matchAt(sign, text, at);
  if (mark !== undefined) {
    const standard = mark === '!=' ? '<>' : mark === '==' ? '=' : mark;
    return { kind: 'sign', text: standard, span: spanOf(mark) };
  }
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  throw new ExpressionSyntaxError(
    `"${character}" has no meaning here`,
    spanOf(character),
    'text stands in single quotes, odd column names in double quotes',
  );
}

/** Cuts an expression into words, quoted names, texts, numbers and signs. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const skip = (at: number) => at + (matchAt(space, text, at)?.length ?? 0);
  let at = skip(0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skip(token.span.end);
  }
  tokens.push({ kind: 'end', span: { start: text.length, end: text.length } });
  return tokens;
}
