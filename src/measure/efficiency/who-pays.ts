import { anyOf, countOf, formatValue, listInWords, type Table } from '../../core/index.ts';
import type { Saving } from '../../define/index.ts';
import { sentence } from '../wording.ts';
import type { Claim } from './claim.ts';
import type { EvidenceLine } from './claim-evidence.ts';
import type { FalseEconomySignal } from './false-economy.ts';

interface PaidSaving {
  readonly saving: Saving;
  readonly claim: Claim;
  readonly signals: readonly FalseEconomySignal[];
  readonly lines: readonly EvidenceLine[];
}

/** How many savings the answer speaks of one by one. */
const saidAtMost = 3;

/** Those who may pay for a saving besides the body that makes it, and the signs that say so. */
const payers = [
  { key: 'citizens', who: 'citizens', signs: ['cost moved to citizens'] },
  { key: 'anotherBody', who: 'another public body', signs: ['cost moved to another body'] },
  { key: 'laterYear', who: 'a later year', signs: ['cost put off'] },
  { key: 'staff', who: 'staff', signs: ['cost moved to staff: overtime', 'cost moved to staff: sickness'] },
] as const;

const amountOf = ({ claim }: PaidSaving, who: (typeof payers)[number]['who']): string => {
  const hours = claim.shifted_citizen_hours;
  if (who === 'citizens' && hours) return ` (${formatValue(hours, 'count')} hours more)`;
  const pounds = claim.shifted_public_gbp;
  return who === 'another public body' && pounds ? ` (${formatValue(pounds, 'pounds')})` : '';
};

/** True where the pounds moved are what is overpaid more, as measured here. */
const isOverpaid = ({ lines }: PaidSaving) =>
  lines.some(({ what, uses }) => what === 'cost moved' && uses === 'measured here');

/** By payer whether a saving costs them: true, false, or null where the charter does not say. */
function payersOf(one: PaidSaving) {
  const { signals } = one;
  return payers.map(({ key, who, signs }) => ({
    key,
    who,
    name: key === 'anotherBody' && isOverpaid(one) ? 'those who fund the payments' : who,
    pays: anyOf(...signs.map((sign) => signals.find(({ signal }) => signal === sign)?.truth ?? null)),
  }));
}

/** Who pays for one saving, in one sentence: those who do, and those of whom it is not known. */
function paysInWords(judged: PaidSaving): string {
  const all = payersOf(judged);
  const paying = all
    .filter(({ pays }) => pays === true)
    .map(({ who, name }) => `${name}${amountOf(judged, who)}`);
  const unknown = all.filter(({ pays }) => pays === null).map(({ who }) => who);
  const title = `"${judged.saving.title}"`;
  if (unknown.length === all.length)
    return `Who pays for ${title} is not known: the charter says nothing of citizens, other bodies, later years or staff`;
  const rest = unknown.length > 0 ? `; of ${listInWords(unknown)} it is not known` : '';
  if (paying.length > 0) return `${title} is paid for by ${listInWords(paying)}${rest}`;
  return unknown.length > 0
    ? `Nobody else is known to pay for ${title}${rest}`
    : `Nobody else pays for ${title}: not citizens, another public body, a later year or staff`;
}

/** Who pays for each saving, at most three in words; and whether somebody else is known to. */
export function whoPays(judged: readonly PaidSaving[]): { readonly words: string; readonly isPaid: boolean } {
  const isPaid = (one: PaidSaving) => payersOf(one).some(({ pays }) => pays === true);
  const ranked = [...judged.filter(isPaid), ...judged.filter((one) => !isPaid(one))];
  const said = ranked.slice(0, saidAtMost).map(paysInWords);
  const rest = judged.length - said.length;
  const released = judged.filter(({ signals }) =>
    signals.some(({ signal, truth }) => signal === 'staff released before demand fell' && truth === true),
  );
  return {
    words: ` ${said.join('. ')}.${rest > 0 ? ` The table says it of the other ${countOf(rest, 'saving')}.` : ''}${released.length > 0 ? ` Staff were released before demand fell: ${listInWords(released.map(({ saving }) => `"${saving.title}"`))}.` : ''}`,
    isPaid: judged.some(isPaid) || released.length > 0,
  };
}

/** Who pays for each saving, payer by payer. */
export function payersTable(judged: readonly PaidSaving[]): Table {
  return {
    id: 'payers',
    title: 'Who pays for each saving',
    columns: [
      { key: 'saving', title: 'Saving', type: 'text' },
      ...payers.map(({ key, who }) => ({ key, title: sentence(who), type: 'text' }) as const),
    ],
    rows: judged.map((one) => ({
      saving: one.saving.title,
      ...Object.fromEntries(
        payersOf(one).map(({ key, who, name, pays }) => [
          key,
          pays === null
            ? 'not known'
            : pays
              ? `yes${amountOf(one, who)}${name === who ? '' : `: ${name}, measured here`}`
              : 'no',
        ]),
      ),
    })),
    notes: [
      'As the charter declares it of each saving, or measured here where it says so; what is left out is not known.',
    ],
  };
}
