import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf, readAll } from '../read-all.test-support.ts';

type Markup = readonly string[];

const keys = ['concept:name', 'time:timestamp', 'org:resource', 'case:type', 'é', 'cost'];
const values = [
  'a',
  'b',
  '',
  ' ',
  '2024-01-01T09:00:00Z',
  'é',
  'ﬀ',
  "it's",
  'x > y]',
  'R&amp;D',
  'two\nlines',
  '&#65;',
];
const blanks = ['', '\n', '\n\t\t', '\r\n  '];
const asides = ['<!-- <event> -->', '<?p i?>', '<![CDATA[ & ]]>', 'text', 'a &lt; b'];

const one = <T>(...choices: readonly T[]) => fc.constantFrom(...choices);
const attribute: fc.Arbitrary<Markup> = fc
  .record({
    element: one('string', 'string', 'date', 'x:int', 'float', 'list', 'odd'),
    key: one(...keys),
    value: one(...values),
    form: one('usual', 'usual', 'usual', 'swapped', 'single', 'bare', 'closed', 'nested'),
  })
  .map(({ element, key, value, form }) => {
    const quoted = (mark: string) =>
      `value=${mark}${mark === "'" ? value.replaceAll("'", '') : value}${mark}`;
    if (form === 'swapped') return [`<${element} ${quoted('"')} key="${key}"/>`];
    if (form === 'single') return [`<${element} key='${key}' ${quoted("'")}/>`];
    if (form === 'bare') return [`<${element} key="${key}"/>`];
    if (form === 'closed') return [`<${element} key="${key}" ${quoted('"')}>`, `</${element}>`];
    if (form === 'nested')
      return [
        `<${element} key="${key}" ${quoted('"')}>`,
        `<string key="${key}" ${quoted('"')}/>`,
        `</${element}>`,
      ];
    return [`<${element} key="${key}" ${quoted('"')}/>`];
  });
const inside = (element: string, content: fc.Arbitrary<Markup>, most: number): fc.Arbitrary<Markup> =>
  fc.array(content, { maxLength: most }).map((parts) => [`<${element}>`, ...parts.flat(), `</${element}>`]);
const aside = one(...asides).map((text): Markup => [text]);
const event = one('event', 'event', 'x:event').chain((element) =>
  inside(element, fc.oneof({ weight: 12, arbitrary: attribute }, { weight: 1, arbitrary: aside }), 6),
);
const trace = inside(
  'trace',
  fc.oneof({ weight: 2, arbitrary: attribute }, { weight: 3, arbitrary: event }),
  6,
);
const global = inside('global scope="event"', attribute, 3).map((all) => [...all.slice(0, -1), '</global>']);
const log: fc.Arbitrary<Markup> = inside(
  'log',
  fc.oneof(
    { weight: 6, arbitrary: trace },
    { weight: 1, arbitrary: event },
    { weight: 1, arbitrary: global },
  ),
  8,
);

/** Puts blanks between pieces of markup, the same few again and again. */
const spaced = (pieces: Markup, gaps: readonly string[]): Markup =>
  pieces.map((piece, at) => `${gaps[at % gaps.length] ?? ''}${piece}`);

/** The same document, each tag unlike every other by the blanks in it, so that none comes again. */
const unlike = (pieces: Markup): Markup =>
  pieces.map((piece, at) => {
    const own = ' '.repeat(at + 1);
    return piece.replace(/(<[a-z][a-z:]*(?= |\/?>))|(<\/[a-z:]+)(?=>)/, (name) => `${name}${own}`);
  });

const gaps = fc.array(one(...blanks), { minLength: 1, maxLength: 3 });

describe('a tag that came before', () => {
  it('means the same as one that did not', async () => {
    await fc.assert(
      fc.asyncProperty(log, gaps, async (pieces, between) => {
        const text = spaced(pieces, between);
        expect(await readAll(text.join(''))).toEqual(await readAll(unlike(text).join('')));
      }),
      { numRuns: 150 },
    );
  });

  it('does not move the line of a fault', async () => {
    const told = [
      '<a b="1" b="2"/>',
      '<string key="cost" value="&nbsp;"/>',
      '</no>',
      '<string key="cost" value="<"/>',
      '<string key="cost" value="a"/x>',
    ];
    // These are found only where something else does not fit to them.
    const late = ['<event>', '</event>', '</trace>'];
    const faults = one(...told, ...late);
    await fc.assert(
      fc.asyncProperty(log, gaps, faults, fc.nat(), async (pieces, between, fault, place) => {
        const at = 1 + (place % (pieces.length - 1));
        const known = '<string key="cost" value="1"/>';
        const damaged = spaced([...pieces.slice(0, at), known, known, fault, ...pieces.slice(at)], between);
        const plain = await errorOf(unlike(damaged).join(''));
        const { code, message, where } = await errorOf(damaged.join(''));
        const said = (whole: string) => whole.replace(/^.*file.bin/, '');
        expect({ code, message: said(message), where: where?.line }).toEqual({
          code: plain.code,
          message: said(plain.message),
          where: plain.where?.line,
        });
        const line = damaged
          .slice(0, at + 3)
          .join('')
          .split('\n').length;
        if (told.includes(fault)) expect(where?.line).toBe(line);
      }),
      { numRuns: 150 },
    );
  });

  it.each([1, 4])(
    'means the same where more kinds of tags come than are kept, %i times each',
    async (times) => {
      const kinds = 9_000;
      const blanksOf = (kind: number) =>
        kind
          .toString(4)
          .padStart(8, '0')
          .replaceAll(/./g, (digit) => ' \t\r\n'[Number(digit)] ?? '');
      const costs = Array.from({ length: kinds * times }, (_, i) => `${i}`);
      const events = costs.map(
        (cost, i) => `<event>${blanksOf(Math.floor(i / times))}<string key="cost" value="${cost}"/></event>`,
      );
      const { columns, rows } = await readAll(`<log><trace>${events.join('')}</trace></log>`);
      expect(rows.map((row) => row[columns.indexOf('cost')])).toEqual(costs);
    },
  );
});
