import { WellspentError } from '../../../core/index.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../../time/parse-time.ts';
import { openZone } from '../../time/zone.ts';
import { ownText } from '../own-text.ts';
import { newFindings, type OcelFindings } from './ocel-findings.ts';
import type { OcelEvent, OcelObject, OcelSource, OcelTypes, OcelValue } from './ocel-source.ts';

/** An object as flattening needs it: its number, its type and the values it ended with. */
export interface KnownObject {
  /** Position among all objects, from 0. */
  readonly number: number;
  readonly type: string;
  readonly values: ReadonlyMap<string, string>;
}

/** What one reading of all of a log found out. */
export interface OcelSurvey {
  readonly objects: ReadonlyMap<string, KnownObject>;
  /** Events that refer to at least one object of each type. */
  readonly eventsByType: ReadonlyMap<string, number>;
  readonly events: number;
  readonly eventLinks: number;
  readonly objectLinks: number;
  readonly initialValues: number;
  readonly valueChanges: number;
  readonly findings: OcelFindings;
}

const longestName = 10_000;
const mostLinks = 100_000;
const rules: TimeRules = { zone: openZone('UTC'), order: 'day-first' };
const reading = newReading();

/** Why an event cannot be used, whatever it refers to; null when it can. */
export function faultOf({ id, type, time, values, fault }: OcelEvent): OcelEvent['fault'] | null {
  if (fault) return fault;
  if (id === '') return { reason: 'OCEL_ID_EMPTY', value: null };
  if (type === '') return { reason: 'STEP_EMPTY', value: null };
  if (type.length > longestName) return { reason: 'VALUE_TOO_LONG', value: `${type.length} characters` };
  const long = values.find(({ value }) => value.length > 1_000_000);
  if (long) return { reason: 'VALUE_TOO_LONG', value: `${long.value.length} characters` };
  return time === '' || parseTime(time, rules, reading) ? null : { reason: 'TIME_UNPARSABLE', value: time };
}

/** The instant from which a value holds; minus infinity for values that objects have from the start. */
function holdsFrom(time: string): number {
  if (time === '' || !parseTime(time, rules, reading)) return Number.NEGATIVE_INFINITY;
  return (reading.flags & timeFlags.sentinel) !== 0 ? Number.NEGATIVE_INFINITY : reading.instant;
}

const numbers = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

function fitsKind(value: string, kind: string): boolean {
  if (value === '') return true;
  switch (kind.toLowerCase()) {
    case 'integer':
    case 'int':
      return /^[-+]?\d+$/.test(value);
    case 'float':
    case 'double':
    case 'real':
      return numbers.test(value);
    case 'boolean':
      return /^(true|false|0|1)$/i.test(value);
    case 'time':
    case 'date':
    case 'timestamp':
      return parseTime(value, rules, reading);
    default:
      return true;
  }
}

function checkValues(
  what: string,
  type: string,
  values: readonly OcelValue[],
  types: OcelTypes,
  findings: OcelFindings,
): void {
  const seen = new Set<string>();
  for (const { name, time } of values) {
    const own = `${name}\u0000${time}`;
    if (seen.has(own)) findings.add('ATTRIBUTE_REPEATED', `${what}, attribute ${name}`);
    seen.add(own);
  }
  const declared = types?.get(type);
  if (!declared) return;
  for (const { name, value } of values) {
    const kind = declared.get(name);
    if (kind === undefined) findings.add('OCEL_UNDECLARED_ATTRIBUTE', `${what}, attribute ${name}`);
    else if (!fitsKind(value, kind))
      findings.add('OCEL_ATTRIBUTE_KIND', `${what}, attribute ${name} is no ${kind}`);
  }
}

const noValues: ReadonlyMap<string, string> = new Map();

interface Values {
  readonly values: ReadonlyMap<string, string>;
  readonly initial: number;
  readonly changes: number;
}

function lastValues(object: OcelObject): Values {
  if (object.values.length === 0) return { values: noValues, initial: 0, changes: 0 };
  const latest = new Map<string, { readonly value: string; readonly from: number }>();
  let initial = 0;
  for (const { name, value, time } of object.values) {
    const from = holdsFrom(time);
    if (from === Number.NEGATIVE_INFINITY) initial += 1;
    const known = latest.get(name);
    if (!known || from > known.from) latest.set(name, { value, from });
  }
  return {
    values:
      latest.size === 0
        ? noValues
        : new Map([...latest].map(([name, { value }]) => [ownText(name), ownText(value)])),
    initial,
    changes: object.values.length - initial,
  };
}

/** Reads all objects and events once: checks references, ids, types, values and times, and counts. */
export async function surveyOcel(file: string, source: OcelSource): Promise<OcelSurvey> {
  const findings = newFindings();
  const objects = new Map<string, KnownObject>();
  const types = new Map<string, string>();
  const typeOf = (text: string): string => {
    const known = types.get(text);
    if (known !== undefined) return known;
    const own = ownText(text);
    types.set(own, own);
    return own;
  };
  const open: { readonly from: string; readonly to: string }[] = [];
  let [objectLinks, initialValues, valueChanges] = [0, 0, 0];
  for await (const some of source.objects())
    for (const object of some) {
      const { id, type } = object;
      if (id === '' || id.length > longestName) {
        findings.add('OCEL_ID_EMPTY', `an object of type ${type}`);
        continue;
      }
      if (objects.has(id)) {
        findings.add('OCEL_DUPLICATE_ID', `object ${id}`);
        continue;
      }
      if (source.objectTypes && !source.objectTypes.has(type))
        findings.add('OCEL_UNDECLARED_TYPE', `object ${id}, type ${type}`);
      checkValues(`object ${id}`, type, object.values, source.objectTypes, findings);
      const { values, initial, changes } = lastValues(object);
      objects.set(ownText(id), { number: objects.size, type: typeOf(type), values });
      initialValues += initial;
      valueChanges += changes;
      objectLinks += object.links.length;
      for (const link of object.links)
        if (!objects.has(link.id)) open.push({ from: ownText(id), to: ownText(link.id) });
    }
  for (const { from, to } of open)
    if (!objects.has(to)) findings.add('OCEL_DANGLING_OBJECT', `object ${from} -> ${to}`);

  const eventsByType = new Map<string, number>();
  const naive: string[] = [];
  const ids = new Set<string>();
  let [events, eventLinks, aware] = [0, 0, 0];
  for await (const some of source.events())
    for (const event of some) {
      events += 1;
      const { id, type, time } = event;
      if (ids.has(id) && id !== '') {
        findings.add('OCEL_DUPLICATE_ID', `event ${id}`);
        continue;
      }
      if (event.links.length > mostLinks)
        throw new WellspentError(
          'INPUT_TOO_LARGE',
          `${file} holds an event (${event.line}) that concerns over 100,000 objects, more than any real one.`,
          {
            where: { file },
            hint: 'Take the event out, or list each of its objects in an event of its own.',
          },
        );
      ids.add(ownText(id));
      eventLinks += event.links.length;
      const fault = faultOf(event);
      if (fault) findings.add(fault.reason, `event ${id}`);
      else if (time !== '' && parseTime(time, rules, reading)) {
        if ((reading.flags & timeFlags.naive) === 0) aware += 1;
        else naive.push(ownText(id));
      }
      if (source.eventTypes && !source.eventTypes.has(type))
        findings.add('OCEL_UNDECLARED_TYPE', `event ${id}, type ${type}`);
      checkValues(`event ${id}`, type, event.values, source.eventTypes, findings);
      const concerned = new Set<string>();
      for (const link of event.links) {
        const object = objects.get(link.id);
        if (object) concerned.add(object.type);
        else findings.add('OCEL_DANGLING_OBJECT', `event ${id} -> ${link.id}`);
      }
      for (const linked of concerned) eventsByType.set(linked, (eventsByType.get(linked) ?? 0) + 1);
    }
  // Where no time has an offset the zone is a question for the whole log, and is counted as such.
  if (aware > 0) for (const id of naive) findings.add('TIME_NAIVE', `event ${id} carries no offset from UTC`);
  return {
    objects,
    eventsByType,
    events,
    eventLinks,
    objectLinks,
    initialValues,
    valueChanges,
    findings,
  };
}
