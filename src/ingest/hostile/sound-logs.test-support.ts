import { number, styles, text, workbook } from '../readers/xlsx/write-xlsx.test-support.ts';

const csv = Buffer.from(
  [
    'case,step,started,finished,worker,amount',
    ...Array.from(
      { length: 40 },
      (_, i) =>
        `c${i % 7},"step ${i % 5}",2024-03-${10 + (i % 20)} 09:00,2024-03-${10 + (i % 20)}T10:00:00+01:00,w${i % 3},${i * 1.5}`,
    ),
    '',
  ].join('\n'),
);

const xes = Buffer.from(
  `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">${Array.from(
    { length: 6 },
    (_, t) =>
      `<trace><string key="concept:name" value="c${t}"/>${Array.from(
        { length: 5 },
        (_unused, e) =>
          `<event><string key="concept:name" value="s &amp; ${e}"/><date key="time:timestamp" value="2024-03-0${e + 1}T09:00:00Z"/></event>`,
      ).join('')}</trace>`,
  ).join('\n')}</log>`,
);

const rows = Array.from({ length: 20 }, (_, i) => ({
  case: `c${i % 7}`,
  step: `step ${i % 5}`,
  finished: `2024-03-${10 + (i % 20)}T10:00:00Z`,
  by: { team: `t${i % 3}`, tags: ['a', i] },
}));
const ndjson = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
const json = Buffer.from(JSON.stringify({ value: rows }, null, 1));
const xlsx = workbook([
  ['case', 'step', 'finished'].map(text),
  ...rows.map(({ case: id, step }, i) => [text(id), text(step), number(45_353 + i / 7, styles.dateTime)]),
]);
const events = rows.map(({ step, finished }, i) => ({
  id: `e${i}`,
  type: step,
  time: finished,
  attributes: [{ name: 'by', value: `w${i % 2}` }],
  relationships: [`o${i % 3}`, `o${i % 4}`, 'i1'].map((objectId) => ({ objectId, qualifier: 'q' })),
}));
const objects = ['o0', 'o1', 'o2', 'o3', 'i1'].map((id) => ({
  id,
  type: id.startsWith('o') ? 'order' : 'item',
}));
const ocelJson = Buffer.from(
  JSON.stringify({ objectTypes: [{ name: 'order' }, { name: 'item' }], eventTypes: [], objects, events }),
);
const ocelXml = Buffer.from(
  `<log><object-types><object-type name="order"/></object-types><event-types/><objects>${objects
    .map(({ id, type }) => `<object id="${id}" type="${type}"/>`)
    .join('')}</objects><events>${events
    .map(
      ({ id, type, time, relationships }) =>
        `<event id="${id}" type="${type}" time="${time}"><objects>${relationships.map((link) => `<relationship object-id="${link.objectId}"/>`).join('')}</objects></event>`,
    )
    .join('\n')}</events></log>`,
);

/** Sound logs of each format, to be damaged; `rows` are those of the JSON. */
export const soundLogs = { csv, xes, ndjson, json, xlsx, rows, ocelJson, ocelXml };
