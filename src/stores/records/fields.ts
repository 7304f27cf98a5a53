import { z } from 'zod';

/** In what role somebody made a record or an entry: never a name. */
export const roles = [
  'analyst',
  'caseworker',
  'team-leader',
  'operations-lead',
  'senior-responsible-owner',
  'trial-lead',
  'allocation-officer',
  'reviewer',
  'auditor',
] as const;

/** The role of whoever made a record or an entry. */
export type Role = (typeof roles)[number];

/** What somebody who does the work says of a finding. A possible workaround is confirmed as one, any other as it stands. */
export const verdicts = [
  'confirmed workaround',
  'confirmed',
  'legitimate exception',
  'data error',
  'not known',
] as const;

/** What is to be done about a confirmed finding (after what is said of workarounds: Beerepoot and van de Weerd, 2018). */
export const responses = ['prevent', 'redesign', 'adopt', 'ignore'] as const;

/** What is to be done about a confirmed finding. */
export type Response = (typeof responses)[number];

/** What somebody who does the work said of a finding. */
export type Verdict = (typeof verdicts)[number];

/** True for a verdict that confirms the finding. */
export function confirms(verdict: Verdict): boolean {
  return verdict === 'confirmed workaround' || verdict === 'confirmed';
}

/** The verdicts that can be given on a finding: of the two that confirm, the one for its kind. */
export function verdictsOn(isWorkaround: boolean): readonly Verdict[] {
  return verdicts.filter((verdict) => verdict !== (isWorkaround ? 'confirmed' : 'confirmed workaround'));
}

function isUtcSecond(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().replace('.000Z', 'Z') === text;
}

/** A moment in whole seconds, as `2026-11-02T09:30:00Z`. */
export const utcSecond = z.string().refine(isUtcSecond, 'must be a moment such as 2026-11-02T09:30:00Z');

/** The moment that a clock gives, as records and entries write it: UTC, whole seconds, cut rather than rounded. */
export function utcSecondOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
