import { WellspentError } from '../../../core/index.ts';
import { newBacklog } from '../backlog.ts';

export type ScalarKind = 'string' | 'number' | 'boolean' | 'null';

/** Receives the parts of a JSON text in order. Numbers come with the digits that were written. */
export interface JsonEvents {
  readonly file: string;
  readonly maxDepth: number;
  /** The line on which the text begins; 1 unless it is a part of a file. */
  readonly firstLine?: number;
  readonly open: (kind: 'object' | 'array') => void;
  readonly close: () => void;
  readonly key: (name: string) => void;
  readonly scalar: (text: string, kind: ScalarKind) => void;
}

/** A push scanner for JSON text that comes in parts. */
export interface JsonScanner {
  write(text: string): void;
  /** Says that no more text follows; fails if a value is still open. */
  end(): void;
}

const longestToken = 16_000_000;
const longestNumber = 10_000;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const numberStart = /[-+\d.eE]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that JSON forbids.
const controls = /[\u0000-\u001f]/;
const words: Readonly<Record<string, ScalarKind>> = { true: 'boolean', false: 'boolean', null: 'null' };

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** Scans JSON by the grammar of RFC 8259 without building anything, so that depth is checked before all else. */
export function createJsonScanner(events: JsonEvents): JsonScanner {
  const { file, maxDepth } = events;
  const backlog = newBacklog();
  let text = '';
  let at = 0;
  let passedLines = events.firstLine ?? 1;
  let isFinal = false;
  let expected: Expected = 'value';
  const open: ('object' | 'array')[] = [];

  const lineHere = (): number => {
    let line = passedLines;
    for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line += 1;
    return line;
  };
  const malformed = (what: string): never => {
    throw new WellspentError('JSON_MALFORMED', `${file} is not well-formed JSON: ${what}.`, {
      where: { file, line: lineHere() },
      found: text.slice(at, at + 40),
    });
  };
  const afterValue = () => {
    expected = open.length === 0 ? 'nothing' : 'comma-or-end';
  };
  const openContainer = (kind: 'object' | 'array') => {
    open.push(kind);
    if (open.length > maxDepth)
      throw new WellspentError('JSON_TOO_DEEP', `${file} nests values more than ${maxDepth} deep.`, {
        where: { file, line: lineHere() },
      });
    events.open(kind);
    expected = kind === 'object' ? 'key-or-end' : 'value-or-end';
    at += 1;
  };
  const closeContainer = (kind: 'object' | 'array') => {
    const mayEnd =
      expected === 'comma-or-end' || expected === (kind === 'object' ? 'key-or-end' : 'value-or-end');
    if (!mayEnd || open.at(-1) !== kind) malformed(`a ${kind === 'object' ? '}' : ']'} closes nothing`);
    open.pop();
    events.close();
    afterValue();
    at += 1;
  };
  /** The string that begins here, or null when the text ends inside it. */
  const readString = (): string | null => {
    let end = at;
    let isEscaped: boolean;
    do {
      end = text.indexOf('"', end + 1);
      if (end < 0) {
        if (isFinal) malformed('a string never ends');
        if (text.length - at > longestToken) malformed('a string is longer than 16 million characters');
        return null;
      }
      let slashes = 0;
      while (text.charCodeAt(end - 1 - slashes) === 92) slashes += 1;
      isEscaped = slashes % 2 === 1;
    } while (isEscaped);
    const raw = text.slice(at + 1, end);
    if (controls.test(raw)) malformed('a string holds a control character or a line break');
    let value = raw;
    if (raw.includes('\\')) {
      try {
        value = (JSON.parse(`"${raw}"`) as string).toWellFormed();
      } catch {
        malformed('a string holds an escape that does not exist');
      }
    }
    at = end + 1;
    return value;
  };
  /** Reads a number or a word; false when the text ends before it is sure where it ends. */
  const readBare = (): boolean => {
    if (text.charCodeAt(at) === 45 || (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57)) {
      numberStart.lastIndex = at;
      const whole = numberStart.exec(text)?.[0] ?? '';
      if (at + whole.length === text.length && !isFinal) {
        if (whole.length > longestNumber) malformed('a number is longer than 10,000 digits');
        return false;
      }
      numberToken.lastIndex = at;
      const number = numberToken.exec(text)?.[0] ?? '';
      if (number === '' || number.length !== whole.length)
        malformed('a number is not written as JSON writes them');
      at += number.length;
      events.scalar(number, 'number');
      afterValue();
      return true;
    }
    for (const [word, kind] of Object.entries(words)) {
      if (text.startsWith(word, at)) {
        at += word.length;
        events.scalar(word, kind);
        afterValue();
        return true;
      }
      if (!isFinal && word.startsWith(text.slice(at, at + word.length))) return false;
    }
    return malformed('a value is missing');
  };
  /** Takes the next token; false when more text is needed. */
  const step = (code: number): boolean => {
    if (expected === 'nothing') malformed('more text follows its end');
    if (code === 125) {
      closeContainer('object');
      return true;
    }
    if (code === 93) {
      closeContainer('array');
      return true;
    }
    if (expected === 'comma-or-end') {
      if (code !== 44) malformed('a comma is missing');
      expected = open.at(-1) === 'object' ? 'key' : 'value';
      at += 1;
      return true;
    }
    if (expected === 'colon') {
      if (code !== 58) malformed('a colon is missing');
      expected = 'value';
      at += 1;
      return true;
    }
    if (expected === 'key' || expected === 'key-or-end') {
      if (code !== 34) malformed('a key is missing');
      const name = readString();
      if (name === null) return false;
      events.key(name);
      expected = 'colon';
      return true;
    }
    if (code === 123) openContainer('object');
    else if (code === 91) openContainer('array');
    else if (code === 34) {
      const value = readString();
      if (value === null) return false;
      events.scalar(value, 'string');
      afterValue();
    } else return readBare();
    return true;
  };
  const run = () => {
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === 10 || code === 13 || code === 9) at += 1;
      else if (!step(code)) return;
    }
  };

  const scan = (whole: string) => {
    text = whole;
    at = 0;
    run();
    for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) passedLines += 1;
    text = text.slice(at);
    at = 0;
    backlog.keep(text);
  };

  return {
    write(part) {
      const whole = backlog.add(part);
      if (whole !== null) scan(whole);
    },
    end() {
      isFinal = true;
      scan(backlog.all());
      if (expected !== 'nothing') malformed('it ends in the middle');
    },
  };
}
