import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type ErrorCode, type ErrorDetails, WellspentError } from '../core/index.ts';

/** A path into the charter: keys and list positions from the top. */
export type Path = readonly (string | number)[];

/** A charter file read as YAML: its plain content, the line of every part, and what was wrong with it. */
export interface YamlSource {
  readonly file: string;
  readonly lines: readonly string[];
  readonly content: unknown;
  /** False where the syntax broke, so that parts may be missing only because of it. */
  readonly whole: boolean;
  readonly faults: readonly WellspentError[];
  lineOf(path: Path): number;
  /** A fault at the line of a path, with that line as its excerpt. */
  fault(code: ErrorCode, path: Path, message: string, details?: Omit<ErrorDetails, 'where'>): WellspentError;
}

const excerptLength = 120;

/** Reads YAML text without anchors, aliases, tags, merges or duplicate keys, keeping where each part stands. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = text.split(/\r\n|\n|\r/);
  const lineOfPath = new Map<string, number>([['[]', 1]]);
  const faults: WellspentError[] = [];
  let whole = true;

  const atLine = (code: ErrorCode, line: number, message: string, details: ErrorDetails = {}) => {
    const excerpt = (lines[line - 1] ?? '').trim().slice(0, excerptLength);
    return new WellspentError(code, message, { ...details, where: { file, line, excerpt } });
  };
  const lineOf = (path: Path): number => {
    for (let length = path.length; length > 0; length--) {
      const line = lineOfPath.get(JSON.stringify(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  };
  const source = (content: unknown): YamlSource => ({
    file,
    lines,
    content,
    whole,
    faults,
    lineOf,
    fault: (code, path, message, details) => atLine(code, lineOf(path), message, details),
  });

  const counter = new LineCounter();
  const lineAt = (offset: number) => Math.min(Math.max(1, counter.linePos(offset).line), lines.length);
  let document: ReturnType<typeof parseDocument>;
  try {
    document = parseDocument(text, {
      lineCounter: counter,
      prettyErrors: false,
      merge: false,
      schema: 'core',
    });
  } catch {
    whole = false;
    faults.push(
      atLine('CHARTER_YAML', 1, 'the file is nested too deeply to read.', {
        hint: 'write the charter as plain lists and keys, at most a few levels deep',
      }),
    );
    return source(undefined);
  }
  for (const problem of [...document.errors, ...document.warnings]) {
    const line = lineAt(problem.pos[0]);
    if (problem.code === 'DUPLICATE_KEY') {
      const key = /^\s*-?\s*([^:]+):/.exec(lines[line - 1] ?? '')?.[1]?.trim() ?? 'this key';
      faults.push(
        atLine('CHARTER_KEY_TWICE', line, `the key "${key}" stands twice in one entry.`, {
          found: (lines[line - 1] ?? '').trim().slice(0, excerptLength),
          hint: 'keep one of the two lines',
        }),
      );
    } else if (problem.code === 'TAG_RESOLVE_FAILED') {
      faults.push(
        atLine('CHARTER_ALIAS', line, 'a YAML tag is not allowed in a charter.', {
          hint: 'remove the word that starts with "!"; put it in quotes if it is text',
        }),
      );
    } else {
      whole = false;
      faults.push(
        atLine('CHARTER_YAML', line, `this is not well-formed YAML: ${problem.message.split('\n')[0]}.`, {
          hint: 'check the indentation, quotes and colons on this line and the one before it',
        }),
      );
    }
  }

  const refuse = (node: Node, what: string) =>
    faults.push(
      atLine('CHARTER_ALIAS', lineAt(node.range?.[0] ?? 0), `a YAML ${what} is not allowed in a charter.`, {
        found: what.replace(/^.*\((.*)\)$/, '$1'),
        hint: 'write the value out in full here',
      }),
    );
  const toPlain = (node: unknown, path: Path): unknown => {
    if (isAlias(node)) {
      refuse(node, `alias (*${node.source})`);
      return undefined;
    }
    if (isScalar(node)) {
      if (node.anchor) refuse(node, `anchor (&${node.anchor})`);
      return node.value;
    }
    if (isSeq(node)) {
      if (node.anchor) refuse(node, `anchor (&${node.anchor})`);
      return node.items.map((item, index) => {
        const here = [...path, index];
        const range = (item as Node | null)?.range;
        if (range) lineOfPath.set(JSON.stringify(here), lineAt(range[0]));
        return toPlain(item, here);
      });
    }
    if (isMap(node)) {
      if (node.anchor) refuse(node, `anchor (&${node.anchor})`);
      const plain: Record<string, unknown> = {};
      for (const pair of node.items) {
        const keyNode = pair.key;
        const key = isScalar(keyNode) ? String(keyNode.value) : String(keyNode);
        const here = [...path, key];
        const line = lineAt((keyNode as Node | null)?.range?.[0] ?? 0);
        if (key === '__proto__') {
          faults.push(
            atLine('CHARTER_KEY_UNKNOWN', line, 'the key "__proto__" is not allowed.', {
              hint: 'remove this line',
            }),
          );
          continue;
        }
        if (!lineOfPath.has(JSON.stringify(here))) lineOfPath.set(JSON.stringify(here), line);
        if (!Object.hasOwn(plain, key)) plain[key] = toPlain(pair.value, here);
      }
      return plain;
    }
    return null;
  };
  return source(toPlain(document.contents, []));
}
