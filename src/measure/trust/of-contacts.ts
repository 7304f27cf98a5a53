import { type Figure, formatInterval, formatValue, leastCases } from '../../core/index.ts';
import type { KnownDefinition } from '../../define/index.ts';
import type { RangedShare } from '../resolved/count-need.ts';
import { watchedLabel } from '../resolved/resolved-tables.ts';
import type { ResolvedStudy } from '../resolved/study-teams.ts';
import type { Study } from '../study.ts';
import { figure } from '../wording.ts';

/** The same contacts that a target counts, by what became of each: an independent measure of what the target is for. */
export interface OfContacts {
  readonly label: string;
  readonly contacts: number;
  readonly days: number;
  readonly bySomebody: RangedShare;
  readonly settling: RangedShare;
}

/** What became of the contacts that a target counts; null where it counts something else or no contact was watched long enough. */
export function ofContacts(
  study: Study,
  { counts }: KnownDefinition,
  found: ResolvedStudy | null,
): OfContacts | null {
  if ((counts !== 'contact' && counts !== 'session') || !found) return null;
  const { bySomebody, settling, contacts } = found.need;
  if (!bySomebody || !settling || contacts < leastCases) return null;
  return { label: watchedLabel(study, found), contacts, days: found.days, bySomebody, settling };
}

const ranged = ({ value, interval }: RangedShare) =>
  `${formatValue(value, 'share')} (95% interval ${formatInterval(interval, 'share')})`;

/** "of the 6,796 contacts in A to B somebody answered 79.2% (95% interval …), and 55.0% (…) settled their issue: …". */
export function ofContactsInWords({ label, contacts, days, bySomebody, settling }: OfContacts): string {
  return `of the ${formatValue(contacts, 'count')} contacts that people made in ${label} somebody answered ${ranged(bySomebody)}, and ${ranged(settling)} settled the matter: answered, and no other came on it within ${days} days`;
}

/** Both shares as figures, by the id of the target. */
export function ofContactsFigures(id: string, of: OfContacts | null): readonly Figure[] {
  if (!of) return [];
  const about = (share: RangedShare) => ({
    interval: share.interval,
    period: of.label,
    note: `of ${formatValue(of.contacts, 'count')} contacts that people made`,
  });
  return [
    figure(
      `somebody-${id}`,
      'Contacts that somebody answered',
      of.bySomebody.value,
      'share',
      about(of.bySomebody),
    ),
    figure(
      `settled-${id}`,
      `Contacts that settled the matter: answered, no other within ${of.days} days`,
      of.settling.value,
      'share',
      about(of.settling),
    ),
  ];
}
