import { WellspentError } from '../../core/index.ts';

const postcodeAreas = `AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY
  E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N
  NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW
  UB W WA WC WD WF WN WR WS WV YO ZE`;

const areas = new Set(postcodeAreas.split(/\s+/));

/** Ten digits whose last is the check digit of the nine before it (NHS Data Dictionary, modulus 11). */
function isNhsNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].map(Number);
  const sum = digits.slice(0, 9).reduce((total, digit, i) => total + digit * (10 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return digits.length === 10 && check !== 10 && check === digits[9];
}

/** A full postcode of an area that exists; "step E1 2nd" is none. */
function isPostcode(text: string): boolean {
  const area = /^[A-Z]+/i.exec(text)?.[0].toUpperCase() ?? '';
  return areas.has(area) && !/\d(st|nd|rd|th)$/i.test(text);
}

interface Kind {
  readonly name: string;
  readonly pattern: RegExp;
  readonly isReal?: (found: string) => boolean;
}

const kinds: readonly Kind[] = [
  { name: 'an e-mail address', pattern: /[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[a-z]{2,}/giu },
  {
    name: 'a telephone number',
    pattern: /(?<![\w.+-])(?:\+\d{1,3}|00\d{2}|\(?0)(?:[\s().-]{0,3}\d){8,11}(?![\w-]|\.\d)/gu,
    isReal: (found) => !/^0\.|^\d{4}-\d\d-\d\d/.test(found),
  },
  {
    name: 'a National Insurance number',
    pattern:
      /(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[\s-]?\d{2}){3}[\s-]?[A-D](?!\w)/giu,
  },
  {
    name: 'an NHS number',
    pattern: /(?<![\w.-])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?![\w-]|\.\d)/gu,
    isReal: isNhsNumber,
  },
  {
    name: 'a postcode',
    pattern: /(?<![\w-])[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}(?![\w-])/giu,
    isReal: isPostcode,
  },
];

/** Text that looks like personal data, and what it looks like. */
export interface Suspicion {
  readonly what: string;
  readonly found: string;
}

/** What in a text looks like an e-mail address, a telephone, National Insurance or NHS number, or a full postcode. */
export function suspectedIn(text: string): readonly Suspicion[] {
  return kinds.flatMap(({ name, pattern, isReal }) =>
    [...text.matchAll(pattern)]
      .map(([found]) => found)
      .filter((found) => isReal === undefined || isReal(found))
      .map((found) => ({ what: name, found })),
  );
}

function textsOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const inside = path === '' ? key : `${path}.${key}`;
    return Array.isArray(value) ? textsOf(part, inside) : [[inside, key] as const, ...textsOf(part, inside)];
  });
}

/** Refuses data with text that looks personal, keys included: `PERSONAL_DATA_SUSPECTED`. There is no override. */
export function refusePersonalData(value: unknown): void {
  for (const [path, text] of textsOf(value, '')) {
    const [first] = suspectedIn(text);
    if (first)
      throw new WellspentError('PERSONAL_DATA_SUSPECTED', `"${path}" seems to hold ${first.what}.`, {
        found: first.found,
        hint: 'say it without: a role, a team or a kind of case is enough',
      });
  }
}
