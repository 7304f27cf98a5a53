import { casesOf, read, refused } from './hostile-case.test-support.ts';

const time = '<date key="time:timestamp" value="2024-03-02T09:00:00Z"/>';
const event = (more = '', step = 'x') =>
  `<event><string key="concept:name" value="${step}"/>${time}${more}</event>`;
const named = (name: string) => `<string key="concept:name" value="${name}"/>`;
const trace = (inner = event(), name = 'a') => `<trace>${named(name)}${inner}</trace>`;
const log = (inner = trace(), head = '') => `${head}<log xes.version="1.0">${inner}</log>`;
const depth = 200_000;
const doctype = '<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';

/** Event logs in XML. */
export const xesCases = casesOf('XES', [
  ['entities within entities', 'a.xes', log(trace(event('', '&b;')), doctype), refused('XML_DOCTYPE')],
  [
    'a file of the system as an entity',
    'a.xes',
    log(trace(event('', '&x;')), '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    refused('XML_DOCTYPE'),
  ],
  [
    'a document type in small letters behind 100,000 blanks',
    'a.xes',
    () => log(trace(), `${' '.repeat(100_000)}<!doctype log>`),
    refused('XML_DOCTYPE'),
  ],
  [
    'an entity that nobody defined',
    'a.xes',
    log(trace(event('', '&nbsp;'))),
    refused('XML_MALFORMED', 'nbsp'),
  ],
  ['a character beyond all', 'a.xes', log(trace(event('', '&#x110000;'))), refused('XML_MALFORMED')],
  [
    'nested 200,000 deep',
    'a.xes',
    () => log(trace(event(`${'<list key="a">'.repeat(depth)}${'</list>'.repeat(depth)}`))),
    refused('XML_TOO_DEEP'),
  ],
  [
    '10,000 attributes on one event',
    'a.xes',
    () =>
      log(trace(event(Array.from({ length: 10_000 }, (_, i) => `<int key="k${i}" value="1"/>`).join('')))),
    refused('TOO_MANY_COLUMNS'),
  ],
  [
    '20,000 attributes in one tag',
    'a.xes',
    () => log(trace(event(`<string ${Array.from({ length: 20_000 }, (_, i) => `a${i}=""`).join(' ')}/>`))),
    refused('XML_MALFORMED', '10,000'),
  ],
  [
    '10,000 declared defaults',
    'a.xes',
    () =>
      log(
        `<global scope="event">${Array.from({ length: 10_000 }, (_, i) => `<string key="k${i}" value=""/>`).join('')}</global>${trace()}`,
      ),
    refused('TOO_MANY_COLUMNS'),
  ],
  [
    '2,000 classifiers',
    'a.xes',
    () => log(`${'<classifier name="c" keys="concept:name"/>'.repeat(2_000)}${trace()}`),
    refused('INPUT_TOO_LARGE'),
  ],
  [
    'a classifier of a million keys',
    'a.xes',
    () => log(`<classifier name="c" keys="${'k '.repeat(1_000_000)}"/>${trace()}`),
    read(1, {}, ['CLASSIFIER_UNKNOWN_KEY']),
  ],
  ['cut off within a tag', 'a.xes', log().slice(0, -9), refused('INPUT_TRUNCATED')],
  ['a second root', 'a.xes', log() + log(), refused('XML_MALFORMED', 'second root')],
  ['tags that cross', 'a.xes', log('<trace><event></trace></event>'), refused('XML_MALFORMED')],
  [
    'an attribute twice in one tag',
    'a.xes',
    log(trace(event('<string key="k" value="1" value="2"/>'))),
    refused('XML_MALFORMED', '"value" twice'),
  ],
  ['a step with "<" in it', 'a.xes', log(trace(event('', 'under <5'))), refused('XML_MALFORMED', '&lt;')],
  [
    'a step with a bare "&" in it',
    'a.xes',
    log(trace(event('', 'Fish & chips'))),
    refused('XML_MALFORMED', '&amp;'),
  ],
  ['a bare "&" between tags', 'a.xes', log(trace(event('R&D'))), refused('XML_MALFORMED', '&amp;')],
  [
    'an attribute that nobody reads with an entity that nobody defined',
    'a.xes',
    log(trace(), '').replace('<log', '<log note="&nbsp;"'),
    refused('XML_MALFORMED', 'nbsp'),
  ],
  [
    'a control character in a step',
    'a.xes',
    log(trace(event('', 'a\u0001b'))),
    refused('XML_MALFORMED', 'U+0001'),
  ],
  ['"]]>" between tags', 'a.xes', log(trace(event(']]>'))), refused('XML_MALFORMED', ']]>')],
  ['text behind the root', 'a.xes', `${log()} end of report`, refused('XML_MALFORMED', 'outside the root')],
  [
    'a blank line before the declaration',
    'a.xes',
    log(trace(), '\n<?xml version="1.0"?>'),
    refused('XML_MALFORMED', 'very start'),
  ],
  [
    'a key twice in an event and twice in a case',
    'a.xes',
    log(trace(`${named('b')}${event('<int key="k" value="1"/><int key="k" value="2"/>')}`)),
    read(1, {}, ['ATTRIBUTE_REPEATED']),
  ],
  ['an event within an event', 'a.xes', log(trace(event(event()))), read(1, {}, ['XES_ELEMENT_UNKNOWN'])],
  ['a value without quotes', 'a.xes', log(trace(event('<int key=k value="1"/>'))), refused('XML_MALFORMED')],
  [
    'a comment that never closes',
    'a.xes',
    `${log().slice(0, -6)}<!-- ${'x'.repeat(1_000)}`,
    refused('INPUT_TRUNCATED'),
  ],
  [
    'an attribute of 17 million characters',
    'a.xes',
    () => log(trace(event(`<string key="k" value="${'v'.repeat(17_000_000)}"/>`))),
    refused('XML_MALFORMED', '16 million'),
  ],
  [
    'a value of two million entities',
    'a.xes',
    () => log(trace(`${event()}${event('', '&lt;'.repeat(2_000_000))}`)),
    read(1, { VALUE_TOO_LONG: 1 }),
  ],
  [
    'a step of 10,001 characters',
    'a.xes',
    () => log(trace(`${event()}${event('', 'n'.repeat(10_001))}`)),
    read(1, { VALUE_TOO_LONG: 1 }),
  ],
  [
    'an event without a step and one without a time',
    'a.xes',
    log(trace(`<event>${time}</event><event>${named('x')}</event>`)),
    read(1, { STEP_EMPTY: 1 }, ['EVENTS_WITHOUT_TIME']),
  ],
  [
    'times that are none',
    'a.xes',
    log(trace(`${event()}${event().replace('2024-03-02T09:00:00Z', 'yesterday')}`)),
    read(1, { TIME_UNPARSABLE: 1 }),
  ],
  [
    'names of prototypes as keys and names',
    'a.xes',
    log(
      trace(
        event('<string key="__proto__" value="polluted"/><string key="constructor" value="x"/>', 'toString'),
        '__proto__',
      ),
    ),
    read(1),
  ],
  ['no trace', 'a.xes', log('<global scope="trace"/>'), read(0, {}, ['NO_ROWS'])],
  ['traces without events', 'a.xes', log(`${trace('', 'a')}${trace('', 'b')}`), read(0, {}, ['NO_ROWS'])],
  [
    'a process model in its place',
    'a.xes',
    '<?xml version="1.0"?><pnml><net/></pnml>',
    refused('NOT_AN_EVENT_LOG', '<pnml>'),
  ],
  [
    'a web page in its place',
    'a.xes',
    '<!DOCTYPE html><html><body>Sign in</body></html>',
    refused('NOT_AN_EVENT_LOG', 'web page'),
  ],
  [
    'an encoding that does not exist',
    'a.xes',
    log(trace(), '<?xml version="1.0" encoding="klingon"?>'),
    refused('ENCODING_UNKNOWN', 'klingon'),
  ],
  [
    'an encoding other than it says',
    'a.xes',
    Buffer.from(log(trace(event('', 'caf\xe9')), '<?xml version="1.0" encoding="UTF-8"?>'), 'latin1'),
    refused('ENCODING_UNKNOWN'),
  ],
  [
    'a damaged byte among characters of UTF-8',
    'a.xes',
    Buffer.from(log(trace(event('', 'caf\xc3\xa9 \xc3\xbc \xe9'))), 'latin1'),
    refused('INPUT_DAMAGED', 'UTF-8 but for 1 place'),
  ],
  [
    'a character cut off by the end',
    'a.xes',
    Buffer.from('<log><trace><event><string key="concept:name" value="caf\xc3', 'latin1'),
    refused('INPUT_TRUNCATED', 'in the middle of a character'),
  ],
  [
    'a case of 20,000 events with what is said of it behind them',
    'a.xes',
    () => log(trace(`${event().repeat(20_000)}<string key="region" value="north"/>`)),
    read(20_000),
  ],
  [
    'a case of 20,000 events whose name comes behind them',
    'a.xes',
    () => log(`<trace>${event().repeat(20_000)}${named('a')}</trace>`),
    refused('TRACE_NAMED_LATE', 'names trace 1 only after event '),
  ],
]);
