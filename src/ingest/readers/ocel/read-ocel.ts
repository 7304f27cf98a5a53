import { countOf, WellspentError } from '../../../core/index.ts';
import { didYouMean } from '../../../define/index.ts';
import { ownText } from '../own-text.ts';
import {
  casePrefix,
  defaultLimits,
  type Notice,
  type RawBatch,
  type RawTable,
  type ReadOptions,
} from '../raw-table.ts';
import { RowCollector } from '../row-collector.ts';
import type { OcelEvent, OcelSource } from './ocel-source.ts';
import { faultOf, type KnownObject, type OcelSurvey, surveyOcel } from './survey-ocel.ts';

/** What flattening did to the events of a log. `events = used + set aside + without`. */
interface Flattening {
  used: number;
  setAside: number;
  without: number;
  /** Events that concern several objects of the type, and the rows they were repeated by. */
  converging: number;
  repeats: number;
  /** Pairs of case and step where the step is repeated for different other objects. */
  diverging: number;
}

const newFlattening = (): Flattening => ({
  used: 0,
  setAside: 0,
  without: 0,
  converging: 0,
  repeats: 0,
  diverging: 0,
});

function chooseType(file: string, survey: OcelSurvey, wanted: string | undefined): string {
  const { eventsByType } = survey;
  const counts = [...eventsByType].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const shown = counts.map(([type, events]) => `${type} (${countOf(events, 'event')})`).join(', ');
  if (wanted !== undefined) {
    if (eventsByType.has(wanted)) return wanted;
    throw new WellspentError('OBJECT_TYPE_NOT_FOUND', `No event of ${file} concerns a "${wanted}".`, {
      where: { file },
      found: shown,
      hint: didYouMean(
        wanted,
        counts.map(([type]) => type),
      ),
    });
  }
  const [only] = counts;
  if (!only)
    throw new WellspentError('NOT_AN_EVENT_LOG', `No event of ${file} refers to an object that it holds.`, {
      where: { file },
    });
  if (counts.length > 1)
    throw new WellspentError(
      'OBJECT_TYPE_AMBIGUOUS',
      `${file} holds ${counts.length} types of objects; say which one is a case.`,
      {
        where: { file },
        found: shown,
        hint: `object_type: ${only[0]}`,
        choices: counts.map(([type]) => type),
      },
    );
  return only[0];
}

/** The number of a text among those seen, from 0; a new one is given to a text that was not. */
function numberOf(known: Map<string, number>, text: string): number {
  const found = known.get(text);
  if (found !== undefined) return found;
  known.set(ownText(text), known.size);
  return known.size - 1;
}

/** Writes events as rows of a case log: one row for each object of the chosen type. */
class Flattener {
  readonly rows: RowCollector;
  readonly flattening = newFlattening();
  readonly #type: string;
  readonly #survey: OcelSurvey;
  readonly #ids = new Set<string>();
  /** By number of the object: 1 where it has become a case. */
  readonly #isCase: Uint8Array;
  /** Numbers of steps, and of sets of objects that came together. */
  readonly #steps = new Map<string, number>();
  readonly #sets = new Map<string, number>();
  /** The set of other objects at each step of each case, as last seen; -1 once they differed. By step, then object. */
  readonly #others: Map<number, number>[] = [];
  readonly #fixed: {
    readonly case: number;
    readonly step: number;
    readonly time: number;
    readonly id: number;
  };
  readonly #qualifier: number;

  constructor(file: string, mostColumns: number, type: string, survey: OcelSurvey) {
    this.rows = new RowCollector(file, mostColumns);
    this.#type = type;
    this.#survey = survey;
    this.#isCase = new Uint8Array(survey.objects.size);
    const fixed = (name: string) => this.rows.columnOf(`fixed ${name}`, name);
    this.#fixed = {
      case: fixed(`${casePrefix}concept:name`),
      step: fixed('concept:name'),
      time: fixed('time:timestamp'),
      id: fixed('ocel:event_id'),
    };
    this.#qualifier = fixed('ocel:qualifier');
  }

  /** Writes one event; gives the rows on when they are many, also in the middle of an event of many cases. */
  *add(event: OcelEvent): Iterable<RawBatch> {
    const { line, id, type } = event;
    const isTwin = id !== '' && this.#ids.has(id);
    this.#ids.add(ownText(id));
    const fault = isTwin ? { reason: 'OCEL_DUPLICATE_ID' as const, value: null } : faultOf(event);
    if (fault) {
      this.flattening.setAside += 1;
      const column = fault.reason === 'TIME_UNPARSABLE' ? 'time:timestamp' : null;
      this.rows.setAside({ line, column, value: fault.value?.slice(0, 200) ?? null, reason: fault.reason });
      return;
    }
    // Qualifiers by object, in the order in which the objects are named.
    const own = new Map<string, string>();
    const others: string[] = [];
    for (const { id: linked, qualifier } of event.links) {
      const object = this.#survey.objects.get(linked);
      if (!object) continue;
      const before = own.get(linked);
      if (object.type !== this.#type) others.push(linked);
      else own.set(linked, before ? (qualifier === '' ? before : `${before}; ${qualifier}`) : qualifier);
    }
    if (own.size === 0) {
      this.flattening.without += 1;
      this.rows.setAside({ line, column: null, value: null, reason: 'OCEL_NO_OBJECT' });
      return;
    }
    this.flattening.used += 1;
    if (own.size > 1) this.flattening.converging += 1;
    const step = numberOf(this.#steps, type);
    const together = numberOf(this.#sets, [...new Set(others)].sort().join('\u0000'));
    let isFirst = true;
    for (const [linked, qualifiers] of own) {
      if (!isFirst) {
        this.flattening.repeats += 1;
        this.rows.markRepeat();
      }
      isFirst = false;
      const object = this.#survey.objects.get(linked) as KnownObject;
      this.#write(event, linked, object, qualifiers);
      this.#noteOthers(object, step, together);
      this.rows.endRow(line);
      if (this.rows.isFull) yield this.rows.take();
    }
  }

  #write(event: OcelEvent, id: string, object: KnownObject, qualifiers: string): void {
    const { rows } = this;
    this.#writeCase(id, object);
    rows.set(this.#fixed.step, event.type);
    rows.set(this.#fixed.time, event.time);
    rows.set(this.#fixed.id, event.id);
    rows.set(this.#qualifier, qualifiers);
    const written = new Set<string>();
    for (const { name, value } of event.values) {
      if (written.has(name)) continue;
      written.add(name);
      const isLikeCase = name.startsWith(casePrefix);
      rows.set(rows.columnOf(`event ${name}`, isLikeCase ? `event:${name}` : name), value);
    }
  }

  #writeCase(id: string, object: KnownObject): void {
    const { rows } = this;
    this.#isCase[object.number] = 1;
    rows.set(this.#fixed.case, id);
    for (const [name, value] of object.values)
      rows.set(rows.columnOf(`object ${name}`, casePrefix + name), value);
  }

  #noteOthers(object: KnownObject, step: number, now: number): void {
    this.#others[step] ??= new Map();
    const sets = this.#others[step];
    const before = sets.get(object.number);
    if (before === undefined) sets.set(object.number, now);
    else if (before >= 0 && before !== now) {
      sets.set(object.number, -1);
      this.flattening.diverging += 1;
    }
  }

  /** Objects of the type that no event concerns are cases without events. */
  *casesWithoutEvents(): Iterable<void> {
    for (const [id, object] of this.#survey.objects) {
      if (object.type !== this.#type || this.#isCase[object.number] === 1) continue;
      this.#writeCase(id, object);
      this.rows.endCase(this.#survey.events);
      yield;
    }
  }
}

function inWords(type: string, events: number, found: Flattening): Notice {
  const n = (value: number) => value.toLocaleString('en-GB');
  const repeated =
    found.repeats === 0
      ? 'No event is repeated.'
      : `${countOf(found.converging, 'event')} of several such objects ${found.converging === 1 ? 'is' : 'are'} repeated, which adds ${countOf(found.repeats, 'row')}: count events by ocel_event_id, not by rows.`;
  const mixed =
    found.diverging === 0
      ? ''
      : ` In ${countOf(found.diverging, 'place')} a case repeats a step for different other objects, so what follows what there may be chance.`;
  return {
    code: 'FLATTENED',
    message: `Each "${type}" became a case: ${n(events)} events = ${n(found.used)} used + ${n(found.setAside)} set aside + ${n(found.without)} without such an object. ${repeated}${mixed}`,
    count: found.repeats,
  };
}

/** Opens an object-centric log as a case log of one object type, after checking all of it once. */
export async function openOcel(file: string, source: OcelSource, options: ReadOptions): Promise<RawTable> {
  const limits = { ...defaultLimits, ...options.limits };
  const survey = await surveyOcel(file, source);
  const type = chooseType(file, survey, options.objectType);
  const start = () => new Flattener(file, limits.columns, type, survey);
  let shown = start();
  return {
    format: 'ocel',
    listsCases: true,
    get columns() {
      return shown.rows.names;
    },
    get facts() {
      return {
        version: source.version,
        encoding: source.encoding,
        objectType: type,
        events: survey.events,
        objects: survey.objects.size,
        eventToObject: survey.eventLinks,
        objectToObject: survey.objectLinks,
        initialValues: survey.initialValues,
        valueChanges: survey.valueChanges,
        eventsUsed: shown.flattening.used,
        eventsSetAside: shown.flattening.setAside,
        eventsWithoutObject: shown.flattening.without,
        rowsAddedByFlattening: shown.flattening.repeats,
      };
    },
    notices: () => [
      inWords(type, survey.events, shown.flattening),
      ...survey.findings.notices(),
      ...(survey.valueChanges > 0
        ? [
            {
              code: 'OCEL_VALUES_CHANGED' as const,
              message: `${countOf(survey.valueChanges, 'value')} of objects changed over time; cases carry the last.`,
              count: survey.valueChanges,
            },
          ]
        : []),
    ],
    async *batches(): AsyncIterable<RawBatch> {
      const own = start();
      shown = own;
      for await (const events of source.events(options.onBytes)) {
        options.signal?.throwIfAborted();
        for (const event of events) {
          yield* own.add(event);
          if (own.rows.isFull) yield own.rows.take();
        }
      }
      for (const _ of own.casesWithoutEvents()) if (own.rows.isFull) yield own.rows.take();
      yield own.rows.take();
    },
  };
}
