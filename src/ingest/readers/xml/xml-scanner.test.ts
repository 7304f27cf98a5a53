import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WellspentError } from '../../../core/index.ts';
import { createXmlScanner } from './xml-scanner.ts';

/** What a document says, as lines; in parts of some bytes where asked. Throws what the scanner throws. */
function scanned(xml: string, bytesAtOnce = Number.POSITIVE_INFINITY, hearsText = true): readonly string[] {
  const heard: string[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') heard.push(`text ${text}`);
    text = '';
  };
  const scanner = createXmlScanner({
    file: 'a.xml',
    maxDepth: 64,
    open: (name, tag) => {
      flush();
      heard.push(`open ${name} a=${tag.text('a')} ${tag.word('a') === tag.text('a')}`);
    },
    close: () => {
      flush();
      heard.push('close');
    },
    ...(hearsText
      ? {
          text: (value: string) => {
            text += value;
          },
        }
      : {}),
  });
  const bytes = Buffer.from(xml);
  const size = Math.min(bytesAtOnce, bytes.length);
  for (let at = 0; at < bytes.length; at += size) scanner.write(bytes.subarray(at, at + size));
  scanner.end();
  return heard;
}

/** What the refusal of a document says, with its line; null where it is read. */
function refusal(xml: string, bytesAtOnce?: number, hearsText?: boolean): string | null {
  try {
    scanned(xml, bytesAtOnce, hearsText);
    return null;
  } catch (error) {
    if (!(error instanceof WellspentError)) throw error;
    return `${error.code} ${error.where?.line}: ${error.message} ${error.hint ?? ''}`;
  }
}

// What is refused and what is read was compared with expat (Clark and others), the parser that most programs use.
const malformed: readonly (readonly [xml: string, says: string])[] = [
  ['<r>\n<e a="1" a="2"/></r>', '2: a.xml is not well-formed XML: a tag has the attribute "a" twice'],
  ['<r><e a="1" b="2"/><e b="1" b="2"/></r>', '"b" twice'],
  ['<r><e a="1" b="2" c="3"/><e c="1"/><e c="1" b="2" c="3"/></r>', '"c" twice'],
  [`<r ${Array.from({ length: 40 }, (_, i) => `a${i}=""`).join(' ')} a3=""/>`, '"a3" twice'],
  ['<r a="x < y"/>', '&lt;'],
  ['<r a="never closed/>\n<b c="1"/></r>', 'close the quotes'],
  ['<r a="R&D"/>', '&amp;'],
  ['<r a="&nbsp;"/>', '"&nbsp;" is not defined'],
  ['<r a="&#X41;"/>', 'is not defined'],
  ['<r a="&#1;"/>', 'no character'],
  ['<r>\n\nR&D</r>', '3: a.xml is not well-formed XML: an "&" begins no entity'],
  ['<r>&copy;</r>', 'is not defined'],
  ['<r>&#xFFFE;</r>', 'no character'],
  ['<r a="\u0001"/>', 'U+0001'],
  ['<r>\u001f</r>', 'U+001F'],
  ['<r><!-- \u0000 --></r>', 'U+0000'],
  ['<r a="\uffff"/>', 'U+FFFF'],
  ['<r>\ufffe</r>', 'U+FFFE'],
  ['<r><![CDATA[\u0002]]></r>', 'U+0002'],
  ['<r>a ]]> b</r>', ']]&gt;'],
  ['<r><a></r></a>', '</r> closes <a>'],
  ['<r></R>', '</R> closes <r>'],
  ['<r/><r/>', 'a second root'],
  ['<r/>text', 'outside the root'],
  ['x<r/>', 'outside the root'],
  ['<r/><![CDATA[x]]>', 'outside the root'],
  ['<r a="1"b="2"/>', 'no blank'],
  ['<r a=1/>', 'not in quotes'],
  ['<r a/>', 'no value'],
  ['<r ="1"/>', '"" is no name'],
  ['<r 1a="1"/>', '"1a" is no name'],
  ['<r"/>', 'is no name'],
  ['<1/>', '"1" is no name'],
  ['< r/>', 'no name'],
  ['<r><!-- a -- b --></r>', '"--" stands in a comment'],
  ['<r><? x?></r>', 'no name'],
  ['<r><?xml version="1.0"?></r>', 'very start'],
  [' <?xml version="1.0"?><r/>', 'very start'],
  ['<?xml encoding="UTF-8"?><r/>', 'declaration'],
  ['<r><!ELEMENT a></r>', 'stands where an element should'],
];

const sound: readonly (readonly [xml: string, said: readonly string[]])[] = [
  [
    '<?xml version="1.0" standalone=\'yes\'?>\n<!-- x --><?p i?><r/>\n<!-- y -->\n',
    ['open r a=null true', 'close'],
  ],
  ['<r a="&lt;&#x000041;&#66;&apos;>]]>"/>', ["open r a=<AB'>]]> true", 'close']],
  ['<r a="one\r\ntwo\tthree&#10;four"/>', ['open r a=one two three\nfour true', 'close']],
  ["<x:r a = 'é \ufffd \u{1f600}'></x:r >", ['open r a=é \ufffd \u{1f600} true', 'close']],
  [
    '<r>a &gt; ]] > b<![CDATA[ & < ]] > ]]>\r\nc</r>',
    ['open r a=null true', 'text a > ]] > b & < ]] > \nc', 'close'],
  ],
  [
    '<r><b c="1" a="2"/><b a="2" c="1"/></r>',
    ['open r a=null true', 'open b a=2 true', 'close', 'open b a=2 true', 'close', 'close'],
  ],
];

describe('XML that is not well-formed', () => {
  test.each(malformed)('%j is refused with its place', (xml, says) => {
    expect(refusal(xml)).toContain(says);
    expect(refusal(xml)).toMatch(/^XML_MALFORMED \d+: /);
    // It does not matter who listens to texts, nor where the bytes are cut.
    expect(refusal(xml, undefined, false)).toBe(refusal(xml));
    for (const size of [1, 2, 3, 7]) expect(refusal(xml, size)).toMatch(/^XML_MALFORMED \d+: /);
  });

  test.each([
    ['line feeds', '\n'],
    ['both', '\r\n'],
    ['carriage returns', '\r'],
  ])('is refused with its line where lines end with %s', (_, end) => {
    const rows = '<b c="1"/><b c="2"/>'.concat(end).repeat(300);
    const xml = `<r>${end}${rows}<b>R&D</b>${end}</r>`;
    for (const size of [undefined, 1, 7, 1000]) expect(refusal(xml, size)).toMatch(/^XML_MALFORMED 302: /);
    expect(refusal(xml, 1000, false)).toMatch(/^XML_MALFORMED 302: /);
  });
});

describe('XML that is well-formed', () => {
  test.each(sound)('%j is read as XML has it', (xml, said) => {
    expect(scanned(xml)).toEqual(said);
    for (const size of [1, 2, 3, 7]) {
      const cut = Buffer.byteLength(xml) === xml.length ? size : Number.POSITIVE_INFINITY;
      expect(scanned(xml, cut)).toEqual(said);
    }
  });

  test('reads a value back, whatever characters it holds', () => {
    const escaped = (text: string) => text.replaceAll(/[&<>"\t\r\n]/g, (mark) => `&#${mark.charCodeAt(0)};`);
    const texts = fc
      .string({ unit: 'binary' })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML does not allow.
      .filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        expect(scanned(`<r a="${escaped(text)}">${escaped(text)}</r>`)).toEqual([
          `open r a=${text} true`,
          ...(text === '' ? [] : [`text ${text}`]),
          'close',
        ]);
      }),
    );
  });
});
